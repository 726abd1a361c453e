import type { Resource } from "./resource";
import { Value } from "./value";

/**
 * The type that a resource has in Azure, in lower case and without its version, if it is written with azapi. What is in a workspace of a
 * gateway has the type of what is beside it.
 */
export function azapiTypeOf(resource: Resource): string | undefined {
  if (resource.type !== "azapi_resource" && resource.type !== "azapi_update_resource") return undefined;
  const [type] = resource.at("type").resolved.split("@");
  return type.includes("${") ? undefined : type.toLowerCase().replace("/service/workspaces/", "/service/");
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
