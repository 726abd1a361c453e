import { capitalized } from "../../core/capitalized";
import { PolicySection, PolicySlot, StatementConfig } from "../statement";
import { Place, SourcePosition } from "../syntax/place";
import { SourceElement, SourceTree } from "../syntax/source-tree";
import { Located, locatedInBoth, PlacedElement } from "./located";
import { named } from "./named";
import { Resolutions } from "../conflict-resolution";

/** What rules examine: a document and the statements that are merged into it. */
export interface Examined {
  readonly tree: SourceTree;
  readonly statements: readonly StatementConfig[];
  /** The policies of both. */
  readonly elements: readonly Located[];
  readonly resolutions: Resolutions;
  /** From where on requests carry the gateway's token instead of the consumer's. */
  readonly reach: TokenReach;
  /** Where the statements are inserted. A statement whose section is missing has no place. */
  readonly insertions: ReadonlyMap<StatementConfig, PlannedInsertion>;
  /** The document's elements that the merge removes. */
  readonly removed: readonly Removed[];
  /** The elements of earlier merges that the merge replaces, although somebody has changed them. */
  readonly edited: readonly Found[];
}

type TokenReach = "nowhere" | "after inbound" | "everywhere";

/** An element that the merge removes, its text and where it was. */
export interface Removed {
  readonly element: SourceElement;
  readonly text: string;
  readonly at: Place;
}

/** What a rule finds, with the values that its message names. */
export interface Found {
  readonly at: Place;
  /** Name of the element. */
  readonly name: string;
  /** Another value for the message, such as an attribute. */
  readonly value?: string | undefined;
  /** What to write instead, if that depends on what is found. */
  readonly remedy?: string;
  /** The statement that the element conflicts with, if any. */
  readonly ours?: PlannedInsertion | undefined;
}

/** A rule about policy documents: one problem, how it is found and what to do about it. */
export interface PolicyRule<F extends Found = Found> {
  /** Stable, in kebab-case and unique. */
  readonly id: string;
  readonly severity: Severity;
  /**
   * Whether the rule applies to a merge.
   *
   * @default - it always applies
   */
  readonly when?: (examined: Examined) => boolean;
  readonly finds: (examined: Examined) => FoundList<F>;
  readonly says: (found: F) => string;
  /** What to write instead: alternatives that begin with a verb in lower case. At least one. */
  readonly resolutions: (found: F) => readonly string[];
}

/** Whether the request carries the gateway's token when the policy runs. */
export function carriesToken({ reach }: Examined, { section }: Located): boolean {
  return reach === "everywhere" || (reach === "after inbound" && section !== PolicySection.INBOUND);
}

/** What rules examine, with defaults for what only a merge knows. */
export function examine(
  tree: SourceTree,
  statements: readonly StatementConfig[],
  merge: Partial<Pick<Examined, "elements" | "resolutions" | "insertions" | "removed" | "edited">> = {},
): Examined {
  return {
    tree,
    statements,
    elements: merge.elements ?? locatedInBoth(tree, statements),
    resolutions: Resolutions.NONE,
    // The gateway's token is the last policy of the section.
    reach: statements.some(inSlot(PolicySlot.TOKEN)) ? "after inbound" : "nowhere",
    insertions: new Map(),
    removed: [],
    edited: [],
    ...merge,
  };
}

/** What a rule finds, such as in an array. A document can have thousands, and messages show a few: only those need to be made. */
export interface FoundList<F extends Found = Found> {
  readonly length: number;
  at(index: number): F | undefined;
}

/** All that a rule finds. */
export function allOf<F extends Found>(found: FoundList<F>): F[] {
  return Array.from({ length: found.length }, (_, index) => found.at(index)!);
}

/** An element that a rule finds, with a value for the message, which is computed where it is read. */
export class FoundElement<E extends PlacedElement> implements Found {
  constructor(
    private readonly placed: E,
    private readonly valueFor: (placed: E) => string | undefined,
  ) {}

  public get at(): Place {
    return this.placed.at;
  }

  public get name(): string {
    return this.placed.name;
  }

  public get value(): string | undefined {
    return this.valueFor(this.placed);
  }
}

class FoundElements<E extends PlacedElement> implements FoundList {
  constructor(
    private readonly placed: readonly E[],
    private readonly valueFor: (placed: E) => string | undefined,
  ) {}

  public get length(): number {
    return this.placed.length;
  }

  public at(index: number): Found | undefined {
    const placed = this.placed.at(index);
    return placed && new FoundElement(placed, this.valueFor);
  }
}

/** Finds the policies that the predicate holds for. */
export function policiesThat(holds: Predicate, value?: ValueOf): PolicyRule["finds"] {
  return (examined) => foundAmong(examined.elements, examined, holds, value);
}

/** The same among the policies of the names. */
export function policiesNamed(names: Iterable<string>, holds: Predicate, value?: ValueOf): PolicyRule["finds"] {
  return (examined) => foundAmong(named(examined.elements, names), examined, holds, value);
}

type Predicate = (located: Located, examined: Examined) => boolean;
type ValueOf = (located: Located) => string | undefined;

function foundAmong(
  policies: readonly Located[],
  examined: Examined,
  holds: Predicate,
  value: ValueOf | undefined,
): FoundList {
  const found = policies.filter((located) => holds(located, examined));
  return value ? new FoundElements(found, value) : found;
}

/** An element of the document, such as a section. */
export function foundAt({ tree }: Examined, element: SourceElement, value?: string): Found {
  return { at: new PlacedElement(tree, element), name: element.name, value };
}

/** A place in the document, whatever is there. */
export function foundIn({ source }: SourceTree, { line, column }: SourcePosition, name = ""): Found {
  return { at: { source, line, column }, name };
}

/** Whether the statement belongs to one of the slots of the inbound section. */
export function inSlot(...slots: PolicySlot[]): (statement: StatementConfig) => boolean {
  return ({ section, slot }) => section === PolicySection.INBOUND && slots.includes(slot);
}

/** Whether a statement of the slot is merged. */
export function merges(slot: PolicySlot): (examined: Examined) => boolean {
  return ({ statements }) => statements.some(inSlot(slot));
}

/** Whether the merge removes policies of the document. */
export function removesPolicies({ removed }: Examined): boolean {
  return removed.length > 0;
}

/** A statement and where it is inserted. */
export interface PlannedInsertion extends SourcePosition {
  readonly statement: string;
  readonly section: string;
  readonly elements: readonly string[];
}

/** A conflict prevents the merge. A warning does not. */
export type Severity = "conflict" | "warning";

/** A problem that a rule finds in a document. */
export interface PolicyFinding extends Place {
  /** The id of the rule. */
  readonly id: string;
  readonly severity: Severity;
  /** The statement that the document conflicts with, if any. */
  readonly ours?: PlannedInsertion | undefined;
  readonly message: string;
  /** What to write instead; you choose one. */
  readonly resolutions: readonly string[];
}

/** A finding in one line: place, message, resolutions and id. */
export function findingLine({ id, line, column, message, resolutions }: PolicyFinding): string {
  return `${line}:${column} ${message} ${capitalized(resolutions.join("; or "))}. (${id})`;
}

/** The findings as a list for a message about the document, without those that are too many to read. */
export function findingList(findings: readonly PolicyFinding[], document = ""): string {
  const lines = findings.slice(0, MOST_SHOWN).map((finding) => {
    const source = finding.source === document ? "" : `${finding.source}:`;
    return `- ${source}${findingLine(finding)}\n`;
  });
  const more = findings.length - lines.length;
  return lines.join("") + (more > 0 ? `- and ${more} more\n` : "");
}

/** Nobody reads more, and one mistake often causes many findings. */
export const MOST_SHOWN = 20;
