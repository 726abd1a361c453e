import * as errors from "../../core/policy-errors";
import { PolicySection, PolicySlot, PolicyStatementConfig } from "../policy-statement";
import { CONFLICT_RULES, ConflictRule } from "./conflict-rules";
import { FORWARDING_KIND } from "./caller-headers";
import { PlannedInsertion, PolicyFinding } from "./finding";
import { Located, locatedInDocument, locatedInStatement, placeOf } from "./located";
import { Resolutions } from "./resolutions";
import { SourceElement, SourceTree } from "./source-tree";

/** What is left to insert, what is to be taken out, and what nobody has decided yet. */
export interface Conflicts {
  readonly statements: readonly PolicyStatementConfig[];
  readonly removed: readonly SourceElement[];
  readonly findings: readonly PolicyFinding[];
}

/** Where a statement would be inserted; none where its section is missing. */
export type PlannedPlaces = ReadonlyMap<PolicyStatementConfig, PlannedInsertion>;

/** Holds the document and the statements against each other. */
export function conflictsOf(
  tree: SourceTree,
  statements: readonly PolicyStatementConfig[],
  resolutions: Resolutions,
  places: PlannedPlaces,
): Conflicts {
  const elements = [...locatedInDocument(tree), ...statements.flatMap(locatedInStatement)];
  const leftOut = new Set<PolicyStatementConfig>();
  const removed = new Set<SourceElement>();
  const findings: PolicyFinding[] = [];

  for (const rule of CONFLICT_RULES) {
    const choice = resolutions.of(rule.conflict);
    for (const theirs of elements.filter(rule.theirs)) {
      const ours = statements.filter(
        (statement) => rule.ours(statement, statements) && isOtherSide(rule, statement, theirs, statements),
      );
      if (ours.length === 0) continue;
      const options = optionsFor(rule, theirs, statements);
      if (choice === "keep" && options.keep) {
        if (rule.keep === "ours-left-out") ours.forEach((statement) => leftOut.add(statement));
      } else if (choice === "replace" && options.replace) {
        if (!theirs.nested) removed.add(theirs.element);
      } else {
        findings.push(finding(tree, rule, theirs, places.get(ours[0]), options));
      }
    }
  }
  return { statements: statements.filter((statement) => !leftOut.has(statement)), removed: [...removed], findings };
}

/** Of two statements that say the same, the later one is at odds with the earlier, and not the other way round as well. */
function isOtherSide(
  rule: ConflictRule,
  ours: PolicyStatementConfig,
  { statement: theirs }: Located,
  all: readonly PolicyStatementConfig[],
): boolean {
  if (!theirs) return true;
  return rule.ours(theirs, all) ? all.indexOf(ours) < all.indexOf(theirs) : ours !== theirs;
}

interface Options {
  readonly keep: boolean;
  readonly replace: boolean;
}

/** Only what leaves neither the backend open nor the token out. */
function optionsFor(
  rule: ConflictRule,
  { section, nested, statement }: Located,
  all: readonly PolicyStatementConfig[],
): Options {
  // The identity headers are read from the token that our validation has left behind.
  const needed =
    rule.keep === "ours-left-out" && all.some((other) => rule.ours(other, all) && isReadByOthers(other, all));
  // A choice between backends carries a token for each.
  const carriesToken =
    rule.keep === "ours-left-out" && all.some((other) => rule.ours(other, all) && other.slot === PolicySlot.TOKEN);
  const replaceable = section === PolicySection.INBOUND || rule.conflict === "FORWARDING";
  return {
    keep: rule.keep !== undefined && !needed && !carriesToken && !(statement && rule.ours(statement, all)),
    replace: replaceable && statement === undefined && (!nested || rule.overrides),
  };
}

function isReadByOthers({ slot }: PolicyStatementConfig, all: readonly PolicyStatementConfig[]): boolean {
  return slot === PolicySlot.VALIDATION && all.some(({ kind }) => kind === FORWARDING_KIND);
}

function finding(
  tree: SourceTree,
  rule: ConflictRule,
  theirs: Located,
  ours: PlannedInsertion | undefined,
  options: Options,
): PolicyFinding {
  const { element, nested, statement } = theirs;
  const { conflict } = rule;
  return {
    severity: "conflict",
    kind: conflict,
    ...placeOf(tree, theirs),
    ours,
    message: errors.conflict(conflict, element.name, nested, ours),
    resolutions: [
      ...(options.replace ? [errors.replaceExisting(conflict, nested)] : []),
      ...(options.keep ? [errors.keepExisting(conflict)] : []),
      statement ? errors.removeFromStatement(statement.kind) : errors.editDocument(element.name),
    ],
  };
}
