import * as errors from "../../core/statement-errors";
import { escapeTokens } from "../private/literal";
import { scan } from "../private/scanner";
import { allElements } from "../private/source-tree";
import { statement } from "../private/statement";
import { IPolicyStatement, PolicySection, PolicySlot } from "../policy-statement";

const DOCUMENT_PARTS = new Set(["policies", "fragment", "inbound", "backend", "outbound", "on-error"]);

/** See `PolicyStatement.raw`. */
export function raw(section: PolicySection, xml: string): IPolicyStatement {
  const call = "PolicyStatement.raw";
  const trimmed = xml.trim();
  if (trimmed.startsWith("<!--")) throw errors.rawBeginsWithComment(call);
  if (!/^<[\p{L}_:]/u.test(trimmed)) throw errors.rawNotAStatement(call, trimmed);
  const { roots } = scan(trimmed, "statement raw");
  const part = roots.find(({ name }) => DOCUMENT_PARTS.has(name));
  if (part) throw errors.rawIsDocument(call, part.name);
  if (allElements(roots).some(({ name }) => name === "base")) throw errors.rawHasBase(call);
  return statement({ section, slot: PolicySlot.USER, kind: "raw", xml: escapeTokens(trimmed) });
}
