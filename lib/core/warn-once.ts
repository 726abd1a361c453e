import { Annotations } from "cdktf";
import { IConstruct } from "constructs";

/** Adds a warning from a validation, which runs again if the app is synthesized again. */
export function warnOnce(construct: IConstruct, warning: string): void {
  if (!construct.node.metadata.some(({ data }) => data === warning)) Annotations.of(construct).addWarning(warning);
}
