import { capitalized } from "../../core/capitalized";
import { fail } from "../../core/fail";
import { TOKEN_VALIDATIONS } from "../findings/effects";
import { inSection, PolicySection, PolicySlot, StatementConfig } from "../statement";
import { FAULTS } from "../syntax/faults";
import { scan } from "../syntax/scanner";
import { allElements } from "../syntax/source-tree";
import { withEscapedTokens } from "./writing/own-xml";
import { requireText } from "../../core/given";

const DOCUMENT_PARTS = new Set(["policies", "fragment", "inbound", "backend", "outbound", "on-error"]);

export function raw(section: PolicySection, xml: string): StatementConfig {
  const call = "PolicyStatement.raw";
  const trimmed = requireText(call, "XML", xml, `${call}(PolicySection.INBOUND, "<set-status ... />")`).trim();
  if (trimmed.startsWith("<!--"))
    fail(
      call,
      "raw-begins-with-comment",
      "A comment precedes the first element. A later merge could not find and remove the comment.",
      "Move the comment into an element.",
    );
  if (!/^<[\p{L}_:]/u.test(trimmed))
    fail(
      call,
      "raw-without-element",
      `"${trimmed.slice(0, 40)}" does not begin with an element.`,
      'Write the elements of a section, such as <set-status code="418" />.',
    );
  const tree = scan(trimmed, call);
  const { roots } = tree;
  const part = roots.find(({ name }) => DOCUMENT_PARTS.has(name));
  if (part)
    fail(
      call,
      "raw-is-document",
      `<${part.name}> is not a statement. It contains statements.`,
      'Write only its content. For a whole document, use PolicyDocument.fromXml("...").',
    );
  const [fault] = tree.faults;
  if (fault) {
    const [text, remedy] = FAULTS[fault.fault];
    fail(
      call,
      "raw-not-xml",
      `No XML parser accepts the text at ${fault.line}:${fault.column}. ${text}`,
      `${capitalized(remedy)}.`,
    );
  }
  if (allElements(roots).some(({ name }) => name === "base"))
    fail(call, "raw-has-base", "The document writes <base /> itself, once in each section.", "Remove <base />.");
  const written = inSection(section, "raw", withEscapedTokens(call, tree));
  const statement = written.xml === trimmed ? { ...written, scanned: tree } : written;
  // It runs before what reads the validated token, unless it reads itself what your other statements set.
  const validates = roots.every(({ name }) => TOKEN_VALIDATIONS.has(name)) && !/\bcontext\s*\.\s*Variables\b/.test(xml);
  return validates ? { ...statement, slot: PolicySlot.VALIDATION } : statement;
}
