import * as errors from "../../core/statement-errors";
import { escapeTokens } from "../private/literal";
import { statement } from "../private/statement";
import { IPolicyStatement, PolicySection, PolicySlot } from "../policy-statement";

const DOCUMENT_PART = /^<(policies|fragment|inbound|backend|outbound|on-error)[\s/>]/;

/** See `PolicyStatement.raw`. */
export function raw(section: PolicySection, xml: string): IPolicyStatement {
  const call = "PolicyStatement.raw";
  const trimmed = xml.trim();
  if (!/^<[A-Za-z!]/.test(trimmed)) throw errors.rawNotAStatement(call, trimmed);
  const part = DOCUMENT_PART.exec(trimmed);
  if (part) throw errors.rawIsDocument(call, part[1]);
  if (/<base\s*\/?>/.test(trimmed)) throw errors.rawHasBase(call);
  return statement({ section, slot: PolicySlot.USER, kind: "raw", xml: escapeTokens(trimmed) });
}
