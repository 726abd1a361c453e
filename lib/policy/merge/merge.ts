import { Findings } from "../findings/findings";
import { Examined, PlannedInsertion, examine, foundIn } from "../findings/rule";
import { Located, sectionOf } from "../findings/located";
import { Resolutions } from "../conflict-resolution";
import { settle } from "../findings/conflict-rule";
import {
  CONFLICT_RULES,
  MERGED_RULES,
  RESULT_RULES,
  ROOT_RULES,
  SECTION_RULES,
  UNREADABLE_RULES,
} from "../findings/rules";
import { elementsOf, StatementConfig } from "../statement";
import { applyEdits, Edit, reduced } from "../syntax/edits";
import { tryScan } from "../syntax/scanner";
import { SourcePosition } from "../syntax/place";
import { SourceTree } from "../syntax/source-tree";
import { insertions, Placement, placements } from "./placement";
import { removal, removals } from "./removal";
import { replacedBy } from "./replaced";

/** What a merge would do, and what prevents it. All positions are those of the user's document. */
export interface MergePlan {
  readonly insertions: readonly PlannedInsertion[];
  readonly findings: Findings;
  /** The document after the merge. */
  readonly merged: SourceTree;
  /** What it contains of the user's document. */
  readonly target: SourceTree;
  /** What is written into that. */
  readonly edits: readonly Edit[];
  /** The statements that it contains. */
  readonly inserted: readonly StatementConfig[];
  /** Every policy of both, if the rules asked for them. */
  readonly elements?: readonly Located[];
}

/**
 * Merges statements into a document by inserting text. The document is never rewritten, so the user's part keeps every byte. What
 * the statements take the place of is removed first, so that a second merge changes nothing.
 *
 * @see docs/design/decisions.md#merge-inserts-text
 */
export function planMerge(
  tree: SourceTree,
  statements: readonly StatementConfig[],
  resolutions: Resolutions,
): MergePlan {
  const refused = (findings: Findings, target = tree): MergePlan => ({
    insertions: [],
    findings,
    merged: tree,
    target,
    edits: [],
    inserted: statements,
  });
  const replaced = replacedBy(tree, statements);
  const clean = reduced(tree, removals(tree, replaced.elements));
  if (!clean) return refused(unreadable(tree, statements));
  const before = examine(clean, statements, { resolutions });
  const structural = structuralFindings(before);
  if (structural.count > 0) return refused(structural, clean);

  const insertionsBefore = plannedAt(clean, places(clean, statements));
  const settled = settle(CONFLICT_RULES, { ...before, insertions: insertionsBefore });
  const { statements: inserted, removed, findings: conflicts } = settled;
  const target = reduced(
    clean,
    removed.map((element) => removal(clean, element)),
  );
  if (!target) return refused(unreadable(tree, statements));

  const { planned, edits, text } = insertedInto(target, inserted);
  const merged = text === tree.text ? tree : tryScan(text, target.source);
  // Exactly the inserted elements must be found again in the merged text.
  if (!merged || applyEdits(text, removals(merged, replacedBy(merged, inserted).elements)) !== target.text)
    return refused(unreadable(tree, inserted, planned).and(conflicts));
  const isSame = target === clean && inserted.length === statements.length;
  const examined = examine(target, inserted, {
    ...(isSame && { elements: before.elements }),
    resolutions,
    insertions: planned,
    edited: replaced.edited().map((element) => foundIn(tree, tree.position(element.start), element.name)),
    removed: removed.map((element) => ({
      element,
      text: clean.text.slice(element.start, element.end),
      at: { source: clean.source, ...clean.position(element.start) },
    })),
  });
  const ofResult = Findings.of(RESULT_RULES, { ...examined, tree: merged });
  const findings = conflicts.and(Findings.of(MERGED_RULES, examined), ofResult);
  return { insertions: [...planned.values()], findings, merged, target, edits, inserted, elements: examined.elements };
}

/** What statements write into a document, where, and the text with them. */
export function insertedInto(
  target: SourceTree,
  statements: readonly StatementConfig[],
): { planned: ReadonlyMap<StatementConfig, PlannedInsertion>; edits: readonly Edit[]; text: string } {
  const final = places(target, statements);
  const edits = insertions(target, final);
  return { planned: plannedAt(target, final), edits, text: applyEdits(target.text, edits) };
}

function structuralFindings(examined: Examined): Findings {
  const ofRoot = Findings.of(ROOT_RULES, examined);
  return ofRoot.count > 0 ? ofRoot : Findings.of(SECTION_RULES, examined);
}

/**
 * Nothing is merged if the rest of the document would be read differently than before.
 *
 * @see docs/design/decisions.md#misreading-is-a-finding
 */
function unreadable(
  tree: SourceTree,
  statements: readonly StatementConfig[],
  planned: ReadonlyMap<StatementConfig, PlannedInsertion> = new Map(),
): Findings {
  return Findings.of(UNREADABLE_RULES, examine(tree, statements, { insertions: planned }));
}

function places(tree: SourceTree, statements: readonly StatementConfig[]): Placement[] {
  return [...new Set(statements.map(({ section }) => section))].flatMap((name) => {
    const within = statements.filter((statement) => statement.section === name);
    // A document without one of the sections is refused before.
    return placements(tree, sectionOf(tree, name)!, within);
  });
}

function plannedAt(tree: SourceTree, all: readonly Placement[]): Map<StatementConfig, PlannedInsertion> {
  const planned = new Map<StatementConfig, PlannedInsertion>();
  for (const { section, offset, statements } of all) {
    const place = { section: section.name, ...afterCharacter(tree, offset) };
    for (const statement of statements) {
      const elements = elementsOf(statement).map(({ name }) => name);
      planned.set(statement, { statement: statement.kind, elements, ...place });
    }
  }
  return planned;
}

/** The place after the character before the insertion, because the text after it may be removed. */
function afterCharacter(tree: SourceTree, offset: number): SourcePosition {
  const { line, column } = tree.position(offset - 1);
  return { line, column: column + 1 };
}
