import { TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import type { ElementsOfApp } from "../../../core/elements-of-app";
import { finding } from "../../../core/fail";
import { grouped } from "../../../core/grouped";
import { overridesOnly, Rendered, renderedAttributes, writtenAs } from "../../../core/rendered";
import { validateBySurvey } from "../../../core/survey";
import { addressesIn, addressInTree, appIdOfSlot } from "./slot-survey";

/** What opens an app but has no class that could be locked: it is written with azapi, or only by an override of a stack. */
interface Beside {
  readonly name: string;
  readonly apps: readonly string[];
}

/** A slot, or the sign-in of an app or a slot, as azapi names their types. */
const SLOT = /^Microsoft\.Web\/sites\/slots@/i;
const SIGN_IN = /^Microsoft\.Web\/sites\/(?:slots\/)?config@/i;
const CONTAINER_SIGN_IN = /^Microsoft\.App\/containerApps\/authConfigs@/i;

/**
 * Makes it an error at synth to open an app by what cannot be locked.
 *
 * @param own the sign-in of the app, if it is written with azapi
 */
export function forbidBeside(scope: IConstruct, app: TerraformResource, own?: TerraformResource): void {
  const search = (elements: ElementsOfApp): Map<string, Beside[]> => grouped(besideApps(elements), ({ apps }) => apps);
  validateBySurvey(scope, "beside-each-app", search, (found) => {
    const address = addressInTree(app, app.terraformResourceType);
    const others = (found.get(address) ?? []).filter(({ name }) => name !== own?.node.path);
    // What the sign-in moves to is the sign-in.
    const target = others.length > 0 && own ? writtenAs(own)?.node.path : undefined;
    return others.filter(({ name }) => name !== target).map(({ name }) => besideFinding(name, app));
  });
}

function besideFinding(name: string, app: TerraformResource): string {
  return finding(
    "app-opened-beside",
    `"${name}" declares a slot or a sign-in of the app "${app.node.path}" in a way that cannot be locked, so it could answer to everyone.`,
    "Remove it. Declare a slot with its class, such as new LinuxWebAppSlot(...), and list it in slots of the backend. The library sets " +
      "the sign-in.",
  );
}

function besideApps({ resources, overridingStacks }: ElementsOfApp): Beside[] {
  const ofType = (type: string): readonly TerraformResource[] => resources.get(type) ?? [];
  const declared = AZAPI_TYPES.flatMap(ofType).flatMap((resource) =>
    besideByAzapi(resource.node.path, resource, renderedAttributes(resource)),
  );
  return [...declared, ...overridingStacks.flatMap((stack) => besideByOverrides(stack, ofType))];
}

const AZAPI_TYPES = ["azapi_update_resource", "azapi_resource", "azapi_resource_action"];

function besideByAzapi(path: string, element: IConstruct, attributes: Rendered): Beside[] {
  const { type, name, parent_id: parent, resource_id: id, action } = attributes;
  const isSignIn = SIGN_IN.test(type) && /authsettings/i.test(`${name} ${id}`);
  const isAction = /authsettings|authConfigs/i.test(action ?? "");
  if (!SLOT.test(type) && !isSignIn && !isAction && !CONTAINER_SIGN_IN.test(type)) return [];
  return [{ name: path, apps: [parent, id].flatMap((value) => addressesIn(element, value)) }];
}

/** What the overrides of a stack declare, and no element of the stack. */
function besideByOverrides(stack: TerraformStack, ofType: (type: string) => readonly TerraformResource[]): Beside[] {
  return overridesOnly(stack, ofType).flatMap(({ type, name, block }) => {
    const path = `${type}.${name}`;
    if (AZAPI_TYPES.includes(type)) return besideByAzapi(path, stack, block);
    const appId = appIdOfSlot(type);
    return appId === undefined ? [] : [{ name: path, apps: addressesIn(stack, block[appId]) }];
  });
}
