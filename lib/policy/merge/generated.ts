import { TOKEN } from "../../core/terraform-template";
import { Resolutions } from "../conflict-resolution";
import { Findings } from "../findings/findings";
import { StatementConfig } from "../statement";
import { tryScan } from "../syntax/scanner";
import { SourceTree } from "../syntax/source-tree";
import { insertedInto, MergePlan, planMerge } from "./merge";

/** The shapes in which nothing was found. Most APIs of an app have one of a few. */
const WITHOUT_FINDINGS = new Set<string>();

const MOST_SHAPES = 100;

/**
 * Merges statements into a document of the library. Two such documents that differ in tokens alone have the same findings, so a shape in
 * which nothing was found is examined once a process.
 */
export function planGenerated(
  skeleton: SourceTree,
  statements: readonly StatementConfig[],
  resolutions: Resolutions,
): MergePlan {
  const shape = shapeOf(statements, resolutions);
  const known = WITHOUT_FINDINGS.has(shape) ? planKnown(skeleton, statements) : undefined;
  if (known) return known;
  const plan = planMerge(skeleton, statements, resolutions);
  if (plan.findings.count === 0 && plan.target === skeleton && plan.inserted.length === statements.length) {
    if (WITHOUT_FINDINGS.size >= MOST_SHAPES) WITHOUT_FINDINGS.clear();
    WITHOUT_FINDINGS.add(shape);
  }
  return plan;
}

function planKnown(skeleton: SourceTree, statements: readonly StatementConfig[]): MergePlan | undefined {
  const { planned, edits, text } = insertedInto(skeleton, statements);
  const merged = tryScan(text, skeleton.source);
  const insertions = [...planned.values()];
  return merged && { insertions, findings: Findings.NONE, merged, target: skeleton, edits, inserted: statements };
}

/** All that a rule can see, with the same number for the same token. */
function shapeOf(statements: readonly StatementConfig[], resolutions: Resolutions): string {
  const numbers = new Map<string, number>();
  const numberOf = (token: string): number => {
    const number = numbers.get(token) ?? numbers.size;
    numbers.set(token, number);
    return number;
  };
  const shapes = statements.map(({ section, slot, kind, xml, backendName }) => {
    const isWritten = backendName !== undefined && statements.some((other) => other.xml.includes(backendName));
    const tokens = [...xml.matchAll(TOKEN)].map(([token]) => numberOf(token));
    return [section, slot, kind, xml.split(TOKEN), tokens, isWritten ? backendName : backendName !== undefined];
  });
  return JSON.stringify([resolutions.key, shapes]);
}
