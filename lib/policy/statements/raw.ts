import { escapeTokens } from "./writing/literal";
import { scan } from "../syntax/scanner";
import { allElements } from "../syntax/source-tree";
import { statement } from "./writing/statement";
import { IPolicyStatement, PolicySection, PolicySlot } from "../policy-statement";
import { fail } from "../../core/fail";

const DOCUMENT_PARTS = new Set(["policies", "fragment", "inbound", "backend", "outbound", "on-error"]);

/** See `PolicyStatement.raw`. */
export function raw(section: PolicySection, xml: string): IPolicyStatement {
  const call = "PolicyStatement.raw";
  const trimmed = xml.trim();
  if (trimmed.startsWith("<!--"))
    fail(
      call,
      "raw-begins-with-comment",
      "a comment stands before the first element, and could not be found again to be removed. Write it within an element.",
    );
  if (!/^<[\p{L}_:]/u.test(trimmed)) rawNotAStatement(call, trimmed);
  const { roots } = scan(trimmed, "statement raw");
  const part = roots.find(({ name }) => DOCUMENT_PARTS.has(name));
  if (part)
    fail(
      call,
      "raw-is-document",
      `<${part.name}> is not a statement but what statements stand in. ` +
        `Write its content alone, or PolicyDocument.fromXml("...") for a whole document.`,
    );
  if (allElements(roots).some(({ name }) => name === "base"))
    fail(call, "raw-has-base", "<base /> is written by the document, once in each section. Leave it out.");
  return statement({ section, slot: PolicySlot.USER, kind: "raw", xml: escapeTokens(trimmed) });
}
// Headers

export function rawNotAStatement(call: string, xml: string): never {
  const start = xml.trim().slice(0, 40);
  fail(
    call,
    "raw-not-astatement",
    `"${start}" does not begin with an element. Write statements as they stand in a section: "<set-status code=\\"418\\" />".`,
  );
}
