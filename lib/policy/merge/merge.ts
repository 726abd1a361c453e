import { PolicyStatementConfig } from "../policy-statement";
import { conflictsOf } from "../findings/conflicts";
import { applyEdits, reduced } from "../syntax/edits";
import { PlannedInsertion, PolicyFinding } from "../findings/finding";
import { lostVariables, observations } from "../findings/observations";
import { insertions, Placement, placements } from "./placement";
import { ownRemovals, removal } from "./removal";
import { Resolutions } from "./resolutions";
import { PolicySyntaxError, scan } from "../syntax/scanner";
import { SourcePosition, SourceTree } from "../syntax/source-tree";
import { statementElements } from "./statement-text";
import { sectionOf, structuralFindings } from "./structure";

/** What a merge would do, and what stands in its way. All positions are those of the document as the user has it. */
export interface MergePlan {
  readonly insertions: readonly PlannedInsertion[];
  readonly findings: readonly PolicyFinding[];
  /** The document after the merge. */
  readonly text: string;
  /** What of the user's is in it. */
  readonly target: SourceTree;
  /** What of ours is in it. */
  readonly inserted: readonly PolicyStatementConfig[];
}

/**
 * Puts statements into a document by inserting text, never by writing the document anew: what is not ours keeps every byte.
 * What an earlier merge has inserted is taken out first, so that merging again changes nothing.
 */
export function planMerge(
  tree: SourceTree,
  statements: readonly PolicyStatementConfig[],
  resolutions: Resolutions,
): MergePlan {
  try {
    return plan(tree, statements, resolutions);
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    return unsettled(tree, statements);
  }
}

function plan(tree: SourceTree, statements: readonly PolicyStatementConfig[], resolutions: Resolutions): MergePlan {
  const clean = reduced(tree, ownRemovals(tree));
  const structural = structuralFindings(clean, statements);
  if (structural.length > 0)
    return { insertions: [], findings: structural, text: tree.text, target: clean, inserted: statements };

  const conflicts = conflictsOf(clean, statements, resolutions, planned(clean, places(clean, statements)));
  const target = reduced(
    clean,
    conflicts.removed.map((element) => removal(clean, element)),
  );
  const final = places(target, conflicts.statements);
  const text = applyEdits(target.text, insertions(target, final));
  const inserted = [...planned(target, final).values()];
  if (!isReversible(text, target)) return unsettled(tree, statements, inserted[0], conflicts.findings);
  const findings = [
    ...conflicts.findings,
    ...observations(target, conflicts.statements, resolutions),
    ...lostVariables(clean, conflicts.removed, target, conflicts.statements),
  ];
  return {
    insertions: inserted,
    findings,
    text,
    target,
    inserted: conflicts.statements,
  };
}

/** Nothing is merged where the rest of the document would be read in another way than before. */
function unsettled(
  tree: SourceTree,
  statements: readonly PolicyStatementConfig[],
  first?: PlannedInsertion,
  others: readonly PolicyFinding[] = [],
): MergePlan {
  const [broken] = tree.doubts;
  const { line, column } = broken ?? first ?? tree.position(tree.roots[0]?.start ?? 0);
  const finding: PolicyFinding = {
    severity: "conflict",
    kind: broken ? "BROKEN_CODE" : "READ_DIFFERENTLY",
    source: tree.source,
    line,
    column,
    message: broken
      ? "The code of this expression is broken: a string or a bracket in it is never closed. " +
        "With anything inserted, nobody can tell where the expressions around it end."
      : "What is inserted or removed changes how the rest of the document is read.",
    resolutions: [
      broken
        ? "close the string or the bracket"
        : 'write the expressions escaped, with &quot;, &lt; and &amp; for the characters ", < and &',
    ],
  };
  return { insertions: [], findings: [finding, ...others], text: tree.text, target: tree, inserted: statements };
}

/** The document without what this library has inserted. */
export function removeOwn(tree: SourceTree): string {
  return applyEdits(tree.text, ownRemovals(tree));
}

/** Whether our elements, and they alone, are found again in the merged text. */
function isReversible(text: string, target: SourceTree): boolean {
  try {
    return removeOwn(scan(text, target.source)) === target.text;
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    return false;
  }
}

function places(tree: SourceTree, statements: readonly PolicyStatementConfig[]): Placement[] {
  return [...new Set(statements.map(({ section }) => section))].flatMap((name) => {
    const section = sectionOf(tree, name);
    return section
      ? placements(
          tree,
          section,
          statements.filter((statement) => statement.section === name),
        )
      : [];
  });
}

function planned(tree: SourceTree, all: readonly Placement[]): Map<PolicyStatementConfig, PlannedInsertion> {
  return new Map(
    all.flatMap(({ section, offset, statements }) =>
      statements.map((statement): [PolicyStatementConfig, PlannedInsertion] => [
        statement,
        {
          statement: statement.kind,
          section: section.name,
          elements: statementElements(statement).map(({ name }) => name),
          ...afterCharacter(tree, offset),
        },
      ]),
    ),
  );
}

/** The place after the character that stays before the insertion: what follows it may be something taken out. */
function afterCharacter(tree: SourceTree, offset: number): SourcePosition {
  const { line, column } = tree.position(offset - 1);
  return { line, column: column + 1 };
}
