import { ConflictResolution } from "../conflict-resolution";
import { FORWARDING_KIND } from "../names";
import { PolicySection, PolicySlot, StatementConfig } from "../statement";
import { Place } from "../syntax/place";
import { SourceElement } from "../syntax/source-tree";
import { Examined, Found, PlannedInsertion, PolicyFinding, PolicyRule } from "./rule";
import { Findings, report } from "./findings";
import { Located } from "./located";
import { named } from "./named";

/** What a conflict rule is made of. */
interface ConflictDefinition {
  readonly id: string;
  /**
   * The names of the elements that can be one side of the conflict.
   *
   * @default - any
   */
  readonly names?: Iterable<string>;
  /** Whether an element is that side. */
  readonly theirs: (located: Located) => boolean;
  /** Whether a statement is the other side. */
  readonly ours: (statement: StatementConfig, all: readonly StatementConfig[]) => boolean;
  /**
   * Whether the two want the same, or have nothing to do with each other.
   *
   * @default - they contradict each other
   */
  readonly agree?: (theirs: Located, ours: StatementConfig) => boolean;
  readonly says: (conflict: Conflict) => string;
  /**
   * What keeping theirs means.
   *
   * @default - it cannot be kept, because that would open the backend
   */
  readonly keep?: Keep;
  readonly replace: ConflictResolution;
  /** Whether our statement, further down, overrides an element that is inside another policy and cannot be removed. */
  readonly overrides?: boolean;
  /** Alternatives to the resolutions. */
  readonly alternatives?: readonly string[];
}

interface Keep {
  readonly resolution: ConflictResolution;
  readonly omitsOurs?: boolean;
  /** Why to choose it: `to ...`. */
  readonly purpose: string;
}

/** An element of the document, or of another statement, and the statements that it conflicts with. */
export interface Conflict extends Found {
  readonly theirs: Located;
  readonly statements: readonly StatementConfig[];
  /** The first of the statements, in words. */
  readonly other: string;
  readonly keep?: Keep;
  readonly replace?: ConflictResolution;
}

/** A rule about a document and statements that contradict each other. */
export interface ConflictRule extends PolicyRule<Conflict> {
  readonly finds: (examined: Examined) => readonly Conflict[];
}

/** The result of resolved conflicts, and the conflicts that are left. */
export interface Settlement {
  readonly statements: readonly StatementConfig[];
  readonly removed: readonly SourceElement[];
  readonly findings: Findings;
}

export function conflictRule(definition: ConflictDefinition): ConflictRule {
  return {
    id: definition.id,
    severity: "conflict",
    finds: (examined) => conflicts(definition, examined),
    says: (conflict) =>
      definition.says(conflict) +
      (conflict.theirs.nested ? " The element is inside another policy, and may run for some requests only." : ""),
    resolutions: ({ keep, replace, theirs: { element, nested, statement } }) => [
      ...(replace
        ? [`write ${resolve(replace)} to have the merge ${nested ? "override" : "remove"} <${element.name}>`]
        : []),
      ...(keep ? [`write ${resolve(keep.resolution)} ${keep.purpose}`] : []),
      ...(definition.alternatives ?? []),
      statement ? `remove the statement "${statement.kind}"` : `remove <${element.name}> from the document`,
    ],
  };
}

/** Applies the resolutions of the user to what the rules find. */
export function settle(rules: readonly ConflictRule[], examined: Examined): Settlement {
  const { resolutions } = examined;
  const omitted = new Set<StatementConfig>();
  const removed = new Set<SourceElement>();
  const findings: PolicyFinding[] = [];
  for (const rule of rules) {
    for (const conflict of rule.finds(examined)) {
      const { keep, replace, theirs } = conflict;
      if (keep && resolutions.include(keep.resolution)) {
        if (keep.omitsOurs) conflict.statements.forEach((statement) => omitted.add(statement));
      } else if (replace && resolutions.include(replace)) {
        if (!theirs.nested) removed.add(theirs.element);
      } else {
        findings.push(report(rule, conflict));
      }
    }
  }
  const statements = examined.statements.filter((statement) => !omitted.has(statement));
  return { statements, removed: [...removed], findings: Findings.list(findings) };
}

function conflicts(definition: ConflictDefinition, examined: Examined): Conflict[] {
  const { elements, statements, insertions } = examined;
  const candidates = statements.filter((statement) => definition.ours(statement, statements));
  if (candidates.length === 0) return [];
  const possible = definition.names ? named(elements, definition.names) : elements;
  return possible.filter(definition.theirs).flatMap((theirs) => {
    const against = candidates.filter((statement) => isOtherSide(definition, statement, theirs, statements));
    if (against.length === 0) return [];
    const { keep, replace } = choices(definition, theirs, statements);
    return new FoundConflict(theirs, against, insertions.get(against[0])!, keep, replace);
  });
}

class FoundConflict implements Conflict {
  constructor(
    public readonly theirs: Located,
    public readonly statements: readonly StatementConfig[],
    public readonly ours: PlannedInsertion,
    public readonly keep?: Keep,
    public readonly replace?: ConflictResolution,
  ) {}

  public get at(): Place {
    return this.theirs.at;
  }

  public get name(): string {
    return this.theirs.name;
  }

  public get other(): string {
    const { statement, line, column } = this.ours;
    return `the statement "${statement}" (inserted at ${line}:${column})`;
  }
}

/** Of two statements that do the same, the later one conflicts with the earlier one, and not vice versa. */
function isOtherSide(
  { ours: isOurs, agree }: ConflictDefinition,
  ours: StatementConfig,
  located: Located,
  all: readonly StatementConfig[],
): boolean {
  const theirs = located.statement;
  // A statement does not contradict itself, and each of its elements would look at all of them.
  if (theirs === ours || agree?.(located, ours)) return false;
  if (!theirs) return true;
  return !isOurs(theirs, all) || all.indexOf(ours) < all.indexOf(theirs);
}

/** The resolutions that neither open the backend nor lose the gateway's token. */
function choices(
  { ours, keep, replace, overrides }: ConflictDefinition,
  { section, nested, statement }: Located,
  all: readonly StatementConfig[],
): Pick<Conflict, "keep" | "replace"> {
  const needed = keep?.omitsOurs && all.some((other) => ours(other, all) && isNeeded(other, all));
  const keepable = !needed && !(statement && ours(statement, all));
  const isRemovable = section === PolicySection.INBOUND || replace === ConflictResolution.REPLACE_FORWARDING;
  const replaceable = isRemovable && statement === undefined && (!nested || overrides);
  return { keep: keepable ? keep : undefined, replace: replaceable ? replace : undefined };
}

/** A choice between backends carries a token for each. The identity headers read the token that our validation leaves behind. */
function isNeeded({ slot }: StatementConfig, all: readonly StatementConfig[]): boolean {
  if (slot === PolicySlot.TOKEN) return true;
  return slot === PolicySlot.VALIDATION && all.some(({ kind }) => kind === FORWARDING_KIND);
}

function resolve(resolution: ConflictResolution): string {
  return `.resolve(ConflictResolution.${resolution})`;
}
