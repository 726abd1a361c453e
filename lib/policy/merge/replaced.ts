import { InsertedId, insertedId } from "../inserted";
import { GATEWAY_ELEMENTS } from "../names";
import { elementsOf, PolicySlot, StatementConfig } from "../statement";
import { attributeOf, SourceElement, SourceTree } from "../syntax/source-tree";
import { contentHash } from "./statement-text";

/** An element that a merge has inserted, or is about to insert. */
interface Inserted extends InsertedId {
  readonly section: string;
  readonly element: SourceElement;
}

/** The slots of the gateway's statements. */
const OF_GATEWAY: ReadonlySet<PolicySlot> = new Set([PolicySlot.CLEANUP, PolicySlot.ROUTING, PolicySlot.TOKEN]);

/** What tells apart the elements of one kind. */
const NAMES = ["name", "fragment-id", "counter-key"];

/**
 * The elements of earlier merges whose place the statements take. Every other one stays, because it may be what closes the API: a
 * statement of the same kind takes the place of one element, and the gateway's statements of all that the gateway inserted.
 *
 * @see docs/design/decisions.md#nothing-is-dropped
 */
export function replacedBy(tree: SourceTree, statements: readonly StatementConfig[]): ReadonlySet<SourceElement> {
  const before = insertedIn(tree);
  if (before.length === 0) return new Set();
  const ofGateway = statements.filter(({ slot }) => OF_GATEWAY.has(slot)).flatMap(elementsToInsert);
  const others = statements.filter(({ slot }) => !OF_GATEWAY.has(slot)).flatMap(elementsToInsert);

  const kindsOfGateway = new Set(ofGateway.map(kindKey));
  const contents = new Set(others.map(contentKey));
  const isReplaced = (inserted: Inserted): boolean =>
    kindsOfGateway.has(kindKey(inserted)) ||
    (ofGateway.length > 0 && GATEWAY_ELEMENTS.get(inserted.kind) === inserted.element.name) ||
    contents.has(contentKey(inserted));
  const contentsBefore = new Set(before.map(contentKey));
  const changedBefore = grouped(before.filter((inserted) => !isReplaced(inserted)));
  const changedNow = grouped(others.filter((inserted) => !contentsBefore.has(contentKey(inserted))));
  // Of several elements, nobody knows which one is meant.
  const changed = [...changedBefore].filter(([key, elements]) => elements.length <= (changedNow.get(key)?.length ?? 0));
  return new Set([...before.filter(isReplaced), ...changed.flatMap(([, each]) => each)].map(({ element }) => element));
}

function insertedIn({ roots }: SourceTree): Inserted[] {
  return roots
    .flatMap((root) => root.children)
    .flatMap((section) =>
      section.children.flatMap((element) => {
        const id = insertedId(element);
        return id ? [{ ...id, section: section.name, element }] : [];
      }),
    );
}

function elementsToInsert(statement: StatementConfig): Inserted[] {
  const { section, kind } = statement;
  return elementsOf(statement).map((element) => ({ section, kind, hash: contentHash(statement, element), element }));
}

function kindKey({ section, kind, element }: Inserted): string {
  return [section, kind, element.name].join(" ");
}

function contentKey(inserted: Inserted): string {
  return `${kindKey(inserted)} ${inserted.hash}`;
}

/** By what they do. XML of the user's own is one thing only as long as it is the same. */
function grouped(elements: readonly Inserted[]): Map<string, Inserted[]> {
  const groups = new Map<string, Inserted[]>();
  for (const inserted of elements.filter(({ kind }) => kind !== "raw")) {
    const key = [kindKey(inserted), ...NAMES.map((name) => attributeOf(inserted.element, name) ?? "")].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), inserted]);
  }
  return groups;
}
