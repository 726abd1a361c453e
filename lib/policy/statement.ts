import { fail } from "../core/fail";
import { scan } from "./syntax/scanner";
import { attributeOf, SourceElement, SourceTree } from "./syntax/source-tree";
import { requireMember } from "../core/given";

/** A section of a policy document. */
export enum PolicySection {
  /** Before the request is forwarded. */
  INBOUND = "inbound",
  /** How the request is forwarded. Holds at most one statement. */
  BACKEND = "backend",
  /** After the backend has answered. */
  OUTBOUND = "outbound",
  /** After a statement has failed. */
  ON_ERROR = "on-error",
}

const KIND = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Where a statement belongs in the inbound section, in the order of execution. Other sections keep the order in which you write them. */
export enum PolicySlot {
  /** Before everything else, `<base />` included. */
  CORS = "cors",
  /** Before `<base />`, after `cors`: who may call at all, whatever the document does. */
  ACCESS = "access",
  /** After `<base />`: who the consumer is. */
  VALIDATION = "validation",
  /** What the backend is told about the consumer. */
  CALLER_IDENTITY = "caller-identity",
  /** Everything else that the user adds. */
  USER = "user",
  /** What is hidden from the backend. */
  CLEANUP = "cleanup",
  /** Which backend is called. */
  ROUTING = "routing",
  /** The token for the backend: last. */
  TOKEN = "token",
}

/** What a statement writes into a policy document. */
export interface StatementConfig {
  /** The section that it is written into. */
  readonly section: PolicySection;

  /** Its place in the inbound section. Other sections ignore it. */
  readonly slot: PolicySlot;

  /** What it is, in kebab-case; part of the `id` of its elements. */
  readonly kind: string;

  /** Its elements: well-formed, formatted as API Management does, indented by two spaces. */
  readonly xml: string;

  /** Name of the backend entity that it chooses, if its elements have only a reference to it. */
  readonly backendName?: string;

  /** Its text, if something has scanned it before. */
  readonly scanned?: SourceTree;

  /** The parsed elements, from the first call of `treeOf`. */
  tree?: SourceTree;
}

/** A statement of the inbound section. */
export function inbound(slot: PolicySlot, kind: string, xml: string): StatementConfig {
  return { section: PolicySection.INBOUND, slot, kind, xml };
}

/** What the user adds to any section. */
export function inSection(section: PolicySection, kind: string, xml: string): StatementConfig {
  const call = `PolicyStatement.${kind.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
  requireMember(call, "section", section, PolicySection, "PolicySection.INBOUND");
  return { section, slot: PolicySlot.USER, kind, xml };
}

/** The statements in the order of the inbound section; equal ones keep theirs. */
export function inOrder(statements: readonly StatementConfig[]): StatementConfig[] {
  const slots = Object.values(PolicySlot);
  return [...statements].sort((a, b) => slots.indexOf(a.slot) - slots.indexOf(b.slot));
}

/** The elements of a statement. */
export function elementsOf(statement: StatementConfig): readonly SourceElement[] {
  return treeOf(statement).roots;
}

/** The text of a statement, scanned once. Refuses elements that a later merge could not find and remove. */
export function treeOf(statement: StatementConfig): SourceTree {
  return (statement.tree ??= parsed(statement));
}

function parsed({ section, slot, kind, xml, scanned }: StatementConfig): SourceTree {
  const place = `statement ${kind}`;
  requireMember(place, "section", section, PolicySection, "PolicySection.INBOUND");
  requireMember(place, "slot", slot, PolicySlot, "PolicySlot.USER");
  if (!KIND.test(kind))
    fail(
      place,
      "invalid-statement-kind",
      `The kind "${kind}" cannot be part of an id.`,
      'Write it in kebab-case, such as "set-header".',
    );
  const tree = scanned?.named(place) ?? scan(xml, place);
  const { roots } = tree;
  if (roots.length === 0)
    fail(
      place,
      "empty-statement",
      "The statement has no element.",
      'Write at least one element, such as <set-header name="..." ... />.',
    );
  if (section === PolicySection.BACKEND && roots.length > 1)
    fail(
      place,
      "several-in-backend",
      "The <backend> section accepts one element, but the statement has several.",
      "Write one element that contains the others, such as <retry>.",
    );
  checkOutside(place, xml, roots);
  const withId = roots.find((root) => attributeOf(root, "id") !== undefined);
  if (withId)
    fail(
      place,
      "statement-with-id",
      `<${withId.name}> has the attribute id. The library generates the id, so that a later merge finds the element.`,
      "Remove the attribute id.",
    );
  return tree;
}

function checkOutside(place: string, xml: string, roots: readonly SourceElement[]): void {
  const starts = [...roots.map(({ start }) => start), xml.length];
  const ends = [0, ...roots.map(({ end }) => end)];
  if (starts.some((start, index) => xml.slice(ends[index], start).trim() !== ""))
    fail(
      place,
      "text-beside-statement",
      "The statement has text or a comment outside its elements. A later merge could not find and remove it.",
      "Move the text or comment into an element.",
    );
}
