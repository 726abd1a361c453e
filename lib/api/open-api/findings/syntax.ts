import { finding } from "../../../core/fail";
import { JsonObject, shown } from "../json";
import type { Nodes } from "../nodes";
import { possibleRepeats } from "../possible-repeats";
import { MAX_ANCHORS, MAX_DEPTH, MAX_EXPANSION, MAX_NODES, MAX_OPERATIONS } from "../limits";
import { FindingList, OpenApiFinding } from "./finding";

/** Keys that an object has more than once. The last one counts. */
export class RepeatedKeys extends FindingList {
  /** Looks through the keys of an object, and returns their names. */
  public findIn(nodes: Nodes, object: number): readonly string[] {
    const keys = nodes.keysOf(object);
    const names = keys.map((key) => nodes.nameOf(key));
    const seen = new Set<string>();
    for (const index of possibleRepeats(names)) {
      const name = names[index];
      const before = seen.size;
      if (seen.add(name).size === before)
        this.add(() => ({ offset: nodes.openOf(keys[index]), message: repeatedKey(name) }));
    }
    return names;
  }
}

function repeatedKey(name: string): string {
  return finding("open-api-duplicate-key", `The key "${shown(name)}" is written twice.`, "Remove one of them.");
}

export function tooDeep(): string {
  return finding(
    "open-api-too-deep",
    `Objects and lists are nested more than ${MAX_DEPTH} deep.`,
    "Move inner ones to components, and refer to them.",
  );
}

export function tooManyNodes(): string {
  return finding(
    "open-api-too-many-values",
    `The document has more than ${MAX_NODES} keys and values.`,
    "Remove generated lists, such as long examples, or write the document in JSON.",
  );
}

export function tooManyOperations(root: JsonObject): OpenApiFinding {
  return { trail: ["paths" in root ? "paths" : "x-ms-paths"], ofKey: true, message: tooManyPaths() };
}

export function tooManyPaths(): string {
  return finding(
    "open-api-too-many-operations",
    `The document has more than ${MAX_OPERATIONS} paths or operations.`,
    "Split it into several documents, and write an API for each.",
  );
}

export function tooManyAnchors(): string {
  return finding(
    "open-api-too-many-anchors",
    `The document has more than ${MAX_ANCHORS} anchors.`,
    "Remove those that no alias refers to, and write a $ref instead of an alias.",
  );
}

export function tooManyAliases(): string {
  return finding(
    "open-api-aliases-too-large",
    `Without aliases, the document would have more than ${MAX_EXPANSION} characters.`,
    "Write a $ref instead of an alias.",
  );
}

export function containsItself(): string {
  return finding(
    "open-api-circular-alias",
    "The alias refers to an object or a list that contains it, so the document has no end.",
    "Write a $ref instead of the alias.",
  );
}
