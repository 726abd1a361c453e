import { attributeOf, SourceElement } from "./syntax/source-tree";

/** The prefix of every id of an inserted element. */
export const PREFIX = "secure-apim-backend-";

/** The mark of the first element in a section that was self-closed. No kind of a statement has two hyphens in a row. */
export const OPENED = `${PREFIX}self-closed--`;

const INSERTED_ID = new RegExp(`^(?:${OPENED}|${PREFIX})([a-z0-9-]+)-([0-9a-f]{8})$`);

/** An id of an inserted element: the kind of its statement, and a hash of its content. */
export interface InsertedId {
  readonly kind: string;
  readonly hash: string;
}

/** The id of an element that a merge has inserted; `undefined` for any other element. */
export function insertedId(element: SourceElement): InsertedId | undefined {
  const id = attributeOf(element, "id");
  const match = id === undefined ? null : INSERTED_ID.exec(id);
  return match ? { kind: match[1], hash: match[2] } : undefined;
}
