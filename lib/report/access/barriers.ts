import type { Resource } from "../../rules/model/resource";
import type { Barrier, BarrierKind, BarrierState } from "../trust-report";

/** A barrier. `holds` is `undefined` if only Terraform knows. */
export function barrier(
  kind: BarrierKind,
  holds: boolean | undefined,
  texts: { readonly closed: string; readonly open: string; readonly unknown: string },
  source?: string,
): Barrier {
  const state: BarrierState = holds === undefined ? "unknown" : holds ? "closed" : "open";
  return { kind, state, text: texts[state], ...(source !== undefined && { source }) };
}

/** Where an attribute is. */
export function sourceOf({ address }: Resource, attribute: string): string {
  return `${address} ${attribute}`;
}
