import { LocatedFinding } from "./findings/finding";
import { RepeatedKeys, tooDeep } from "./findings/syntax";
import { MAX_DEPTH } from "./limits";
import { Nodes } from "./nodes";

const [SPACE, QUOTE, COMMA, COLON, BACKSLASH] = codesOf(' ",:\\');
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = codesOf("[]{}");
const END_OF_VALUE = /[\s,\]}]|$/g;

/** An object, and a value that is neither an object nor a list. Only the kind matters. */
const [OBJECT, OTHER] = [{}, ""];

/** The places in a well-formed text in JSON. `JSON.parse` reads its values, and is faster. */
export class JsonText {
  public readonly nodes: Nodes;
  /** Why the text cannot be taken. */
  public broken?: LocatedFinding;
  public readonly repeatedKeys = new RepeatedKeys();
  private position = 0;

  private readonly seeksRepeats: boolean;

  /** Looks for keys that an object has more than once, unless it is known that there are none. */
  constructor(
    private readonly text: string,
    { seeksRepeats = true } = {},
  ) {
    this.nodes = new Nodes(text);
    this.seeksRepeats = seeksRepeats;
    this.readValue();
  }

  private readValue(): void {
    const code = this.nextCode();
    if (code === OPEN_OBJECT || code === OPEN_LIST) {
      this.readCollection(code === OPEN_OBJECT);
      return;
    }
    this.nodes.begin(this.position);
    const value = code === QUOTE ? this.readString() : this.readWord();
    this.nodes.end(this.position, value);
  }

  /** Because the text is well-formed, separators need no check. */
  private readCollection(isObject: boolean): void {
    if (this.nodes.depth === MAX_DEPTH) {
      this.broken = { offset: this.position, message: tooDeep() };
      return;
    }
    this.nodes.begin(this.position++);
    for (let code = this.nextCode(); code !== CLOSE_OBJECT && code !== CLOSE_LIST; code = this.nextCode()) {
      if (code === COMMA || code === COLON) this.position++;
      else this.readValue();
      if (this.broken) return;
    }
    // A list in a list must not be taken for the same node.
    const node = this.nodes.end(++this.position, isObject ? OBJECT : []);
    if (isObject && this.seeksRepeats) this.repeatedKeys.findIn(this.nodes, node);
  }

  /** Of strings, only those that are keys matter. */
  private readString(): string {
    const start = this.position++;
    let isPlain = true;
    for (let code = this.codeHere(); code !== QUOTE; code = this.codeHere()) {
      if (code === BACKSLASH) isPlain = false;
      this.position += code === BACKSLASH ? 2 : 1;
    }
    const end = ++this.position;
    const isKey = this.nextCode() === COLON;
    this.position = end;
    if (!isKey) return OTHER;
    return isPlain ? this.text.slice(start + 1, end - 1) : (JSON.parse(this.text.slice(start, end)) as string);
  }

  /** A number, `true`, `false` or `null`. */
  private readWord(): string | null {
    const isNull = this.text.startsWith("null", this.position);
    END_OF_VALUE.lastIndex = this.position;
    this.position = END_OF_VALUE.exec(this.text)?.index ?? this.text.length;
    return isNull ? null : OTHER;
  }

  private nextCode(): number {
    while (this.codeHere() <= SPACE) this.position++;
    return this.codeHere();
  }

  private codeHere(): number {
    return this.text.charCodeAt(this.position);
  }
}

function codesOf(characters: string): number[] {
  return [...characters].map((character) => character.charCodeAt(0));
}
