import * as lib from "cdktf-secure-apim-backend";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- plain JavaScript has no types
type Untyped = any;

const { ExistsAction, IpFilterAction, PolicySection, PolicyStatement, PolicyValue, RetryInterval }: Untyped = lib;

const GUID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const key = PolicyValue.expression("context.Subscription.Id");
const text = PolicyValue.literal("a");

/**
 * Every factory of a statement, with valid arguments. One row is all that the tests of all statements need: of wrong values, of properties
 * that nobody knows, and of texts with markup. Write every argument that is a text.
 */
export const STATEMENTS: Record<string, Untyped[]> = {
  requireEntraToken: [{ tenantId: GUID, audiences: [GUID] }],
  requireJwt: [{ openIdConfigUrl: "https://contoso.com/.well-known/openid-configuration", audiences: [GUID] }],
  forwardCallerIdentity: [{}],
  forwardInheritedCallerIdentity: ["caller-token", "the policy of the product validates it"],
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
  removeQueryParameter: ["shop"],
  raw: [PolicySection.INBOUND, '<trace source="shop" />'],
};

/** The statement with these arguments, or with those of its row. */
export function statementOf(name: string, args: readonly Untyped[] = STATEMENTS[name]): Untyped {
  return PolicyStatement[name](...args);
}

/** Whether a value is an object that the user writes, and no class of the library. */
export function isWritten(value: Untyped): boolean {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The arguments with another text in each place where the row has one, by the place. */
export function withText(args: Untyped, other: string, place = ""): [place: string, changed: Untyped][] {
  if (typeof args === "string") return [[place, other]];
  if (!Array.isArray(args) && !isWritten(args)) return [];
  return Object.entries(args).flatMap(([name, part]) =>
    withText(part, other, `${place}/${name}`).map(([where, changed]): [string, Untyped] => [
      where,
      Array.isArray(args) ? Object.assign([...args], { [name]: changed }) : { ...args, [name]: changed },
    ]),
  );
}
