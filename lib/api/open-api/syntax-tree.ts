import type { EventType, LoadOptions, Schema, State, Type } from "js-yaml";
import { finding } from "../../core/fail";
import { LocatedFinding } from "./findings/finding";
import {
  containsItself,
  RepeatedKeys,
  tooDeep,
  tooManyAliases,
  tooManyAnchors,
  tooManyNodes,
  tooManyPaths,
} from "./findings/syntax";
import { MAX_ANCHORS, MAX_DEPTH, MAX_EXPANSION, MAX_NODES, MAX_OPERATIONS } from "./limits";
import { isObject, keysOf } from "./json";
import { Nodes } from "./nodes";
import { danglingReference } from "./references";

/** What can stand before an anchor or an alias: white space, a separator, or the end of a tag such as `!<name>`. */
const BEFORE_NODE = /[\s,:[{>]/;

/** White space in YAML. Other characters can be in the names of anchors. */
const WHITE_SPACE = /[ \t\r\n]|^$/;

/** A string, of which the last may be open, or the beginning of a comment. */
const STRING_OR_COMMENT = /"[^"\\]*(?:\\[^][^"\\]*)*(?:"|$)|(?<=[\s,{}[\]"])\/[/*]/g;

/** What the aliases in a node stand for. */
interface Aliased {
  /** How many characters. */
  expansion: number;
  /** How deep it is nested with them. */
  depth: number;
}

/** An object or a list with an anchor. */
interface Collection {
  /** How long its text would be without aliases. */
  readonly length: number;
  readonly depth: number;
}

/** The state of the parser. The package's types leave out a part of it. */
type ParserState = State & { readonly anchor: string | null };

/** What it says of a node that ends. */
type NodeState = Pick<ParserState, "position" | "kind" | "result" | "anchor">;

/** Stops the parser at the first mistake. */
class Broken extends Error {
  constructor(public readonly finding: LocatedFinding) {
    super(finding.message);
  }
}

/**
 * A document in YAML as it is written: its value, and the place of everything in it.
 *
 * @see docs/design/decisions.md#yaml-is-bundled
 */
export class SyntaxTree {
  /** Plain objects, lists and values. An alias is the same object again. `undefined` where the text cannot be read. */
  public readonly value: unknown;
  public readonly nodes: Nodes;
  /** The first reason why the text cannot be read. After it, the parser might take one thing for another. */
  public readonly broken?: LocatedFinding;
  public readonly repeatedKeys = new RepeatedKeys();
  /** Whether an object takes over the keys of another one, by `<<`. */
  public mergesKeys = false;

  /** Whether the text may have aliases. */
  public readonly mayAlias: boolean;

  private readonly yaml = loadedYaml();
  private readonly mayMerge: boolean;
  /** Of each node that is being read, the document included; `undefined` where the text has no aliases. */
  private readonly aliased?: Aliased[];
  private readonly collections = new Map<unknown, Collection>();
  private readonly pathCount: PathCount;
  private anchorCount = 0;
  private lastAnchored?: number;
  /** How many keys have no value. */
  private bareKeyCount = 0;
  private lastObject?: number;

  constructor(private readonly text: string) {
    this.nodes = new Nodes(text);
    this.pathCount = new PathCount(this.nodes);
    this.mayMerge = text.includes("<<");
    this.mayAlias = mayHave(text, "&") && mayHave(text, "*");
    if (this.mayAlias) this.aliased = [{ expansion: 0, depth: 0 }];
    try {
      this.value = this.read();
    } catch (error) {
      this.broken = error instanceof Broken ? error.finding : this.syntaxFinding(error);
    }
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
      listener: (event: EventType, state: ParserState) => (event === "open" ? this.begin(state) : this.end(state)),
    } as LoadOptions) as unknown[];
    return value;
  }

  private begin({ position }: ParserState): void {
    if (this.nodes.depth === 0 && this.nodes.count > 0) this.stopAtSecond(position);
    this.nodes.begin(position);
    this.aliased?.push({ expansion: 0, depth: 0 });
  }

  /** The parser says where it begins and ends a node, those inside first. A key and its value are nodes beside each other. */
  private end({ position, kind, result, anchor }: NodeState): void {
    const node = this.nodes.end(position, result);
    if (node === MAX_NODES) this.stop(node, tooManyNodes());
    if (anchor !== null) this.countAnchor(node);
    const collection = this.pathCount.exceededIn(node, result);
    if (collection !== undefined) this.stop(collection, tooManyPaths());
    if (this.aliased) this.addAliases(node, { position, kind, result, anchor });
    if (kind === "mapping" && typeof result === "object" && result !== null) this.endObject(node, result);
  }

  /** The parser may read a node twice: as a key first. */
  private countAnchor(node: number): void {
    if (node === this.lastAnchored) return;
    this.lastAnchored = node;
    if (++this.anchorCount > MAX_ANCHORS) this.stop(node, tooManyAnchors());
  }

  /** If an object has as many keys as are written, none is written twice. The parser may read it twice: as a key first. */
  private endObject(node: number, value: object): void {
    if (node === this.lastObject) return;
    this.lastObject = node;
    const { all, bare } = this.nodes.keyCounts(node);
    this.bareKeyCount += bare;
    if (this.nodes.count + this.bareKeyCount > MAX_NODES) this.stop(node, tooManyNodes());
    if (this.mayMerge || all !== keysOf(value).length) this.findRepeats(node);
  }

  private findRepeats(node: number): void {
    const names = this.repeatedKeys.findIn(this.nodes, node);
    this.mergesKeys ||= this.mayMerge && names.includes("<<");
  }

  private addAliases(node: number, { position, kind, result, anchor }: NodeState): void {
    const inner = this.aliased!.pop()!;
    const outer = this.aliased![this.aliased!.length - 1];
    if (typeof result !== "object" || result === null) {
      // Of scalars, only an alias has no kind.
      outer.expansion += kind === null && result !== null ? String(result).length : inner.expansion;
      return;
    }

    const isAlias = kind !== "mapping" && kind !== "sequence" && this.nodes.isEmpty(node);
    const hasAnchor = anchor !== null;
    const known = isAlias || hasAnchor ? this.collections.get(result) : undefined;
    if (isAlias && !known) this.stop(node, containsItself());
    if (hasAnchor && !known) {
      const length = position - this.nodes.openOf(node) + inner.expansion;
      this.collections.set(result, { length, depth: inner.depth });
      this.nodes.anchor(node);
    }

    outer.expansion += isAlias ? known!.length : inner.expansion;
    outer.depth = Math.max(outer.depth, (known ?? inner).depth + 1);
    if (outer.depth > MAX_DEPTH) this.stop(node, tooDeep());
    if (outer.expansion > MAX_EXPANSION) this.stop(node, tooManyAliases());
  }

  private stopAtSecond(open: number): never {
    const message = finding(
      "open-api-second-document",
      "A second document begins here, but a file can hold only one.",
      "Move it to another file.",
    );
    throw new Broken({ offset: Math.max(this.text.lastIndexOf("---", open), 0), message });
  }

  private stop(node: number, message: string): never {
    throw new Broken({ offset: this.nodes.openOf(node), message });
  }

  private syntaxFinding(error: unknown): LocatedFinding {
    if (!(error instanceof this.yaml.YAMLException)) throw error;
    const { reason, mark } = error;
    // The parser is at the end of a text whose closing quote is missing, and at the end of an alias.
    const open = this.nodes.lastOpen;
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

/** The keys of a document below which there are paths. */
const PATHS: readonly unknown[] = ["paths", "x-ms-paths"];

/** How deep a node may be nested for it to be a key of the document or a path: the parser may count both the document and its paths twice. */
const MAX_PATH_DEPTH = 4;

/** Counts paths while they are read, because those of a document that has too many take long to read. */
class PathCount {
  private count = 0;
  /** The last key of the document that was read. */
  private collection = 0;
  private isInPaths = false;
  /** The last key among the paths. */
  private path = "";

  constructor(private readonly nodes: Nodes) {}

  /** The key of the paths, if the node that was just read is a path beyond the limit. */
  public exceededIn(node: number, value: unknown): number | undefined {
    if (this.nodes.depth > MAX_PATH_DEPTH || this.nodes.depth === 0) return undefined;
    const level = this.nodes.level;
    if (level === 1 && typeof value === "string") {
      this.collection = node;
      this.isInPaths = PATHS.includes(value);
    } else if (level === 2 && this.isInPaths) {
      if (typeof value === "string") this.path = value;
      else if (isObject(value) && !this.path.startsWith("x-") && ++this.count > MAX_OPERATIONS) return this.collection;
    }
    return undefined;
  }
}

/** Whether a text may have an anchor or an alias, which begins with the character. */
function mayHave(text: string, character: string): boolean {
  for (let index = text.indexOf(character); index >= 0; index = text.indexOf(character, index + 1))
    if ((index === 0 || BEFORE_NODE.test(text[index - 1])) && !WHITE_SPACE.test(text[index + 1] ?? "")) return true;
  return false;
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

/** Where a comment begins in a text that looks like JSON but for its comments. */
function commentIn(text: string): number | undefined {
  if (!/^\s*\{\s*["/]/.test(text)) return undefined;
  for (const { 0: match, index } of text.matchAll(STRING_OR_COMMENT)) if (match.startsWith("/")) return index;
  return undefined;
}
