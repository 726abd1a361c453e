import { grouped } from "../../core/grouped";
import { containsToken } from "../../core/terraform-template";
import { tokenPlace } from "../findings/effects";
import { InsertedId, insertedId } from "../inserted";
import { GATEWAY_ELEMENTS } from "../names";
import { elementsOf, PolicySection, PolicySlot, StatementConfig } from "../statement";
import { allElements, attributeOf, SourceElement, SourceTree } from "../syntax/source-tree";
import { contentHash, contentOf as writtenContent, hashOf } from "./statement-text";

/** An element that a merge has inserted, or is about to insert. */
interface Inserted extends InsertedId {
  readonly section: string;
  readonly element: SourceElement;
  /** The document or the statement that the element is in. */
  readonly text: string;
  /** Its section, what it is and its hash. */
  readonly key: string;
}

/** What statements take the place of. */
export interface Replaced {
  readonly elements: ReadonlySet<SourceElement>;
  /** Those of them that somebody has changed since they were inserted. */
  readonly edited: () => readonly SourceElement[];
}

/** The slots of the gateway's statements. */
const OF_GATEWAY: ReadonlySet<PolicySlot> = new Set([PolicySlot.CLEANUP, PolicySlot.ROUTING, PolicySlot.TOKEN]);

/** What tells apart the elements of one kind, besides the place of the token that they validate. */
const NAMES = ["name", "fragment-id", "counter-key", "action"];

/**
 * The elements of earlier merges whose place the statements take. Every other one stays, because it may be what closes the API: a
 * statement of the same kind takes the place of one element, and the gateway's statements of all that the gateway inserted.
 *
 * @see docs/design/decisions.md#nothing-is-dropped
 */
export function replacedBy(tree: SourceTree, statements: readonly StatementConfig[]): Replaced {
  const before = insertedIn(tree);
  if (before.length === 0) return { elements: new Set(), edited: () => [] };
  const ofGateway = statements.filter(({ slot }) => OF_GATEWAY.has(slot)).flatMap(elementsToInsert);
  const others = statements.filter(({ slot }) => !OF_GATEWAY.has(slot)).flatMap(elementsToInsert);

  const same = new Map([...others, ...ofGateway].map((inserted) => [inserted.key, inserted]));
  const ofEarlierGateway = new Set(ofGateway.length > 0 ? before.filter(isGateways) : []);
  const contentsBefore = new Set(before.map(({ key }) => key));
  const rest = before.filter((inserted) => !ofEarlierGateway.has(inserted));
  const unchanged = rest.filter(({ key }) => same.has(key));
  const changedBefore = grouped(
    rest.filter(({ key }) => !same.has(key)),
    purposesOf,
  );
  const changedNow = grouped(
    others.filter(({ key }) => !contentsBefore.has(key)),
    purposesOf,
  );
  // Of several elements, nobody knows which one is meant.
  const changed = [...changedBefore].flatMap(([key, elements]) => {
    const now = changedNow.get(key) ?? [];
    return elements.length <= now.length ? [{ elements, now }] : [];
  });
  const edited = (): Inserted[] => [
    ...[...ofEarlierGateway].filter((inserted) => hasOtherPolicies(inserted, ofGateway)),
    ...unchanged.filter((inserted) => isOther(inserted, same.get(inserted.key)!)),
    ...changed
      .filter(({ now }) => now.every(isLiteral))
      .flatMap(({ elements }) => elements.filter((inserted) => !isAsInserted(inserted))),
  ];
  const all = [...ofEarlierGateway, ...unchanged, ...changed.flatMap(({ elements }) => elements)];
  return { elements: new Set(all.map(elementOf)), edited: () => edited().map(elementOf) };
}

function elementOf({ element }: Inserted): SourceElement {
  return element;
}

function insertedIn({ roots, text }: SourceTree): Inserted[] {
  const found: Inserted[] = [];
  for (const section of roots.flatMap((root) => root.children))
    section.children.forEach((element) => {
      const id = insertedId(element);
      if (id) found.push(insertedElement(id, section.name, element, text));
    });
  return found;
}

function elementsToInsert(statement: StatementConfig): Inserted[] {
  const { section, kind, xml } = statement;
  return elementsOf(statement).map((element) =>
    insertedElement({ kind, hash: hashOf(statement, element) }, section, element, xml),
  );
}

function insertedElement({ kind, hash }: InsertedId, section: string, element: SourceElement, text: string): Inserted {
  return { kind, hash, section, element, text, key: `${kindKey({ section, kind, element })} ${hash}` };
}

/** The attributes of what has references to resources, whose values in the document are not those that were hashed. */
const WITH_REFERENCES: ReadonlyMap<string, readonly string[]> = new Map([
  ["route", ["id", "backend-id"]],
  ["token", ["id", "resource", "client-id"]],
]);

/** Whether an earlier merge inserted it for the gateway. Somebody else's element with such an id stays. */
function isGateways(inserted: Inserted): boolean {
  const { section, kind, element } = inserted;
  if (section !== PolicySection.INBOUND || GATEWAY_ELEMENTS.get(kind) !== element.name) return false;
  if (kind === "branches") return element.children.length > 0 && element.children.every(endsWithToken);
  const attributes = WITH_REFERENCES.get(kind);
  if (!attributes) return isAsInserted(inserted);
  return element.children.length === 0 && element.attributes.every(({ name }) => attributes.includes(name));
}

/** Or with the removal of the consumer's Authorization, where no token is sent. */
function endsWithToken({ children }: SourceElement): boolean {
  const last = children.at(-1);
  if (last?.name === "set-header") return attributeOf(last, "name") === "Authorization";
  return last?.name === "authentication-managed-identity";
}

/** What every choice between backends is made of, whatever the statements are now. */
const OF_CHOICE = ["when", "otherwise", "set-backend-service", "authentication-managed-identity"];

/** Whether a choice between backends contains a policy, such as a check, that the statements do not. */
function hasOtherPolicies({ element }: Inserted, statements: readonly Inserted[]): boolean {
  const ours = allElements(statements.map(elementOf)).map(({ name }) => name);
  const expected = new Set([...OF_CHOICE, ...ours]);
  return allElements(element.children).some(({ name }) => !expected.has(name));
}

/** Whether the document has another content than the statement of its hash. Of a value of Terraform, nobody knows. */
function isOther(before: Inserted, now: Inserted): boolean {
  return isLiteral(now) && contentOf(before) !== contentOf(now);
}

function isLiteral(inserted: Inserted): boolean {
  return !containsToken(contentOf(inserted));
}

function isAsInserted(inserted: Inserted): boolean {
  return contentHash(contentOf(inserted)) === inserted.hash;
}

/** Its content as a statement writes it. */
function contentOf({ text, element }: Inserted): string {
  return writtenContent(text, element);
}

function kindKey({ section, kind, element }: Pick<Inserted, "section" | "kind" | "element">): string {
  return [section, kind, element.name].join(" ");
}

/** What an element does. XML of the user's own is one thing only as long as it is the same. */
function purposesOf(inserted: Inserted): string[] {
  if (inserted.kind === "raw") return [];
  const names = NAMES.map((name) => attributeOf(inserted.element, name) ?? "");
  return [[kindKey(inserted), tokenPlace(inserted) ?? "", ...names].join(" ")];
}
