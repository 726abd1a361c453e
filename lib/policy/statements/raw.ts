import { fail } from "../../core/fail";
import { PolicySection } from "../policy-section";
import { PolicySlot, StatementConfig } from "../statement";
import { scan } from "../syntax/scanner";
import { allElements } from "../syntax/source-tree";
import { escapeTokens } from "./writing/literal";

const DOCUMENT_PARTS = new Set(["policies", "fragment", "inbound", "backend", "outbound", "on-error"]);

/** See `PolicyStatement.raw`. */
export function raw(section: PolicySection, xml: string): StatementConfig {
  const call = "PolicyStatement.raw";
  const trimmed = xml.trim();
  if (trimmed.startsWith("<!--"))
    fail(
      call,
      "raw-begins-with-comment",
      "A comment precedes the first element. The library could not find the comment again to remove it.",
      "Move the comment into an element.",
    );
  if (!/^<[\p{L}_:]/u.test(trimmed))
    fail(
      call,
      "raw-without-element",
      `"${trimmed.slice(0, 40)}" does not begin with an element.`,
      'Write the elements of a section, such as <set-status code="418" />.',
    );
  const { roots } = scan(trimmed, call);
  const part = roots.find(({ name }) => DOCUMENT_PARTS.has(name));
  if (part)
    fail(
      call,
      "raw-is-document",
      `<${part.name}> is not a statement. It contains statements.`,
      'Write only its content. For a whole document, use PolicyDocument.fromXml("...").',
    );
  if (allElements(roots).some(({ name }) => name === "base"))
    fail(call, "raw-has-base", "The document writes <base /> itself, once in each section.", "Remove <base />.");
  return { section, slot: PolicySlot.USER, kind: "raw", xml: escapeTokens(trimmed) };
}
