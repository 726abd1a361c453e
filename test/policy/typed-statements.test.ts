import { readdirSync, readFileSync } from "fs";
import { join } from "path";
import { escapeTemplates } from "../../lib/core/terraform-template";
import { ConflictResolution } from "../../lib/policy/conflict-resolution";
import { PolicyDocument } from "../../lib/policy/policy-document";
import { PolicySection, StatementConfig } from "../../lib/policy/statement";
import { PolicyStatement } from "../../lib/policy/policy-statement";
import { PolicyValue } from "../../lib/policy/policy-value";
import { withoutInserted } from "./statements";
import { gatewayStatements } from "../../lib/policy/gateway/gateway-policy";
import { refusal } from "../helpers/refusal";
import { IpFilterAction } from "../../lib/policy/statements/ip-filter";
import { RetryInterval } from "../../lib/policy/statements/retry";

const GUID = "11111111-1111-1111-1111-111111111111";

/** Every statement, made in the test that asks for it. */
const statements = (): PolicyStatement[] => [
  PolicyStatement.cors({ allowedOrigins: ["https://contoso.com"] }),
  PolicyStatement.requireEntraToken({ tenantId: GUID, audiences: [GUID], clientIds: [GUID] }),
  PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW, addresses: ["10.0.0.1"] }),
  PolicyStatement.requireHeader({ name: "X-Azure-FDID", values: [PolicyValue.literal("a")] }),
  PolicyStatement.forwardCallerIdentity(),
  PolicyStatement.rateLimit(5, 60),
  PolicyStatement.rateLimitByKey({
    calls: 5,
    renewalPeriodSeconds: 60,
    counterKey: PolicyValue.expression("context.Request.IpAddress"),
  }),
  PolicyStatement.setHeader("X-Text", PolicyValue.literal('a & <b> "c" ${d} %{e}')),
  PolicyStatement.setHeader("X-Code", PolicyValue.expression('1 < 2 && context.Api.Name == "a)" ? "<x>" : ""')),
  PolicyStatement.setQueryParameter("block", PolicyValue.codeBlock('var a = "}"; return a;')),
  PolicyStatement.rewriteUri(PolicyValue.literal("/v2/{id}")),
  PolicyStatement.includeFragment("common"),
  PolicyStatement.raw(PolicySection.INBOUND, '<trace source="a">\n  <message>b</message>\n</trace>'),
];
const inbound = (): StatementConfig[] => [
  ...statements().map(({ _config }) => _config),
  ...gatewayStatements({
    backendId: "orders",
    tokenResource: GUID,
    subscriptionKeyNames: { header: "X-Key", query: "key" },
  }),
];

const directory = join(__dirname, "merge", "golden");
const documents = readdirSync(directory).filter((name) => name.endsWith(".in.xml") && name !== "merged-before.in.xml");

test.each(documents)("all statements are merged into %s, and taken out again", (name) => {
  const xml = readFileSync(join(directory, name), "utf8");
  const merged = PolicyDocument.fromXml(xml)
    .merge(PolicyDocument._of(...inbound()))
    .resolve(ConflictResolution.KEEP_CORS)
    .toXml();
  expect(withoutInserted(merged)).toBe(xml);
});

test("all statements stand in a document of their own, in the order of the gateway", () => {
  const { _config: retry } = PolicyStatement.retry({ count: 3, interval: RetryInterval.fixed(2) });
  const ids = PolicyDocument._of(retry, ...inbound().reverse())
    .toXml()
    .matchAll(/id="secure-apim-backend-([a-z-]+)-[0-9a-f]{8}"|<base \/>/g);
  expect([...ids].map(([all, kind]) => kind ?? all)).toEqual([
    "cors",
    "<base />",
    "require-header",
    "ip-filter",
    "require-entra-token",
    ...Array.from({ length: 4 }, () => "forward-caller-identity"),
    "raw",
    "include-fragment",
    "rewrite-uri",
    "set-query-parameter",
    "set-header",
    "set-header",
    "rate-limit-by-key",
    "rate-limit",
    "subscription-key-query",
    "subscription-key-header",
    "route",
    "token",
    "retry",
    "<base />",
    "<base />",
  ]);
});

test("literal template syntax reaches API Management as it is", () => {
  const terraform = escapeTemplates(PolicyDocument._of(...inbound()).toXml());
  expect(terraform).toContain('<value>a &amp; &lt;b&gt; "c" $${d} %%{e}</value>');
});

test.each<[string, () => unknown, string]>([
  ["XML", () => '<set-status code="418" />', "'<set-status code=\"418\" />'"],
  [
    "the parts of a statement",
    () => ({ section: PolicySection.INBOUND, slot: "token", kind: "token", xml: "<a />" }),
    "an object ",
  ],
  [
    "a list of statements",
    () => [PolicyStatement.rateLimit(5, 60)],
    "a list that begins with an object of type PolicyStatement",
  ],
  ["a value", () => PolicyValue.literal("a"), "PolicyValue"],
  ["nothing", () => undefined, "undefined"],
])("%s is no statement, and the error says what to write", (_, value, shown) => {
  expect(() => PolicyDocument.of(value() as PolicyStatement)).toThrow(
    refusal("not-a-policy-statement", "[PolicyDocument.of]", shown, "PolicyStatement.raw(PolicySection.INBOUND, "),
  );
});
