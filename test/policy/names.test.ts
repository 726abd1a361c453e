import { canHoldKey, CALLER_HEADERS, GATEWAY_ELEMENTS, POLICY_NAMES, SERVICE_KEY_NAMES } from "../../lib/policy/names";

/* What is a name in a policy, and which names have a meaning of their own. */

describe.each<[keyof typeof POLICY_NAMES, what: string, names: string[], others: string[]]>([
  ["header", "header name", ["X", "x-Key_2"], ["", "2X", "-X", "X Key", "X-Key:", " X", "X\n", "é"]],
  [
    "query",
    "query parameter name",
    ["a", "_", "$filter", "api-version", "a.b_c$2"],
    ["", "2a", "-a", ".a", "a&b", "a=", " a", "é"],
  ],
  ["variable", "variable name", ["v", "caller-token", "a_2"], ["", "2v", "_v", 'v"', "v w", " v"]],
  [
    "fragment",
    "fragment id",
    ["a", "9", "a-b_c", `a${"-".repeat(78)}z`],
    ["", "-a", "a-", "_a", "a b", `a${"-".repeat(79)}z`, "a.b"],
  ],
  [
    "namedValue",
    "name of the named value",
    ["a", ".", "Key_1.a-b", "a".repeat(256)],
    ["", "a b", "a}}", "{{a", "a".repeat(257)],
  ],
])("the name of a %s", (kind, what, names, others) => {
  const { pattern, what: said } = POLICY_NAMES[kind];

  test.each(names)("can be %j", (name) => expect(name).toMatch(pattern));
  test.each(others)("cannot be %j", (name) => expect(name).not.toMatch(pattern));
  test("is named in messages", () => expect(said).toBe(what));
});

test("a subscription key has the names of the service unless told otherwise", () => {
  expect(SERVICE_KEY_NAMES).toEqual({ header: "Ocp-Apim-Subscription-Key", query: "subscription-key" });
});

test.each([
  ["Ocp-Apim-Subscription-Key", true],
  ["X-Key", true],
  ["X-Callers", true],
  ["Authorization", false],
  ["CONNECTION", false],
  ["content-length", false],
  ["Content-Type", false],
  ["Host", false],
  ["Transfer-Encoding", false],
  ["X-Mcp-Api-Token", false],
  ["X-Caller-Anything", false],
])("the header %s can hold a subscription key: %p", (header, can) => {
  expect(canHoldKey(header)).toBe(can);
});

test("the backend can trust four headers, each of which comes from a claim", () => {
  expect(CALLER_HEADERS).toEqual([
    ["X-Caller-Object-Id", "oid"],
    ["X-Caller-Tenant-Id", "tid"],
    ["X-Caller-Client-Id", "azp", "appid"],
    ["X-Caller-Subject", "sub"],
  ]);
});

test("a later merge knows what the gateway has inserted, by its kind", () => {
  expect([...GATEWAY_ELEMENTS]).toEqual([
    ["x-caller-object-id", "set-header"],
    ["x-caller-tenant-id", "set-header"],
    ["x-caller-client-id", "set-header"],
    ["x-caller-subject", "set-header"],
    ["subscription-key-header", "set-header"],
    ["subscription-key-query", "set-query-parameter"],
    ["route", "set-backend-service"],
    ["branches", "choose"],
    ["token", "authentication-managed-identity"],
    ["without-token", "set-header"],
  ]);
});
