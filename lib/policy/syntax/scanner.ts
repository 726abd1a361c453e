import { errorAtUser, finding } from "../../core/fail";
import { Failure } from "./failure";
import { Reader, Reading } from "./reader";
import { allElements, beginsCode, positionOf, SourceElement, SourceTree } from "./source-tree";

/**
 * Strict XML comes first: its expressions may be escaped in ways that look unbalanced when read raw. Each reading is one pass and never
 * retries a part, so that any input takes linear time. It begins at the first code that the reading before could have read in another way.
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
  const xml = new Reader(text, STRICT);
  const strict = read(xml, source);
  if (strict instanceof SourceTree && !xml.isAmbiguous) return strict;
  const code = xml.goingOn(RAW);
  const first = read(code, source);
  const isFailed = first instanceof Failure;
  const raw = isFailed && text.includes("&") ? read(code.goingOn(RAW_WITH_REFERENCES), source) : first;
  if (raw instanceof SourceTree) return strict instanceof SourceTree ? agreed(strict, raw) : raw;
  if (strict instanceof SourceTree) {
    xml.takeBack();
    return strict;
  }
  const byShape = read(code.goingOn(BY_SHAPE), source);
  if (byShape instanceof SourceTree) return byShape;
  return isFailed && first.offset >= raw.offset ? first : raw;
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
