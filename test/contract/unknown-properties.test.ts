import * as lib from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";

/*
 * A property that no type has, whose name is similar to none, is refused where a value of the user enters a policy statement: from plain
 * JavaScript it would be lost, and the policy would say less than its author wrote.
 */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- plain JavaScript has no types
type Untyped = any;

const { ExistsAction, IpFilterAction, PolicySection, PolicyStatement, PolicyValue, RetryInterval }: Untyped = lib;

const GUID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const key = PolicyValue.expression("context.Subscription.Id");
const text = PolicyValue.literal("a");

/** Every factory whose last argument is an object, with valid arguments. */
const STATEMENTS: Record<string, Untyped[]> = {
  requireEntraToken: [{ tenantId: GUID, audiences: [GUID] }],
  requireJwt: [{ openIdConfigUrl: "https://contoso.com/.well-known/openid-configuration", audiences: [GUID] }],
  forwardCallerIdentity: [{}],
  rateLimit: [5, 60, {}],
  rateLimitByKey: [{ calls: 5, renewalPeriodSeconds: 60, counterKey: key }],
  quotaByKey: [{ calls: 5, renewalPeriodSeconds: 3600, counterKey: key }],
  llmTokenLimit: [{ counterKey: key, tokensPerMinute: 5000 }],
  llmEmitTokenMetric: [{ dimensions: [{ name: "API ID" }] }],
  cors: [{ allowedOrigins: ["https://shop.contoso.com"] }],
  ipFilter: [{ action: IpFilterAction.ALLOW, addresses: ["13.66.201.169"] }],
  requireHeader: [{ name: "X-Azure-FDID", values: [text] }],
  retry: [{ count: 3, interval: RetryInterval.fixed(10) }],
  forwardRequest: [{ timeoutSeconds: 30 }],
  includeFragment: ["orders", { section: PolicySection.INBOUND }],
  rewriteUri: [PolicyValue.literal("/orders"), {}],
  setHeader: ["X-Shop", text, { existsAction: ExistsAction.SKIP }],
  removeHeader: ["X-Shop", {}],
  setQueryParameter: ["shop", text, {}],
};

/** Factories without such an object. */
const PLAIN = ["forwardInheritedCallerIdentity", "raw", "removeQueryParameter"];

test("every factory of a statement is among these", () => {
  const factories = Object.getOwnPropertyNames(PolicyStatement).filter(
    (name) => !name.startsWith("_") && typeof PolicyStatement[name] === "function",
  );
  expect(factories.sort()).toEqual([...Object.keys(STATEMENTS), ...PLAIN].sort());
});

describe("a statement", () => {
  test.each(Object.entries(STATEMENTS))("%s refuses a property that it does not know", (name, args) => {
    expect(() => PolicyStatement[name](...args)).not.toThrow();
    const last: object = args[args.length - 1];
    expect(() => PolicyStatement[name](...args.slice(0, -1), { ...last, zebra: 1 })).toThrow(
      refusal("unknown-property", "zebra", `PolicyStatement.${name}`),
    );
  });

  test.each([
    [
      "requiredClaims",
      () => [
        "requireEntraToken",
        { ...STATEMENTS.requireEntraToken[0], requiredClaims: [{ name: "roles", values: ["a"], zebra: 1 }] },
      ],
    ],
    [
      "addressRanges",
      () => [
        "ipFilter",
        { action: IpFilterAction.ALLOW, addressRanges: [{ first: "13.66.140.128", last: "13.66.140.143", zebra: 1 }] },
      ],
    ],
    ["dimensions", () => ["llmEmitTokenMetric", { dimensions: [{ name: "API ID", zebra: 1 }] }]],
  ] as [string, () => [string, Untyped]][])("refuses it in an entry of %s", (list, call) => {
    const [name, props] = call();
    expect(() => PolicyStatement[name](props)).toThrow(refusal("unknown-property", "zebra", `an entry of ${list}`));
  });
});
