import { Annotations, TerraformDataSource, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { finding } from "../core/fail";
import { Rendered, renderedAttributes } from "../core/rendered";
import { isToken } from "../core/tokens";
import { requireGiven } from "../core/given";
import { warnOnce } from "../core/warn-once";

/**
 * The user's azurerm resource, if it is one of these types. Its attributes can be checked at synth. A data source is in another
 * state, and is not checked here: see `warnOfData`. For everything else, such as an object of ids, a warning says what was not checked.
 *
 * @param notChecked begins with "whether"
 * @see docs/design/decisions.md#references-are-interfaces
 */
function inspectable(
  scope: Construct,
  object: { readonly id: string },
  types: readonly string[],
  notChecked: string,
): TerraformResource | undefined {
  const classes = types.map(className);
  requireGiven(scope, object, {
    name: `the ${classes[0]}`,
    texts: ["id"],
    example: `your ${classes.join(" or ")} object, or ${classes[0]}Ref.fromAttributes({ ... })`,
  });
  const isResource = TerraformResource.isTerraformResource(object);
  if (isResource && types.includes(object.terraformResourceType)) return object;
  if (!isDataOf(object, types)) warnNotInspected(scope, object, types, notChecked);
  return undefined;
}

function isDataOf(object: { readonly id: string }, types: readonly string[]): boolean {
  return TerraformDataSource.isTerraformDataSource(object) && types.includes(object.terraformResourceType);
}

function warnNotInspected(
  scope: Construct,
  object: { readonly id: string },
  types: readonly string[],
  notChecked: string,
): void {
  Annotations.of(scope).addWarning(
    finding(
      "not-inspected",
      `Not checked: ${notChecked}. You passed ${describedObject(object)}, not a resource of this app of type ${types.join(" or ")}.`,
      `Pass the ${types.map(className).join(" or ")} object if this app declares it. Otherwise, check it yourself.`,
    ),
  );
}

/**
 * Warns that a data source of one of these types is not checked. It is for services that others could call without Entra ID.
 *
 * @param notChecked begins with "whether"
 */
export function warnOfData(
  scope: Construct,
  object: { readonly id: string },
  types: readonly string[],
  notChecked: string,
): void {
  if (isDataOf(object, types)) warnNotInspected(scope, object, types, notChecked);
}

function describedObject(object: { readonly id: string }): string {
  const isData = TerraformDataSource.isTerraformDataSource(object);
  if (isData || TerraformResource.isTerraformResource(object))
    return `${isData ? "the data source " : ""}"${object.node.path}" of type ${object.terraformResourceType}`;
  return isToken(object.id) ? "only its attributes" : `only the attributes of "${object.id}"`;
}

/** Checks at synth what the user's azurerm resource renders, if it is inspectable. `check` returns a finding or nothing. */
export function checkUserResource(
  scope: Construct,
  object: { readonly id: string },
  type: string,
  notChecked: string,
  check: (attributes: Rendered, resource: TerraformResource) => string | undefined,
): void {
  const resource = inspectable(scope, object, [type], notChecked);
  if (resource) checkRendered(scope, resource, check);
}

/** Checks at synth what a resource renders. `check` returns a finding or nothing. */
export function checkRendered(
  scope: Construct,
  resource: TerraformResource,
  check: (attributes: Rendered, resource: TerraformResource) => string | undefined,
): void {
  scope.node.addValidation({
    validate: () => {
      const found = check(renderedAttributes(resource), resource);
      return found === undefined ? [] : [found];
    },
  });
}

/** Settings of the user's resource that allow access without Entra ID: the name in the Terraform JSON, and the value that prevents it. */
export type OpenSettings = Readonly<Record<string, boolean>>;

/** The settings of an app on Flex Consumption, which has no FTP. */
export const FLEX_DOORS: OpenSettings = { https_only: true, webdeploy_publish_basic_authentication_enabled: false };

/** The settings of all other apps and their slots. */
export const DOORS: OpenSettings = {
  https_only: true,
  ftp_publish_basic_authentication_enabled: false,
  webdeploy_publish_basic_authentication_enabled: false,
};

/** The settings of a logic app, for which azurerm has other names. */
export const LOGIC_APP_DOORS: OpenSettings = {
  https_only: true,
  ftp_publish_basic_authentication_enabled: false,
  scm_publish_basic_authentication_enabled: false,
};

/** Warns at synth about settings of the user's app, or a slot of it, that bypass its sign-in. */
export function warnOfOpenDoors(app: TerraformResource, doors: OpenSettings): void {
  warnOfOpenSettings(app, doors, (properties) =>
    finding(
      "app-bypasses-sign-in",
      "This app accepts plain HTTP or publishing passwords, which bypass its sign-in. The app is your object, so its settings were not changed.",
      `Set on it: ${properties}.`,
    ),
  );
}

/**
 * Warns at synth about keys and anonymous access that the user's resource allows. Returns the resource if it is inspectable.
 *
 * @param keys the settings that allow keys, by Terraform type
 */
export function warnOfLocalKeys(
  scope: Construct,
  object: { readonly id: string },
  notChecked: string,
  keys: Readonly<Record<string, OpenSettings>>,
): TerraformResource | undefined {
  const types = Object.keys(keys);
  const resource = inspectable(scope, object, types, notChecked);
  warnOfData(scope, object, types, notChecked);
  if (resource)
    warnOfOpenSettings(resource, keys[resource.terraformResourceType], (properties) =>
      finding(
        "keys-bypass-entra-id",
        "This resource accepts keys or anonymous requests, which bypass Entra ID. It is your object, so its settings were not changed.",
        `Set on it: ${properties}.`,
      ),
    );
  return resource;
}

function warnOfOpenSettings(
  resource: TerraformResource,
  settings: OpenSettings,
  warningOf: (properties: string) => string,
): void {
  // Validations run after all aspects, and annotations are collected after them.
  resource.node.addValidation({
    validate: () => {
      const attributes = renderedAttributes(resource);
      // A value that only Terraform knows may be right.
      const open = Object.entries(settings).filter(([name, closed]) => [undefined, !closed].includes(attributes[name]));
      const properties = open.map(([name, closed]) => `${camelCase(name)}: ${closed}`).join(", ");
      if (open.length > 0) warnOnce(resource, warningOf(properties));
      return [];
    },
  });
}

/** The class of the azurerm bindings for a type of Terraform. */
function className(type: string): string {
  return camelCase(type.replace(/^azurerm/, ""));
}

/** Names of Terraform as the azurerm bindings write them. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
