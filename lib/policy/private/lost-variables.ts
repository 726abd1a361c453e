import { PolicyStatementConfig } from "../policy-statement";
import { PolicyFinding } from "./finding";
import { locatedInStatement } from "./located";
import { attributeOf, SourceElement, SourceTree } from "./source-tree";

const VARIABLE = "output-token-variable-name";

/** Variables that a removed element would have set, and that what stays still names: reading one fails when a request comes. */
export function lostVariables(
  before: SourceTree,
  removed: readonly SourceElement[],
  after: SourceTree,
  statements: readonly PolicyStatementConfig[],
): PolicyFinding[] {
  const set = new Set(statements.flatMap(locatedInStatement).map(({ element }) => attributeOf(element, VARIABLE)));
  return removed.flatMap((element): PolicyFinding[] => {
    const variable = attributeOf(element, VARIABLE);
    if (variable === undefined || set.has(variable) || !after.text.includes(variable)) return [];
    const message = `<${element.name}> is removed, and with it the variable "${variable}", which the document names elsewhere. Give the statement that replaces it this name.`;
    const place = { source: before.source, ...before.position(element.start) };
    return [{ severity: "warning", kind: "LOST_VARIABLE", ...place, message, resolutions: [] }];
  });
}
