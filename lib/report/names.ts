import { azapiProperty } from "../rules/model/azapi";
import type { Resource } from "../rules/model/resource";
import { withoutSecrets } from "./shown";
import type { PartyKind } from "./trust-report";

/** The name of a resource that a reader knows it by. */
export function nameOf(resource: Resource): string {
  const written = ["display_name", "name"].map((attribute) => resource.at(attribute).text).find((text) => text);
  const name = written ?? azapiProperty(resource, "properties.displayName").text ?? labelOf(resource);
  return withoutSecrets(name);
}

/** The path of its construct without the stack, or its name in Terraform. */
function labelOf({ path, address, name }: Resource): string {
  if (path === address) return name;
  const [, ...below] = path.split("/");
  const ids = below[below.length - 1] === "Resource" ? below.slice(0, -1) : below;
  return ids.join("/") || name;
}

const KIND_NAMES: Readonly<Record<PartyKind, string>> = {
  caller: "",
  gateway: "gateway ",
  api: "API ",
  app: "app ",
  slot: "slot ",
  service: "service ",
  outside: "",
};

/** The name of a party, after what kind of party it is. */
export function withKind(kind: PartyKind, name: string): string {
  return `${KIND_NAMES[kind] ?? ""}${name}`;
}

/** A list of names as a text. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** How many there are. */
export function counted(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}

/** Each of them once. */
export function once<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** Somebody who gets in only if something holds that is not known. */
export function perhaps(whom: string): string {
  return /^(?:perhaps|not known)/.test(whom) ? whom : `perhaps ${whom}`;
}
