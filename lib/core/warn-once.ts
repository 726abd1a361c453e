import { Annotations } from "cdktf";
import { IConstruct } from "constructs";
import { stateOf } from "./state";

/** Adds a warning from a validation, which runs again if the app is synthesized again. */
export function warnOnce(construct: IConstruct, warning: string): void {
  const given = stateOf(construct, "warnings", () => new Set<unknown>(construct.node.metadata.map(({ data }) => data)));
  if (given.has(warning)) return;
  given.add(warning);
  Annotations.of(construct).addWarning(warning);
}
