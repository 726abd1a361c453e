import type { Resource } from "../../rules/model/resource";
import { nameOf } from "../names";
import type { Party, PartyKind } from "../trust-report";

/** What stands in the details of what is only looked up. */
export const ELSEWHERE = "not in this configuration";

/** A resource as a party. */
export function partyOf(resource: Resource, kind: PartyKind, detail: readonly string[], partOf?: string): Party {
  const { stack, path, mode } = resource;
  return {
    id: partyIdOf(resource),
    kind,
    name: nameOf(resource),
    place: path,
    stack: stack.name,
    ...(partOf !== undefined && { partOf }),
    detail: mode === "data" ? [...detail, ELSEWHERE] : detail,
  };
}

/** The id of a resource as a party. */
export function partyIdOf({ stack, address }: Resource): string {
  return `${stack.name}/${address}`;
}
