import { PlannedInsertion, PolicyFinding, examine, findingsOf } from "../findings/rule";
import { sectionOf } from "../findings/located";
import { Resolutions } from "../conflict-resolution";
import { settle } from "../findings/conflict-rule";
import { CONFLICT_RULES, MERGED_RULES, ROOT_RULES, SECTION_RULES, UNREADABLE_RULES } from "../findings/rules";
import { elementsOf, StatementConfig } from "../statement";
import { applyEdits, reduced } from "../syntax/edits";
import { tryScan } from "../syntax/scanner";
import { SourcePosition, SourceTree } from "../syntax/source-tree";
import { insertions, Placement, placements } from "./placement";
import { insertedRemovals, removal } from "./removal";

/** What a merge would do, and what prevents it. All positions are those of the user's document. */
export interface MergePlan {
  readonly insertions: readonly PlannedInsertion[];
  readonly findings: readonly PolicyFinding[];
  /** The document after the merge. */
  readonly merged: SourceTree;
  /** What it contains of the user's document. */
  readonly target: SourceTree;
  /** The statements that it contains. */
  readonly inserted: readonly StatementConfig[];
}

/**
 * Merges statements into a document by inserting text. The document is never rewritten, so the user's part keeps every byte. What
 * an earlier merge has inserted is removed first, so that a second merge changes nothing.
 *
 * @see docs/design/decisions.md#merge-inserts-text
 */
export function planMerge(
  tree: SourceTree,
  statements: readonly StatementConfig[],
  resolutions: Resolutions,
): MergePlan {
  const clean = reduced(tree, insertedRemovals(tree));
  if (!clean) return unsettled(tree, statements);
  const structural = structuralFindings(clean, statements);
  if (structural.length > 0)
    return { insertions: [], findings: structural, merged: tree, target: clean, inserted: statements };

  const planned = plannedAt(clean, places(clean, statements));
  const settled = settle(CONFLICT_RULES, examine(clean, statements, { resolutions, insertions: planned }));
  const target = reduced(
    clean,
    settled.removed.map((element) => removal(clean, element)),
  );
  if (!target) return unsettled(tree, statements);
  return finalPlan(tree, clean, target, resolutions, settled);
}

function finalPlan(
  tree: SourceTree,
  clean: SourceTree,
  target: SourceTree,
  resolutions: Resolutions,
  settled: ReturnType<typeof settle>,
): MergePlan {
  const { statements, removed, findings: conflicts } = settled;
  const final = places(target, statements);
  const planned = plannedAt(target, final);
  const text = applyEdits(target.text, insertions(target, final));
  const merged = text === tree.text ? tree : tryScan(text, target.source);
  // Exactly the inserted elements must be found again in the merged text.
  if (!merged || removeInserted(merged) !== target.text) return unsettled(tree, statements, planned, conflicts);
  const examined = examine(target, statements, {
    resolutions,
    insertions: planned,
    removed: removed.map((element) => ({ element, at: { source: clean.source, ...clean.position(element.start) } })),
  });
  const findings = [...conflicts, ...findingsOf(MERGED_RULES, examined)];
  return { insertions: [...planned.values()], findings, merged, target, inserted: statements };
}

function structuralFindings(tree: SourceTree, statements: readonly StatementConfig[]): PolicyFinding[] {
  const examined = examine(tree, statements);
  const ofRoot = findingsOf(ROOT_RULES, examined);
  return ofRoot.length > 0 ? ofRoot : findingsOf(SECTION_RULES, examined);
}

/**
 * Nothing is merged if the rest of the document would be read differently than before.
 *
 * @see docs/design/decisions.md#misreading-is-a-finding
 */
function unsettled(
  tree: SourceTree,
  statements: readonly StatementConfig[],
  planned: ReadonlyMap<StatementConfig, PlannedInsertion> = new Map(),
  others: readonly PolicyFinding[] = [],
): MergePlan {
  const findings = [...findingsOf(UNREADABLE_RULES, examine(tree, statements, { insertions: planned })), ...others];
  return { insertions: [], findings, merged: tree, target: tree, inserted: statements };
}

/** The document without what earlier merges have inserted. */
export function removeInserted(tree: SourceTree): string {
  return applyEdits(tree.text, insertedRemovals(tree));
}

function places(tree: SourceTree, statements: readonly StatementConfig[]): Placement[] {
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

function plannedAt(tree: SourceTree, all: readonly Placement[]): Map<StatementConfig, PlannedInsertion> {
  return new Map(
    all.flatMap(({ section, offset, statements }) =>
      statements.map((statement): [StatementConfig, PlannedInsertion] => [
        statement,
        {
          statement: statement.kind,
          section: section.name,
          elements: elementsOf(statement).map(({ name }) => name),
          ...afterCharacter(tree, offset),
        },
      ]),
    ),
  );
}

/** The place after the character before the insertion, because the text after it may be removed. */
function afterCharacter(tree: SourceTree, offset: number): SourcePosition {
  const { line, column } = tree.position(offset - 1);
  return { line, column: column + 1 };
}
