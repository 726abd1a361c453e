import { escapeForeignText, escapeTemplates, quotedContent } from "../core/terraform-template";

/** A part of a policy. */
export interface PolicyPart {
  readonly text: string;
  /** Whether the app has not written it, so that no token of cdktf is live in it. */
  readonly isForeign: boolean;
}

/**
 * The length from which a policy is written on one line. Terraform joins a text line by line, which takes quadratic time: it needs
 * 0.01 s for 16 KiB and 2 s for 256 KiB, several times in each run, and on one line 0.1 s.
 *
 * @see docs/design/decisions.md#one-line-for-terraform
 */
const LONG = 16 * 1024;

/** The policy as a template for Terraform, which gives the exact text. */
export function terraformText(parts: readonly PolicyPart[]): string {
  const isLong = parts.reduce((length, { text }) => length + text.length, 0) > LONG;
  const written = parts.map(({ text, isForeign }) => {
    const content = isLong ? quotedContent(text) : text;
    return isForeign ? escapeForeignText(content) : escapeTemplates(content);
  });
  return isLong ? `\${"${written.join("")}"}` : written.join("");
}
