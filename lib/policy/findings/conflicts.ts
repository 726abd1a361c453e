import { PolicySection, PolicySlot, PolicyStatementConfig } from "../policy-statement";
import { CONFLICT_RULES, ConflictRule } from "./conflict-rules";
import { FORWARDING_KIND } from "../gateway/caller-headers";
import { PlannedInsertion, PolicyFinding } from "./finding";
import { Located, locatedInDocument, locatedInStatement, placeOf } from "../merge/located";
import { Resolutions } from "../merge/resolutions";
import { SourceElement, SourceTree } from "../syntax/source-tree";
import { PolicyConflict } from "../policy-conflict";

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
    message: conflictText(conflict, element.name, nested, ours),
    resolutions: [
      ...(options.replace
        ? [`write .replaceExisting(PolicyConflict.${conflict}) to have it ${nested ? "overridden" : "removed"}`]
        : []),
      ...(options.keep ? [keepExisting(conflict)] : []),
      statement ? `leave out the statement ${statement.kind}` : `remove <${element.name}> from the document`,
    ],
  };
}
// What statements may not be
const CONFLICTS: Record<PolicyConflict, (element: string, ours: string) => string> = {
  BACKEND: (element, ours) => `<${element}> chooses a backend, and ${ours}, is made for another one.`,
  CALLER_HEADERS: (element) =>
    `<${element}> sets an X-Caller-* header, which the backend trusts to come from a validated token.`,
  MANAGED_IDENTITY: (element, ours) =>
    `<${element}> puts a token of an identity into Authorization, and so does ${ours}.`,
  AUTHORIZATION: (element, ours) => `<${element}> sets Authorization, and so does ${ours}.`,
  CREDENTIALS: (element, ours) => `<${element}> signs in at the backend, and so does ${ours}.`,
  TOKEN_VALIDATION: (element, ours) => `<${element}> validates the consumer's token, and so does ${ours}.`,
  EARLY_RESPONSE: (element, ours) => `<${element}> answers every request, and nothing after it runs: not even ${ours}.`,
  CORS: (element, ours) => `<${element}> is there already, and a section may hold one: ${ours}, would be another.`,
  FORWARDING: (element, ours) =>
    `<${element}> is in the section <backend>, which may hold one element: ${ours}, would be another.`,
};

function conflictText(kind: PolicyConflict, element: string, nested: boolean, ours?: PlannedInsertion): string {
  const statement = ours
    ? `the statement "${ours.statement}", to be inserted at ${ours.line}:${ours.column}`
    : "another statement";
  const scope = nested ? " It stands within another policy, and may take effect on some requests only." : "";
  return CONFLICTS[kind](element, statement) + scope;
}
const KEPT: Partial<Record<PolicyConflict, string>> = {
  BACKEND: "to have requests go where it says",
  AUTHORIZATION: "to leave it there, although the gateway's token replaces its value",
  CREDENTIALS: "to leave it there beside the gateway's token",
  EARLY_RESPONSE: "to leave it there, and the backend uncalled",
};

function keepExisting(kind: PolicyConflict): string {
  return `write .keepExisting(PolicyConflict.${kind}) ${KEPT[kind] ?? "to leave out what is to be inserted"}`;
}
