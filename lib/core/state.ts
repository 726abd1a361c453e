import { IConstruct } from "constructs";

/** One for all copies of this package in an app: two versions can be installed side by side. */
const SLOT = Symbol.for("cdktf-secure-apim-backend");

type Slot = Map<string, Map<IConstruct, unknown>>;

/**
 * What the library keeps about a construct, stored on the root of its tree. Keep plain data (maps, sets, lists, strings,
 * constructs), since another copy of the package may read it.
 *
 * @param kind what is kept, the same text in all versions
 * @param create makes the first value
 */
export function stateOf<T>(owner: IConstruct, kind: string, create: () => T): T {
  const slot = slotOf(owner.node.root);
  const values = slot.get(kind) ?? new Map<IConstruct, unknown>();
  slot.set(kind, values);
  if (!values.has(owner)) values.set(owner, create());
  return values.get(owner) as T;
}

function slotOf(root: IConstruct & { [SLOT]?: Slot }): Slot {
  if (!root[SLOT]) Object.defineProperty(root, SLOT, { value: new Map() });
  return root[SLOT]!;
}
