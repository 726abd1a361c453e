import * as fc from "fast-check";
import { PolicySection } from "../../../lib/policy/statement";
import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { ExistsAction } from "../../../lib/policy/statements/set-header";
import { IpFilterAction } from "../../../lib/policy/statements/ip-filter";
import { ClaimMatch } from "../../../lib/policy/statements/token-validation";
import { RetryInterval } from "../../../lib/policy/statements/retry";
import { read, valueOf, xmlOf } from "./read";

const RUNS = { numRuns: 400 };
const GUID = "11111111-1111-1111-1111-111111111111";

/** Any text at all, above all such as means something to XML, to API Management, to Terraform or to cdktf. */
const NASTY = [
  "@(",
  "@{",
  "@",
  "(",
  "{",
  "}",
  "{{",
  "}}",
  "${",
  "%{",
  "&",
  "<",
  ">",
  '"',
  "'",
  "]]>",
  "<!--",
  "<![CDATA[",
  "&#10;",
];
const SPACE = [" ", "\n", "\r", "\t", "\u00a0", "\u0085", "\u2028", "\ufeff", "\ud800", "\udc00", "\uffff", "\u0000"];
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.array(fc.constantFrom(...NASTY, ...SPACE, "a", "1e5"), { maxLength: 8 }).map((parts) => parts.join("")),
  fc.array(fc.constantFrom(...NASTY, "a", "b"), { minLength: 1, maxLength: 6 }).map((parts) => `x${parts.join(" ")}x`),
);

/** C# as far as XML and brackets are concerned. */
const code = fc
  .array(
    fc.constantFrom(
      "context",
      ".Api",
      '["a"]',
      " ",
      "<",
      "&&",
      ">",
      "[b[0]]>",
      "'}'",
      "{c}",
      "(d)",
      '"//"',
      "é",
      "/*'*/",
    ),
    { minLength: 1 },
  )
  .map((parts) => `a${parts.join("")}b`);

const value = fc.oneof(
  code.map((csharp) => PolicyValue.expression(csharp)),
  code.map((csharp) => PolicyValue.codeBlock(`return ${csharp};`)),
  fc.constantFrom("a", "a&b", '<"a">').map((literal) => PolicyValue.literal(literal)),
  fc.constant(PolicyValue.namedValue("named-value")),
);

/** What comes out where the text goes in; `undefined` where our own error refuses it. */
function arrived(write: () => PolicyStatement, where: string): string | undefined {
  let statement;
  try {
    statement = write();
  } catch (error) {
    expect((error as Error).message).toMatch(/^\[(PolicyValue|PolicyStatement)\.\w+\] .+\. \([a-z-]+\)$/su);
    return undefined;
  }
  return valueOf(xmlOf(statement), where);
}

/** Most texts must arrive, or the property would hold for a library that refuses everything. */
function holdsForAnyText(write: (literal: string) => PolicyStatement, where: string): void {
  const tally = { arrived: 0, refused: 0 };
  fc.assert(
    fc.property(text, (literal) => {
      const result = arrived(() => write(literal), where);
      tally[result === undefined ? "refused" : "arrived"]++;
      if (result !== undefined) expect(result).toBe(literal);
    }),
    RUNS,
  );
  expect(tally.arrived).toBeGreaterThan(RUNS.numRuns / 10);
}

describe("any text arrives as it was written, or is refused", () => {
  it("as the value of a header", () => {
    holdsForAnyText((literal) => PolicyStatement.setHeader("X-Any", PolicyValue.literal(literal)), "value");
  });

  it("as the value of a query parameter", () => {
    holdsForAnyText((literal) => PolicyStatement.setQueryParameter("any", PolicyValue.literal(literal)), "value");
  });

  it("as a value of a claim", () => {
    const claim = (literal: string) => ({
      tenantId: GUID,
      audiences: [GUID],
      requiredClaims: [{ name: "roles", values: [literal] }],
    });
    holdsForAnyText((literal) => PolicyStatement.requireEntraToken(claim(literal)), "value");
  });

  it("as the name of a claim", () => {
    const claim = (name: string) => ({ tenantId: GUID, audiences: [GUID], requiredClaims: [{ name, values: ["a"] }] });
    holdsForAnyText((literal) => PolicyStatement.requireEntraToken(claim(literal)), "claim@name");
  });

  it("as an audience", () => {
    const props = (literal: string) => ({ openIdConfigUrl: "https://issuer.contoso.com", audiences: [literal] });
    holdsForAnyText((literal) => PolicyStatement.requireJwt(props(literal)), "audience");
  });

  it("as a message", () => {
    const props = (failureMessage: string) => ({ tenantId: GUID, audiences: [GUID], failureMessage });
    const where = "validate-azure-ad-token@failed-validation-error-message";
    holdsForAnyText((literal) => PolicyStatement.requireEntraToken(props(literal)), where);
  });

  it("as the key of a counter", () => {
    const props = (literal: string) => ({
      calls: 1,
      renewalPeriodSeconds: 1,
      counterKey: PolicyValue.literal(literal),
    });
    holdsForAnyText((literal) => PolicyStatement.rateLimitByKey(props(literal)), "rate-limit-by-key@counter-key");
  });
});

it("no name lets XML in", () => {
  fc.assert(
    fc.property(text, (name) => {
      const written = [
        () => PolicyStatement.setHeader(name, PolicyValue.literal("a")),
        () => PolicyStatement.removeHeader(name),
        () => PolicyStatement.removeQueryParameter(name),
        () => PolicyStatement.includeFragment(name),
        () => PolicyStatement.forwardCallerIdentity({ tokenVariableName: name }),
        () => PolicyStatement.cors({ allowedOrigins: [name], allowedMethods: [name], allowedHeaders: [name] }),
        () => PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW, addresses: [name] }),
        () => PolicyStatement.requireEntraToken({ tenantId: name, clientIds: [name] }),
        () => PolicyStatement.setHeader("X", PolicyValue.namedValue(name)),
      ];
      for (const write of written) arrived(write, "nowhere");
    }),
    RUNS,
  );
});

const seconds = fc.integer({ min: 1, max: 300 });
const name = fc.constantFrom("X-A", "remaining");
const claims = fc.array(
  fc.record({
    name: fc.constantFrom("roles", "scp"),
    values: fc.constant<string[]>(["a", "<b>"]),
    match: fc.constantFrom(...Object.values(ClaimMatch)),
  }),
);
const options = { requiredKeys: [] };

/** Every statement that can be made, with any of its options. */
const statement: fc.Arbitrary<PolicyStatement> = fc.oneof(
  fc
    .record({ audiences: fc.constant<string[]>([GUID]), requiredClaims: claims })
    .map((some) => PolicyStatement.requireEntraToken({ tenantId: GUID, ...some })),
  fc
    .record({ audiences: fc.constant<string[]>(["a&b"]), requiredClaims: claims })
    .map((some) => PolicyStatement.requireJwt({ openIdConfigUrl: "https://a.b/?c&d", ...some })),
  fc.record({ tokenVariableName: name }, options).map((some) => PolicyStatement.forwardCallerIdentity(some)),
  fc
    .record({ remainingCallsHeaderName: name, retryAfterVariableName: name }, options)
    .map((some) => PolicyStatement.rateLimit(1, 1, some)),
  fc
    .record({ calls: seconds, renewalPeriodSeconds: seconds, counterKey: value })
    .map((some) => PolicyStatement.rateLimitByKey(some)),
  fc
    .record({ calls: seconds, counterKey: value })
    .map((some) => PolicyStatement.quotaByKey({ renewalPeriodSeconds: 0, ...some })),
  fc
    .record({ exposeHeaders: fc.constant<string[]>(["X-A"]), preflightMaxAgeSeconds: seconds }, options)
    .map((some) => PolicyStatement.cors({ allowedOrigins: ["*"], ...some })),
  fc.ipV6().map((address) => PolicyStatement.ipFilter({ action: IpFilterAction.FORBID, addresses: [address] })),
  fc
    .record({ value, existsAction: fc.constantFrom(...Object.values(ExistsAction)) })
    .map(({ value: some, ...options }) => PolicyStatement.setHeader("X-A", some, options)),
  value.map((some) => PolicyStatement.setQueryParameter("a", some)),
  fc
    .boolean()
    .map((copyUnmatchedParams) => PolicyStatement.rewriteUri(PolicyValue.literal('/<"&>'), { copyUnmatchedParams })),
  code.map((csharp) =>
    PolicyStatement.retry({
      count: 1,
      interval: RetryInterval.linear(1, 1),
      condition: PolicyValue.expression(csharp),
    }),
  ),
  fc
    .record({ timeoutSeconds: seconds, bufferResponse: fc.boolean() }, options)
    .map((some) => PolicyStatement.forwardRequest(some)),
  fc.constantFrom(...Object.values(PolicySection)).map((section) => PolicyStatement.includeFragment("a", { section })),
);

it("every statement is well-formed, in double quotes, self-closed where it is empty, and without an id", () => {
  fc.assert(
    fc.property(statement, (made) => {
      const xml = xmlOf(made);
      expect(read(xml).attributes.map(([where]) => where)).not.toContainEqual(expect.stringMatching(/@id$/));
      expect(xml).not.toMatch(/<[^>]*='|><\/|<!|<\?|\t|\r| $/m);
      expect(xml).toBe(xml.trim());
    }),
    RUNS,
  );
});

it("every expression is written as it reads, unless the user's own code needs entities", () => {
  fc.assert(
    fc.property(statement, (made) => {
      const xml = xmlOf(made);
      const { attributes, texts } = read(xml);
      const plain = [
        ...attributes.map(([, decoded]) => decoded).filter((decoded) => !/["&<]/.test(decoded)),
        ...texts.map(([, decoded]) => decoded).filter((decoded) => !/[&<]|]]>/.test(decoded)),
      ];
      for (const decoded of plain.filter((each) => /^@[({]/.test(each))) expect(xml).toContain(decoded);
    }),
    RUNS,
  );
});

it("the library's own expressions need no entities", () => {
  const own = [
    PolicyStatement.forwardCallerIdentity(),
    PolicyStatement.retry({ count: 1, interval: RetryInterval.fixed(1) }),
  ];
  for (const made of own) {
    const xml = xmlOf(made);
    const { attributes, texts } = read(xml);
    const expressions = [...attributes, ...texts]
      .map(([, decoded]) => decoded)
      .filter((decoded) => decoded.startsWith("@("));
    expect(expressions.length).toBeGreaterThan(0);
    for (const expression of expressions) expect(xml).toContain(expression);
    expect(xml).not.toContain("&");
  }
});
