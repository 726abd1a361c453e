import { PolicySection } from "../../../lib/policy/statement";
import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { TokenQuotaPeriod } from "../../../lib/policy/statements/llm-token-limit";
import { RetryInterval } from "../../../lib/policy/statements/retry";
import { refusal } from "../../helpers/refusal";

/* What plain JavaScript passes in place of a value, a member of an enum or a list is named, with what to write. */

const { cors, ipFilter, llmTokenLimit, quotaByKey, rateLimitByKey, removeHeader, requireEntraToken, requireHeader } =
  PolicyStatement;
const { llmEmitTokenMetric, raw, retry, rewriteUri, setHeader, setQueryParameter, includeFragment } = PolicyStatement;
const a = PolicyValue.literal("a");
const ENTRA = { tenantId: "contoso.com", audiences: ["orders"] };

type Row = [factory: string, name: string, write: (given: never) => PolicyStatement];

test.each<Row>([
  ["rateLimitByKey", "counterKey", (counterKey) => rateLimitByKey({ calls: 1, renewalPeriodSeconds: 1, counterKey })],
  [
    "rateLimitByKey",
    "incrementCondition",
    (incrementCondition) => rateLimitByKey({ calls: 1, renewalPeriodSeconds: 1, counterKey: a, incrementCondition }),
  ],
  ["quotaByKey", "counterKey", (counterKey) => quotaByKey({ calls: 1, renewalPeriodSeconds: 0, counterKey })],
  ["llmTokenLimit", "counterKey", (counterKey) => llmTokenLimit({ tokensPerMinute: 1, counterKey })],
  ["requireHeader", "values", (value) => requireHeader({ name: "X-A", values: [value] })],
  ["retry", "condition", (condition) => retry({ count: 1, interval: RetryInterval.fixed(1), condition })],
  ["rewriteUri", "template", rewriteUri],
  ["setHeader", "value", (value) => setHeader("X-A", value)],
  ["setQueryParameter", "value", (value) => setQueryParameter("a", value)],
])("%s takes no text for its %s, which could be code", (factory, name, write) => {
  expect(() => write("/a" as never)).toThrow(
    refusal("wrong-value", `[PolicyStatement.${factory}] The value of ${name} is "/a",`, 'PolicyValue.literal("/a")'),
  );
});

test.each<[...Row, example: string]>([
  ["ipFilter", "action", (action) => ipFilter({ action, addresses: ["::1"] }), "IpFilterAction.ALLOW"],
  [
    "llmTokenLimit",
    "tokenQuotaPeriod",
    (tokenQuotaPeriod) => llmTokenLimit({ counterKey: a, tokenQuota: 1, tokenQuotaPeriod }),
    "TokenQuotaPeriod.DAILY",
  ],
  [
    "requireEntraToken",
    "match",
    (match) => requireEntraToken({ ...ENTRA, requiredClaims: [{ name: "roles", values: ["a"], match }] }),
    "ClaimMatch.ANY",
  ],
  ["setHeader", "existsAction", (existsAction) => setHeader("X-A", a, { existsAction }), "ExistsAction.SKIP"],
  ["setHeader", "section", (section) => setHeader("X-A", a, { section }), "PolicySection.INBOUND"],
  ["removeHeader", "section", (section) => removeHeader("X-A", { section }), "PolicySection.INBOUND"],
  [
    "setQueryParameter",
    "existsAction",
    (existsAction) => setQueryParameter("a", a, { existsAction }),
    "ExistsAction.SKIP",
  ],
  ["includeFragment", "section", (section) => includeFragment("a", { section }), "PolicySection.INBOUND"],
  ["raw", "section", (section) => raw(section, "<trace />"), "PolicySection.INBOUND"],
])("%s takes only a member of the enum for its %s", (factory, name, write, example) => {
  expect(() => write("other" as never)).toThrow(
    refusal("unknown-member", `[PolicyStatement.${factory}] The value of ${name} is "other",`, example),
  );
});

test.each<Row>([
  ["cors", "allowedOrigins", (allowedOrigins) => cors({ allowedOrigins })],
  ["cors", "allowedHeaders", (allowedHeaders) => cors({ allowedOrigins: ["*"], allowedHeaders })],
  ["ipFilter", "addresses", (addresses) => ipFilter({ action: "allow" as never, addresses })],
  ["ipFilter", "addressRanges", (addressRanges) => ipFilter({ action: "allow" as never, addressRanges })],
  ["llmEmitTokenMetric", "dimensions", (dimensions) => llmEmitTokenMetric({ dimensions })],
  ["requireEntraToken", "audiences", (audiences) => requireEntraToken({ ...ENTRA, audiences })],
  ["requireEntraToken", "clientIds", (clientIds) => requireEntraToken({ ...ENTRA, clientIds })],
  ["requireEntraToken", "requiredClaims", (requiredClaims) => requireEntraToken({ ...ENTRA, requiredClaims })],
  ["requireHeader", "values", (values) => requireHeader({ name: "X-A", values })],
])("%s takes only a list for its %s", (factory, name, write) => {
  expect(() => write("a" as never)).toThrow(
    refusal("not-a-list", `[PolicyStatement.${factory}] The value of ${name} is "a",`, `Write ${name}: [`),
  );
});

test("a claim that is only its name is refused, with what to write", () => {
  expect(() => requireEntraToken({ ...ENTRA, requiredClaims: ["roles" as never] })).toThrow(
    refusal("wrong-value", "[PolicyStatement.requireEntraToken]", 'is "roles",', 'requiredClaims: [{ name: "roles", '),
  );
});

test("the members of the enums are what API Management reads", () => {
  expect(Object.values(TokenQuotaPeriod)).toEqual(["Hourly", "Daily", "Weekly", "Monthly", "Yearly"]);
  expect(Object.values(PolicySection)).toEqual(["inbound", "backend", "outbound", "on-error"]);
});
