import { remembered } from "../../core/remembered";
import { choicesIn } from "./choices";
import type { Resource } from "./resource";
import { Value } from "./value";

const TYPES = new WeakMap<Resource, readonly string[]>();

/**
 * The type that a resource has in Azure, in lower case and without its version, if it is written with azapi. What is in a workspace of a
 * gateway has the type of what is beside it.
 */
export function azapiTypeOf(resource: Resource): string | undefined {
  return hasUnknownType(resource) ? undefined : typesOf(resource)[0];
}

/** Whether azapi writes it, and only Terraform knows what it is. */
export function hasUnknownType(resource: Resource): boolean {
  const types = typesOf(resource);
  return types.length > 1 || types.some((type) => type.includes("${"));
}

/** Several if Terraform chooses, and none if azapi does not write it. */
function typesOf(resource: Resource): readonly string[] {
  if (resource.type !== "azapi_resource" && !isUpdate(resource)) return [];
  return remembered(TYPES, resource, () => {
    const types = choicesIn(resource, "type").map((type) => type.split("@")[0].toLowerCase());
    return [...new Set(types.map((type) => type.replace("/service/workspaces/", "/service/")))];
  });
}

/** Whether it changes what something else creates. */
export function isUpdate({ type }: Resource): boolean {
  return type === "azapi_update_resource";
}

/** A property in the body of an azapi resource. The body can be JSON in a text. */
export function azapiProperty(resource: Resource, path: string): Value {
  const body = resource.at("body");
  return (parsed(resource, body) ?? body).at(path).doubted(resource.isIgnored(`body.${path}`) ? "ignored" : undefined);
}

function parsed({ stack }: Resource, { template }: Value): Value | undefined {
  if (!template.trimStart().startsWith("{")) return undefined;
  try {
    return stack.valueOf(JSON.parse(template));
  } catch {
    return undefined;
  }
}
