import type { EventType, LoadOptions, Schema, State, Type } from "js-yaml";
import { finding } from "../../core/fail";
import { repeated } from "../../core/repeated";
import { SourcePosition } from "../../policy/syntax/source-tree";
import { LocatedFinding } from "./findings/finding";
import { shown, Trail } from "./json";
import { danglingReference } from "./references";

/** How deep objects and lists may be nested. Documents that people or tools write stay below 50. */
export const MAX_DEPTH = 200;

/** How many characters the aliases may stand for. API Management would have to take them all in one request. */
const MAX_EXPANSION = 4 * 1024 * 1024;

/** A string, of which the last may be open, or the beginning of a comment. */
const STRING_OR_COMMENT = /"[^"\\]*(?:\\[^][^"\\]*)*(?:"|$)|(?<=[\s,{}[\]"])\/[/*]/g;

/** A node of the text: where the parser begins to look for it, where it ends, and what it says. */
interface Node {
  readonly open: number;
  readonly close: number;
  readonly value: unknown;
}

/** A node that is being read. */
interface OpenNode {
  readonly open: number;
  /** Most nodes have none inside. */
  inner?: Node[];
  /** How many characters the aliases in it stand for. */
  expansion: number;
  /** How deep it is nested, aliases included. */
  depth: number;
}

/** An object or a list that was read. */
interface Collection {
  readonly isMapping: boolean;
  readonly inner: readonly Node[];
  /** Where its keys or indexes lead to, once somebody has asked. */
  steps?: ReadonlyMap<string, Step>;
  /** How long its text would be without aliases. */
  readonly length: number;
  readonly depth: number;
}

/** Where a key, or the index of a list, leads to. */
interface Step {
  readonly key: number;
  readonly value: number;
}

/** Stops the parser at the first mistake. */
class Broken extends Error {
  constructor(public readonly finding: LocatedFinding) {
    super(finding.message);
  }
}

/**
 * A document as it is written: its value, and the place of everything in it.
 *
 * @see docs/design/decisions.md#yaml-is-bundled
 */
export class SyntaxTree {
  /** Plain objects, lists and values. An alias is the same object again. `undefined` where the text cannot be read. */
  public readonly value: unknown;
  /** The first reason why the text cannot be read. After it, the parser might take one thing for another. */
  public readonly broken?: LocatedFinding;
  /** Every key that an object has more than once. The last one counts. */
  public readonly repeatedKeys: LocatedFinding[] = [];
  /** Whether an object takes over the keys of another one, by `<<`. */
  public mergesKeys = false;

  private readonly yaml = loadedYaml();
  private readonly collections = new Map<unknown, Collection>();
  private readonly open: OpenNode[] = [{ open: 0, expansion: 0, depth: 0 }];
  private readonly mayMerge: boolean;

  /** @param text YAML or JSON, which is YAML as well */
  constructor(private readonly text: string) {
    this.mayMerge = text.includes("<<");
    try {
      this.value = this.read();
    } catch (error) {
      this.broken = error instanceof Broken ? error.finding : this.syntaxFinding(error);
    }
  }

  /** Where a place is, or the nearest place above it that exists. */
  public offsetOf(trail: Trail, ofKey = false): number {
    let value: unknown = this.value;
    let offset = 0;
    for (const [index, key] of trail.entries()) {
      const step = this.stepsOf(this.collections.get(value)).get(String(key));
      if (!step) break;
      value = (value as Record<string | number, unknown>)[key];
      const isKey = value === null || (ofKey && index === trail.length - 1);
      offset = isKey ? step.key : step.value;
    }
    return offset;
  }

  /** The position of the first character from the offset on that is neither white space nor a comment, an anchor or a tag. */
  public positionOf(offset: number): SourcePosition {
    const before = /(?:\s+|#[^\n]*|[&!][^\s,[\]{}]*)*/y;
    before.lastIndex = offset;
    before.exec(this.text);
    const start = before.lastIndex < this.text.length ? before.lastIndex : Math.min(offset, this.text.length);
    const lineStart = this.text.lastIndexOf("\n", start - 1) + 1;
    return { line: this.text.slice(0, lineStart).split("\n").length, column: start - lineStart + 1 };
  }

  private read(): unknown {
    const comment = commentIn(this.text);
    if (comment !== undefined) {
      const message = finding(
        "open-api-json-comment",
        "A comment begins here, but JSON has no comments.",
        "Remove it.",
      );
      throw new Broken({ offset: comment, message });
    }
    const [value] = this.yaml.loadAll(this.text, undefined, {
      schema: schemaOf(this.yaml),
      json: true,
      maxDepth: MAX_DEPTH,
      listener: (event: EventType, state: State) => this.follow(event, state),
    } as LoadOptions) as unknown[];
    return value;
  }

  /** The parser says where it begins and ends a node, those inside first. A key and its value are nodes beside each other. */
  private follow(event: EventType, { position, kind, result }: State): void {
    if (event === "open") {
      this.open.push({ open: position, expansion: 0, depth: 0 });
      return;
    }
    const node = this.open.pop()!;
    const outer = this.open[this.open.length - 1];
    if (this.open.length === 1 && outer.inner) this.stopAtSecond(node);
    (outer.inner ??= []).push({ open: node.open, close: position, value: result });
    if (typeof result !== "object" || result === null) {
      // Of scalars, only an alias has no kind.
      outer.expansion += kind === null && result !== null ? String(result).length : node.expansion;
      return;
    }

    const known = this.collections.get(result);
    const isAlias = kind !== "mapping" && kind !== "sequence" && node.inner === undefined;
    if (isAlias && !known) this.stop(node, containsItself());
    const collection = known ?? this.collectionOf(node, position, result);
    this.collections.set(result, collection);

    outer.expansion += isAlias ? collection.length : node.expansion;
    outer.depth = Math.max(outer.depth, collection.depth + 1);
    if (outer.depth > MAX_DEPTH) this.stop(node, tooDeep());
    if (outer.expansion > MAX_EXPANSION) this.stop(node, tooManyAliases());
  }

  private collectionOf({ inner = [], open, expansion, depth }: OpenNode, end: number, value: object): Collection {
    const isMapping = !Array.isArray(value);
    const collection = { isMapping, inner, length: end - open + expansion, depth };
    // Unless a key is written twice or keys are merged, there is a key and a value for each that it has.
    if (isMapping && (this.mayMerge || inner.length !== 2 * Object.keys(value).length)) this.findRepeats(collection);
    return collection;
  }

  private findRepeats(collection: Collection): void {
    const keys = this.pairsOf(collection).map(([{ open, value }]) => ({ offset: open, name: String(value) }));
    this.mergesKeys ||= keys.some(({ name }) => name === "<<");
    for (const [{ offset, name }] of repeated(keys, (key) => key.name)) {
      const message = finding(
        "open-api-duplicate-key",
        `The key "${shown(name)}" is written twice.`,
        "Remove one of them.",
      );
      this.repeatedKeys.push({ offset, message });
    }
  }

  private stepsOf(collection: Collection | undefined): ReadonlyMap<string, Step> {
    if (!collection) return new Map();
    const { isMapping } = collection;
    collection.steps ??= new Map(
      this.pairsOf(collection).map(([key, value], index) => [
        isMapping ? String(key.value) : String(index),
        { key: key.open, value: isMapping ? value.open : key.open },
      ]),
    );
    return collection.steps;
  }

  /** The keys and values of an object, or the elements of a list. For a key without a value, both are the same. */
  private pairsOf({ isMapping, inner }: Collection): [Node, Node][] {
    const pairs: [Node, Node][] = [];
    for (let index = 0; index < inner.length; index++) {
      const key = inner[index];
      const next = inner[index + 1] as Node | undefined;
      const hasValue = next && this.text.slice(key.close, next.open).includes(":");
      if (hasValue) index++;
      // At the end of an object, the parser looks for another key.
      if (!isMapping || key.close > key.open) pairs.push([key, hasValue ? next : key]);
    }
    return pairs;
  }

  private stopAtSecond({ open }: OpenNode): never {
    const message = finding(
      "open-api-second-document",
      "A second document begins here, but a file can hold only one.",
      "Move it to another file.",
    );
    throw new Broken({ offset: Math.max(this.text.lastIndexOf("---", open), 0), message });
  }

  private stop({ open }: OpenNode, message: string): never {
    throw new Broken({ offset: open, message });
  }

  private syntaxFinding(error: unknown): LocatedFinding {
    if (!(error instanceof this.yaml.YAMLException)) throw error;
    const { reason, mark } = error;
    // The parser is at the end of a text whose closing quote is missing, and at the end of an alias.
    const { open } = this.open[this.open.length - 1];
    if (reason.includes("maxDepth")) return { offset: mark.position, message: tooDeep() };
    if (reason.includes("maxTotalMergeKeys")) return { offset: mark.position, message: tooManyAliases() };
    const [, alias] = /^unidentified alias "(.*)"$/.exec(reason) ?? [];
    if (alias !== undefined) return { offset: open, message: danglingReference(`*${alias}`) };
    const message = finding(
      "open-api-syntax",
      `From here on, the text is neither JSON nor YAML: ${reason}.`,
      "Correct it here or just before.",
    );
    return { offset: reason.includes("quoted scalar") ? open : mark.position, message };
  }
}

/**
 * The value of a text in YAML that is as it should be: one document, without aliases, merged keys and keys that are written twice.
 * `undefined` for any other, which only the tree can judge.
 */
export function plainYaml(text: string): unknown {
  const mayMerge = text.includes("<<");
  const mayRepeat = /(?:^|[\s,:[{])&\S/.test(text) && /(?:^|[\s,:[{])\*\S/.test(text);
  const mayGoOn = (text.match(/^---/gm) ?? []).length > 1;
  if (mayMerge || mayRepeat || mayGoOn || commentIn(text) !== undefined) return undefined;
  const yaml = loadedYaml();
  try {
    return yaml.load(text, { schema: schemaOf(yaml), maxDepth: MAX_DEPTH } as LoadOptions);
  } catch (error) {
    if (error instanceof yaml.YAMLException) return undefined;
    throw error;
  }
}

function loadedYaml(): typeof import("js-yaml") {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- most apps and the command do not need it
  return require("js-yaml");
}

/** YAML 1.2 with merge keys. A `bigint` keeps all digits of a large integer, and tags of other tools change nothing. */
function schemaOf(yaml: typeof import("js-yaml")): Schema {
  // The package's types leave out its types of scalars.
  const { int, merge } = Reflect.get(yaml, "types") as Record<"int" | "merge", Type>;
  const integer = new yaml.Type("tag:yaml.org,2002:int", {
    kind: "scalar",
    resolve: (text: string) => int.resolve(text),
    construct: (text: string) => {
      const value = int.construct(text) as number;
      return Number.isSafeInteger(value) || !/^-?\d+$/.test(text) ? value : BigInt(text);
    },
  });
  const others = ["!", "tag:"].flatMap((tag) =>
    (["scalar", "sequence", "mapping"] as const).map((kind) => new yaml.Type(tag, { kind, multi: true })),
  );
  return yaml.CORE_SCHEMA.extend({ implicit: [integer, merge], explicit: others });
}

function tooDeep(): string {
  return finding(
    "open-api-too-deep",
    `Objects and lists are nested more than ${MAX_DEPTH} deep.`,
    "Move inner ones to components, and refer to them.",
  );
}

function tooManyAliases(): string {
  return finding(
    "open-api-aliases-too-large",
    `Without aliases, the document would have more than ${MAX_EXPANSION} characters.`,
    "Write a $ref instead of an alias.",
  );
}

function containsItself(): string {
  return finding(
    "open-api-circular-alias",
    "The alias refers to an object or a list that contains it, so the document has no end.",
    "Write a $ref instead of the alias.",
  );
}

/** Where a comment begins in a text that looks like JSON but for its comments. */
function commentIn(text: string): number | undefined {
  if (!/^\s*\{\s*["/]/.test(text)) return undefined;
  for (const { 0: match, index } of text.matchAll(STRING_OR_COMMENT)) if (match.startsWith("/")) return index;
  return undefined;
}
