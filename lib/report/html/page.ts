import { createHash } from "crypto";
import { picturesOf } from "../graph/pictures";
import { drawingsOf } from "../graph/svg";
import { TrustReport } from "../trust-report";
import { accessSection } from "./access";
import { callsSection } from "./calls";
import { checkedSection } from "./checked";
import { findingsSection, notJudgedSection, openOnPurposeSection, operatorSection, secretsSection } from "./lists";
import { markup } from "./markup";
import { STYLE } from "./style";
import { summary } from "./summary";

/** The style sheet, and nothing else: the page loads nothing, runs nothing and sends nothing. */
const CONTENT_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE.text).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The report as one page of HTML, which needs no network, no script and no other file. */
export async function reportPage(report: TrustReport): Promise<string> {
  const drawings = await drawingsOf(picturesOf(report));
  const { title, stacks } = report;
  const names = stacks.map(({ name }) => name).join(", ");
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Trust report: ${title}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="over">Trust report</p>
<h1>${title}</h1>
${names === title ? undefined : markup`<p class="lead">${names}</p>`}
</header>
<main>
${summary(report)}${callsSection(report, drawings)}${accessSection(report)}${secretsSection(report)}${openOnPurposeSection(report)}${findingsSection(report)}${notJudgedSection(report)}${operatorSection(report)}${checkedSection(report)}</main>
<footer>
<p>cdktf-secure-apim-backend wrote this report from the Terraform JSON of ${names === "" ? "no stack" : names}. It shows what will be deployed, not what is deployed.</p>
</footer>
</body>
</html>
`.text;
}
