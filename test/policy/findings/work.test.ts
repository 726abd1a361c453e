import { ConflictResolution, Resolutions } from "../../../lib/policy/conflict-resolution";
import { findingList } from "../../../lib/policy/findings/rule";
import { operationFindings } from "../../../lib/policy/findings/operation-policy";
import { SERVICE_KEY_NAMES } from "../../../lib/policy/names";
import { gatewayStatements } from "../../../lib/policy/gateway/gateway-policy";
import { planMerge } from "../../../lib/policy/merge/merge";
import { PolicyDocument } from "../../../lib/policy/policy-document";
import { PolicySection } from "../../../lib/policy/statement";
import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { scan } from "../../../lib/policy/syntax/scanner";
import { workOf } from "../../helpers/work";

/* Rules look at each element and at each text once: the work of finding and of saying everything grows like the document. */

const statements = [
  PolicyStatement.requireEntraToken({ tenantId: "contoso.com", audiences: ["orders"] })._config,
  ...gatewayStatements({ backendId: "orders", tokenResource: "orders", subscriptionKeyNames: SERVICE_KEY_NAMES }),
];
const RESOLVED = Object.values(ConflictResolution).filter((name) => name.startsWith("REPLACE_"));

/** All findings of a document with many policies, and what a message says about them. */
function check(inbound: string, outbound: string): void {
  const tree = scan(
    `<policies><inbound>${inbound}<base /></inbound><backend><base /></backend><outbound>${outbound}</outbound></policies>`,
  );
  const findings = [Resolutions.NONE, Resolutions.NONE.with(...RESOLVED)].flatMap((resolutions) =>
    planMerge(tree, statements, resolutions).findings.all(),
  );
  findingList([...findings, ...operationFindings(tree)]);
}

const repeated = (size: number, line: string): string => `${line}\n`.repeat(Math.ceil(size / line.length));
const inbound =
  (line: string) =>
  (size: number): void =>
    check(repeated(size, line), "");
const outbound =
  (line: string) =>
  (size: number): void =>
    check("", repeated(size, line));
const own =
  (line: string) =>
  (size: number): void =>
    void PolicyDocument.of(PolicyStatement.raw(PolicySection.INBOUND, repeated(size, line)))._analyze();

test.each<[string, (size: number) => void]>([
  ["conflicts", inbound('<set-header name="Authorization"><value>x</value></set-header>')],
  ["answers before the checks", inbound("<cache-lookup />")],
  ["identities", inbound('<authentication-managed-identity resource="r" output-token-variable-name="a" />')],
  ["variables that are lost", inbound('<validate-jwt output-token-variable-name="jwt" />')],
  ["fragments", inbound('<include-fragment fragment-id="f" />')],
  ["secrets", inbound('<set-variable name="api-key" value="AccountKey=abc=" />')],
  ["code that reads the token", outbound('<set-variable name="h" value="@(context.Request.Headers)" />')],
  ["code of white space", outbound(`<set-variable name="h" value="@(context.Request${" ".repeat(500)}x.Headers)" />`)],
  ["code of brackets", outbound(`<set-variable name="h" value="@(Request.Headers${"[ ".repeat(250)})" />`)],
  ["copies of the request", outbound('<send-request mode="copy" />')],
  ["statements with limits", own('<rate-limit calls="1" renewal-period="1" />')],
  ["statements with secrets", own('<set-header name="api-key">\n<value>x</value>\n</set-header>')],
])("%s are found in linear work", (_, run) => {
  const [small, large] = [32 * 1024, 256 * 1024].map((size) => workOf(() => run(size)));
  expect(large / small).toBeLessThan(8 * 1.1);
});
