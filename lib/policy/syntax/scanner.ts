import { errorAtUser, finding } from "../../core/fail";
import { Failure } from "./failure";
import { Reader, Reading } from "./reader";
import { allElements, beginsCode, positionOf, SourceElement, SourceTree } from "./source-tree";

/**
 * Strict XML comes first: its expressions may be escaped in ways that look unbalanced when read raw. Each reading is one pass
 * from start to end and never retries a part, so that any input takes linear time.
 */
const STRICT: Reading = { raw: false, references: false };
const RAW: Reading = { raw: true, references: false };
const RAW_WITH_REFERENCES: Reading = { raw: true, references: true };
const BY_SHAPE: Reading = { raw: true, references: false, byShape: true };

/**
 * Reads a document as XML if it is well-formed, otherwise as API Management does, with unescaped expressions. An expression
 * whose code is broken is skipped as a whole and noted as a doubt of the tree.
 *
 * @see docs/design/decisions.md#own-scanner
 */
export function scan(text: string, source = "policy document"): SourceTree {
  const read = bestReading(text, source);
  if (read instanceof SourceTree) return read;
  const { line, column } = positionOf(text, read.offset);
  throw errorAtUser(`[${source}:${line}:${column}] ${read.message}`);
}

/** Like `scan`, for a text that may be unreadable. */
export function tryScan(text: string, source: string): SourceTree | undefined {
  const read = bestReading(text, source);
  return read instanceof SourceTree ? read : undefined;
}

/** The first reading that succeeds, or the failure to report. */
function bestReading(text: string, source: string): SourceTree | Failure {
  const failures: Failure[] = [];
  const raw = [RAW, ...(text.includes("&") ? [RAW_WITH_REFERENCES] : [])];
  const reader = new Reader(text, STRICT);
  const strict = read(reader, source);
  if (strict instanceof SourceTree && !reader.isAmbiguous) return strict;
  for (const reading of raw) {
    const tree = read(new Reader(text, reading), source);
    if (tree instanceof SourceTree) return strict instanceof SourceTree ? agreed(strict, tree) : tree;
    failures.push(tree);
  }
  if (strict instanceof SourceTree) return strict;
  const byShape = read(new Reader(text, BY_SHAPE), source);
  if (byShape instanceof SourceTree) return byShape;
  const [first, withReferences] = failures;
  return withReferences && withReferences.offset > first.offset ? withReferences : first;
}

function read(reader: Reader, source: string): SourceTree | Failure {
  try {
    return reader.tree(source);
  } catch (failure) {
    if (failure instanceof Failure) return failure;
    throw failure;
  }
}

/**
 * The tree of an XML document with code, if API Management reads the same policies in it: a quote or `<!--` in code could hide some
 * of them from a reader of XML. Only markup inside code may differ, and is none.
 *
 * @see docs/design/decisions.md#read-as-the-gateway-reads
 */
function agreed(strict: SourceTree, raw: SourceTree): SourceTree | Failure {
  const ofGateway = allElements(raw.roots);
  const code = new Set(ofGateway.filter((element) => isCode(raw.text, element)).map(({ start }) => start));
  const ofXml = allElements(strict.roots, ({ start }) => !code.has(start));
  const differs = ofGateway.findIndex((element, index) => !isSame(element, ofXml[index]));
  if (differs < 0 && ofXml.length === ofGateway.length) return raw;
  const places = [ofXml, ofGateway].flatMap(
    (elements) => elements.at(differs < 0 ? ofGateway.length : differs)?.start ?? [],
  );
  const text = "API Management and an XML parser read different policies here, because code contains quotes or markup.";
  const remedy = 'Escape the code: write &quot;, &lt; and &amp; for the characters ", < and &.';
  return new Failure(Math.min(...places), finding("read-in-two-ways", text, remedy));
}

type Span = Pick<SourceElement, "start" | "end">;

function isCode(text: string, { children, startTagEnd }: SourceElement): boolean {
  return children.length === 0 && beginsCode(text, startTagEnd);
}

/** Whether the two elements, and their attributes, are at the same places. */
function isSame(one: SourceElement, other: SourceElement | undefined): boolean {
  if (!other || !isAtSame(one, other) || one.attributes.length !== other.attributes.length) return false;
  return one.attributes.every((attribute, index) => isAtSame(attribute, other.attributes[index]));
}

function isAtSame(one: Span, other: Span): boolean {
  return one.start === other.start && one.end === other.end;
}
