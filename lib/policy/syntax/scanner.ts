import { errorAtUser } from "../../core/fail";
import { Failure } from "./failure";
import { Reader, Reading } from "./reader";
import { positionOf, SourceTree } from "./source-tree";

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
  for (const reading of [STRICT, RAW, ...(text.includes("&") ? [RAW_WITH_REFERENCES] : []), BY_SHAPE]) {
    try {
      return new Reader(text, reading).tree(source);
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      failures.push(failure);
    }
  }
  const [, raw, withReferences] = failures.slice(0, -1);
  return withReferences && withReferences.offset > raw.offset ? withReferences : raw;
}
