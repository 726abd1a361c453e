import { FindingList, LocatedFinding, OpenApiFinding } from "./findings/finding";
import { RepeatedKeys } from "./findings/syntax";
import { JsonText } from "./json-text";
import { Nodes } from "./nodes";
import { Positions } from "./positions";
import { SyntaxTree } from "./syntax-tree";
import { Reference, Walk } from "./walk";
import { writtenKeys } from "./written-keys";

/** The text of a document and its value. */
export class OpenApiSource {
  /** Whether the text is JSON. Otherwise it is YAML. */
  public readonly isJson: boolean;
  /** What the text says; `undefined` where it cannot be read. */
  public readonly value: unknown;
  /** Why the text cannot be read. */
  public readonly broken?: LocatedFinding;
  public readonly repeatedKeys: FindingList;
  /** Whether an object takes over the keys of another one, as only YAML can. */
  public readonly mergesKeys: boolean;
  public readonly references: readonly Reference[];
  /** How many characters the text has. */
  public readonly length: number;
  private readonly positions: Positions;
  private knownNodes?: Nodes;

  constructor(private readonly text: string) {
    this.length = text.length;
    this.positions = new Positions(text);
    const keys = writtenKeys(text);
    const json = keys === undefined ? undefined : parsedJson(text);
    this.isJson = json !== undefined;
    const yaml = this.isJson ? undefined : new SyntaxTree(text);
    this.value = yaml ? yaml.value : json;
    this.mergesKeys = yaml?.mergesKeys ?? false;
    const walk = new Walk(this.value, { countsKeys: this.isJson, sharesObjects: yaml?.mayAlias ?? false });
    this.references = walk.references;
    // If an object has a key twice, JSON.parse keeps the last one without an error.
    const read = yaml ?? (keys === walk.keyCount ? undefined : new JsonText(text));
    this.broken = read?.broken;
    this.repeatedKeys = read?.repeatedKeys ?? new RepeatedKeys();
    this.knownNodes = read?.nodes;
  }

  /** The findings of one kind, in the order of the document, at their places in the text. No more are searched than can be shown. */
  public located(findings: Iterable<OpenApiFinding>): FindingList {
    const list = new FindingList();
    for (const { trail, ofKey, message, repeats } of findings) {
      const canBeShown = list.add(() => ({
        offset: this.nodes.offsetOf(trail, ofKey),
        message: repeats ? `${message} Also at ${repeats} more.` : message,
      }));
      if (!canBeShown) break;
    }
    return list;
  }

  /** The findings as a list with line and column. */
  public listed(file: string, lists: readonly FindingList[]): string {
    return FindingList.listed(file, lists, (offset) => this.positions.at(offset));
  }

  private get nodes(): Nodes {
    this.knownNodes ??= new JsonText(this.text, { seeksRepeats: false }).nodes;
    return this.knownNodes;
  }
}

/** `undefined` where the text is not JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
