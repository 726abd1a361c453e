import { Fn, Token } from "cdktf";
import { ConflictResolution } from "../../../lib/policy/conflict-resolution";
import { withGateway } from "../../../lib/policy/gateway/gateway-policy";
import { PolicyDocument } from "../../../lib/policy/policy-document";
import { PolicySection, PolicySlot, StatementConfig } from "../../../lib/policy/statement";
import { BranchCondition } from "../../../lib/policy/branch-condition";
import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { IpFilterAction } from "../../../lib/policy/statements/ip-filter";
import { ExistsAction } from "../../../lib/policy/statements/set-header";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { allElements, attributeOf } from "../../../lib/policy/syntax/source-tree";
import { statement } from "../statements";

const GUID = "11111111-2222-3333-4444-555555555555";
const TEXT =
  "<policies>\n  <inbound>\n    <base />\n  </inbound>\n  <backend>\n    <base />\n  </backend>\n</policies>";
const GATEWAY = { tokenResource: GUID, subscriptionKeyNames: { header: "X-Key", query: "key" } };

const { includeFragment, rateLimit, rateLimitByKey, requireEntraToken, requireJwt, ipFilter, setHeader, raw } =
  PolicyStatement;
const TOKEN = requireEntraToken({ tenantId: GUID, audiences: [GUID], clientIds: [GUID] });
const allow = (address: string): PolicyStatement => ipFilter({ action: IpFilterAction.ALLOW, addresses: [address] });
const [OFFICE, LAB, SHOP] = ["10.0.0.1", "10.0.0.3", "10.0.0.4"].map(allow);
const HOME = ipFilter({ action: IpFilterAction.FORBID, addresses: ["10.0.0.2"] });
const jwtIn = (headerName: string): PolicyStatement =>
  requireJwt({
    openIdConfigUrl: `https://${headerName}/.well-known/openid-configuration`,
    audiences: [GUID],
    headerName,
    tokenVariableName: `token-${headerName}`,
  });
const limitBy = (code: string): PolicyStatement =>
  rateLimitByKey({ calls: 5, renewalPeriodSeconds: 60, counterKey: PolicyValue.expression(code) });
const literal = (text: string): PolicyValue => PolicyValue.literal(text);
const xml = (text: string): PolicyStatement => raw(PolicySection.INBOUND, text);

const of = (statements: readonly PolicyStatement[]): PolicyDocument => PolicyDocument.of(...statements);

/** A document that a merge of the statements and of the gateway's has written. */
function saved(...statements: PolicyStatement[]): PolicyDocument {
  const document = PolicyDocument.fromXml(TEXT).merge(of(statements));
  return PolicyDocument.fromXml(withGateway(document, { ...GATEWAY, backendId: "stock" }).toXml());
}

/** What is inserted in the document, by the kind of its statement, in order. */
function kinds(document: PolicyDocument): string[] {
  const ids = allElements(document._analyze().merged.roots).map((element) => attributeOf(element, "id") ?? "");
  return ids.filter(Boolean).map((id) => id.replace(/^secure-apim-backend-(?:self-closed--)?(.*)-[0-9a-f]{8}$/, "$1"));
}

function warnings(document: PolicyDocument): string[] {
  const { findings } = document._analyze();
  return findings.all().map(({ id, message }) => `${id}: ${/<[\w-]+>/.exec(message)?.[0]}`);
}

const OF_GATEWAY = kinds(saved());

describe("what an earlier merge has inserted", () => {
  test("stays without its statement, and is said", () => {
    const again = withGateway(saved(TOKEN, OFFICE, rateLimit(5, 60)), { ...GATEWAY, backendId: "stock" });
    expect(new Set(kinds(again))).toEqual(new Set(["require-entra-token", "ip-filter", "rate-limit", ...OF_GATEWAY]));
    expect(kinds(again)).toHaveLength(3 + OF_GATEWAY.length);
    expect(warnings(again)).toEqual([
      "earlier-statement-stays: <validate-azure-ad-token>",
      "earlier-statement-stays: <ip-filter>",
      "earlier-statement-stays: <rate-limit>",
    ]);
  });

  test.each<[string, PolicyStatement[], PolicyStatement[], string[]]>([
    ["the same statement", [TOKEN, rateLimit(5, 60)], [TOKEN, rateLimit(5, 60)], []],
    ["a changed statement of its kind", [rateLimit(5, 60)], [rateLimit(9, 60)], []],
    ["a changed value of the same header", [setHeader("X-A", literal("a"))], [setHeader("X-A", literal("b"))], []],
    ["a changed one of two, beside the other", [OFFICE, LAB], [OFFICE, SHOP], []],
    ["two changed ones", [OFFICE, LAB], [SHOP, allow("10.0.0.5")], []],
  ])("is replaced by %s", (_, before, now, expected) => {
    const document = saved(...before).merge(of(now));
    expect(warnings(withGateway(document, GATEWAY))).toEqual(expected);
    expect(kinds(withGateway(document, GATEWAY)).filter((kind) => !OF_GATEWAY.includes(kind))).toHaveLength(now.length);
  });

  test.each<[string, PolicyStatement[], PolicyStatement[], number]>([
    ["another header", [setHeader("X-A", literal("a"))], [setHeader("X-B", literal("a"))], 1],
    [
      "one of two, which is not the same as either",
      [OFFICE, ipFilter({ action: IpFilterAction.ALLOW, addresses: ["10.0.0.9"] })],
      [ipFilter({ action: IpFilterAction.ALLOW, addresses: ["10.0.0.3"] })],
      2,
    ],
    ["the other of two", [OFFICE, HOME], [HOME], 1],
    ["the other of two of a kind", [OFFICE, LAB], [LAB], 1],
    ["one for two of a kind, beside a third that stays", [OFFICE, LAB, SHOP], [OFFICE, allow("10.0.0.5")], 2],
    ["another fragment", [includeFragment("audit")], [includeFragment("log")], 1],
    ["a limit with another key", [limitBy("context.Subscription.Id")], [limitBy("context.Request.IpAddress")], 1],
    ["a filter with the opposite action", [OFFICE], [HOME], 1],
    ["a validation of the token in another header", [jwtIn("X-Partner")], [jwtIn("X-Other")], 1],
    [
      "a validation of the consumer's token, if it is of a partner's",
      [jwtIn("X-Partner")],
      [jwtIn("Authorization")],
      1,
    ],
    [
      "other XML of the user",
      [xml('<ip-filter action="allow"><address>10.0.0.1</address></ip-filter>')],
      [xml("<trace />")],
      1,
    ],
    [
      "changed XML of the user",
      [xml("<choose><when condition='@(true)'><return-response /></when></choose>")],
      [xml("<choose />")],
      1,
    ],
  ])("is not replaced by %s", (_, before, now, kept) => {
    const document = withGateway(saved(...before).merge(of(now)), GATEWAY);
    expect(warnings(document).filter((each) => each.startsWith("earlier-statement-stays"))).toHaveLength(kept);
    expect(kinds(document).filter((kind) => !OF_GATEWAY.includes(kind))).toHaveLength(kept + now.length);
  });

  test("is the gateway's, and goes with its next merge, whichever backends it chooses", () => {
    const direct = withGateway(saved(), { ...GATEWAY, subscriptionKeyNames: { header: "X-Other", query: "other" } });
    expect(kinds(direct)).toEqual(OF_GATEWAY.filter((kind) => kind !== "route"));
    expect(warnings(direct)).toEqual([]);
  });

  test("is the gateway's, and stays where no gateway is merged", () => {
    const document = saved().merge(of([rateLimit(5, 60)]));
    expect(kinds(document).sort()).toEqual([...OF_GATEWAY, "rate-limit"].sort());
  });

  test("closes a section again that it had opened, and only then", () => {
    const text = TEXT.replace(/<inbound>[^]*<\/inbound>/, "<inbound />");
    const merge = (xml: string, ...configs: StatementConfig[]): string =>
      PolicyDocument.fromXml(xml)
        .merge(PolicyDocument._of(...configs))
        .toXml();
    const [first, second] = ["a", "b"].map((kind) => statement(kind, `<trace source="${kind}" />`));
    const both = merge(text, first, second);
    expect(merge(both, first, second)).toBe(both);
    expect(merge(both, second)).toContain('source="a"');
  });
});

describe("an element of somebody else's that has an id of our form", () => {
  const foreign = (element: string): PolicyDocument =>
    PolicyDocument.fromXml(TEXT.replace("<base />", `<base />\n    ${element}`));

  test.each([
    ['<validate-jwt id="secure-apim-backend-my-check-0123abcd" header-name="X" />'],
    ['<validate-jwt id="secure-apim-backend-token-0123abcd" header-name="X" />'],
    ['<ip-filter id="secure-apim-backend-route-0123abcd" action="allow"><address>10.0.0.1</address></ip-filter>'],
    ['<check-header id="secure-apim-backend-x-caller-subject-0123abcd" name="X" />'],
    ['<set-header id="secure-apim-backend-x-caller-subject-0123abcd" name="X" exists-action="delete" />'],
    ['<set-header id="secure-apim-backend-subscription-key-header-0123abcd" name="X" exists-action="delete" />'],
    [
      '<set-query-parameter id="secure-apim-backend-subscription-key-query-0123abcd" name="X" exists-action="delete" />',
    ],
    [
      '<choose id="secure-apim-backend-branches-0123abcd"><when condition="@(true)"><ip-filter action="allow" /></when></choose>',
    ],
    ['<choose id="secure-apim-backend-branches-0123abcd" />'],
  ])("stays: %s", (element) => {
    const document = withGateway(foreign(element), GATEWAY);
    expect(document.toXml()).toContain(element);
    expect(warnings(document)[0]).toBe(`earlier-statement-stays: ${/<[\w-]+/.exec(element)?.[0]}>`);
  });
});

test("a choice in which only some branches end with a token is somebody else's, and stays", () => {
  const token = '<authentication-managed-identity resource="a" />';
  const whens = (...contents: string[]): string =>
    contents.map((content) => `<when condition="@(true)">${content}</when>`).join("");
  const stays = (...contents: string[]): boolean => {
    const element = `<choose id="secure-apim-backend-branches-0123abcd">${whens(...contents)}</choose>`;
    const document = PolicyDocument.fromXml(TEXT.replace("<base />", `<base />\n    ${element}`));
    const merged = withGateway(document.resolve(ConflictResolution.REPLACE_MANAGED_IDENTITY), GATEWAY);
    return merged.toXml().includes(element);
  };
  expect(stays(token, "<trace />")).toBe(true);
  expect(stays("<trace />", token)).toBe(true);
  expect(stays(token, `${token}<trace />`)).toBe(true);
  expect(stays(token, `<trace />${token}`)).toBe(false);
  expect(stays(token, "")).toBe(true);
  expect(stays(token, '<set-header name="Authorization" exists-action="delete" />')).toBe(false);
  expect(stays(token, '<set-header name="X-A" exists-action="delete" />')).toBe(true);
  expect(stays(token, '<trace name="Authorization" />')).toBe(true);
});

describe("a choice between backends", () => {
  const when = BranchCondition.header("X-Stock", "new");
  const branch = { tokenResource: GUID, backendId: "new", when };
  const CHOICE = { ...GATEWAY, backendId: "stock", branches: [branch] };
  const SIGNED_IN = { ...CHOICE, withoutToken: true, branches: [{ ...branch, withoutToken: true }] };
  const ONE = { ...GATEWAY, backendId: "stock" };
  const saved = (policy: typeof CHOICE | typeof ONE): PolicyDocument =>
    PolicyDocument.fromXml(withGateway(PolicyDocument.fromXml(TEXT), policy).toXml());

  test.each<[string, typeof CHOICE | typeof ONE, typeof CHOICE | typeof ONE]>([
    ["one backend", CHOICE, ONE],
    ["one backend at the API's own address", CHOICE, GATEWAY as typeof ONE],
    ["one backend that gets no token", CHOICE, { ...ONE, withoutToken: true } as typeof ONE],
    ["the same choice without tokens", CHOICE, SIGNED_IN],
    ["the same choice with tokens, if it was without", SIGNED_IN, CHOICE],
  ])("gives its place to %s without a word", (_, before, now) => {
    const document = withGateway(saved(before), now);
    expect(warnings(document)).toEqual([]);
    expect(document.toXml()).toBe(withGateway(PolicyDocument.fromXml(TEXT), now).toXml());
  });

  test.each([
    ["one backend", ONE],
    ["one backend that gets no token", { ...ONE, withoutToken: true }],
  ])("with a check that somebody wrote into it is lost with %s, and is said", (_, now) => {
    const withCheck = saved(CHOICE).toXml().replace("<otherwise>", '<otherwise><ip-filter action="allow" />');
    expect(warnings(withGateway(PolicyDocument.fromXml(withCheck), now))).toEqual([
      "earlier-statement-edited: <choose>",
    ]);
  });
});

test("a backend that gets no token any more does not get the consumer's either, although the document has the gateway's", () => {
  const now = { ...GATEWAY, backendId: "stock", withoutToken: true };
  const document = withGateway(saved(), now);
  expect(document.toXml()).toBe(withGateway(PolicyDocument.fromXml(TEXT), now).toXml());
  expect(document.toXml()).toContain('name="Authorization" exists-action="delete"');
  expect(withGateway(PolicyDocument.fromXml(document.toXml()), now).toXml()).toBe(document.toXml());
});

test("a choice of a backend with something in it is somebody else's, and stays", () => {
  const element =
    '<set-backend-service id="secure-apim-backend-route-0123abcd" backend-id="a"><b /></set-backend-service>';
  const document = PolicyDocument.fromXml(TEXT.replace("<base />", `<base />\n    ${element}`));
  const kept = withGateway(document.resolve(ConflictResolution.KEEP_BACKEND), { ...GATEWAY, backendId: "stock" });
  expect(kept.toXml()).toContain(element);
});

test("only what is in the inbound section is the gateway's", () => {
  const [inserted] = /<set-header id="secure-apim-backend-subscription-key-header-[^>]*>/.exec(saved().toXml())!;
  const text = TEXT.replace("</policies>", `  <outbound>\n    ${inserted}\n  </outbound>\n</policies>`);
  const document = withGateway(PolicyDocument.fromXml(text), GATEWAY);
  expect(document.toXml()).toContain(`<outbound>\n    ${inserted}\n`);
  expect(warnings(document)).toEqual(["earlier-statement-stays: <set-header>"]);
});

describe("what somebody has changed in what an earlier merge inserted", () => {
  const CLAIMS =
    "<required-claims><claim name='roles'><value>Admin</value></claim></required-claims></validate-azure-ad-token>";
  const edited = (from: string, to: string, ...statements: PolicyStatement[]): PolicyDocument => {
    const xml = saved(...statements).toXml();
    expect(xml).toContain(from);
    return PolicyDocument.fromXml(xml.replace(from, to));
  };
  const again = (document: PolicyDocument, ...statements: PolicyStatement[]): string[] =>
    warnings(withGateway(document.merge(of(statements)), { ...GATEWAY, backendId: "stock" }));

  test("is lost with the same statement, and is said", () => {
    const document = edited("</validate-azure-ad-token>", CLAIMS, TOKEN);
    expect(again(document, TOKEN)).toEqual(["earlier-statement-edited: <validate-azure-ad-token>"]);
  });

  test("is lost with a changed statement, and is said", () => {
    const document = edited("</validate-azure-ad-token>", CLAIMS, TOKEN);
    const changed = requireEntraToken({ tenantId: GUID, audiences: ["other"] });
    expect(again(document, changed)).toEqual(["earlier-statement-edited: <validate-azure-ad-token>"]);
    expect(again(saved(TOKEN), changed)).toEqual([]);
  });

  test("is lost in XML of the user's own, and is said", () => {
    const trace = xml('<trace source="a">\n<message>b</message></trace>');
    expect(again(edited("<message>b<", "<message>c<", trace), trace)).toEqual(["earlier-statement-edited: <trace>"]);
    expect(again(saved(trace), trace)).toEqual([]);
  });

  test("is lost without a word in what the gateway chooses itself", () => {
    expect(again(edited('backend-id="stock"', 'backend-id="old"'))).toEqual([]);
  });

  test("is not the value of a reference, which the document has and the statement has not", () => {
    const referring = setHeader("X-A", literal(Token.asString(Fn.upper("a"))));
    const deployed = saved(referring)
      .toXml()
      .replace(/<value>[^<]*/, "<value>A");
    expect(again(PolicyDocument.fromXml(deployed), referring)).toEqual([]);
    expect(again(edited("<value>b<", "<value>c<", setHeader("X-A", literal("b"))), referring)).toEqual([]);
    const both = [
      setHeader("X-A", literal("a")),
      setHeader("X-A", literal("b"), { existsAction: ExistsAction.APPEND }),
    ];
    const changed = [setHeader("X-A", literal("c")), referring];
    expect(again(edited("<value>b<", "<value>d<", ...both), ...changed)).toEqual([]);
  });

  test("stays in what the gateway inserted for itself", () => {
    const document = edited('resource="', 'ignore-error="true" resource="');
    const conflicts = again(document).map((each) => each.split(":")[0]);
    expect(conflicts).toContain("managed-identity-already-used");
  });

  test("is not white space between elements", () => {
    const document = PolicyDocument.fromXml(saved(TOKEN).toXml().replace(/\n\s*/g, "\n\t\t"));
    expect(again(document, TOKEN)).toEqual([]);
  });

  test("is a check in a choice between backends, which is lost and is said", () => {
    const when = BranchCondition.header("X-Stock", "new");
    const branches = { ...GATEWAY, backendId: "stock", branches: [{ tokenResource: GUID, backendId: "new", when }] };
    const xml = withGateway(PolicyDocument.fromXml(TEXT), branches).toXml();
    expect(warnings(withGateway(PolicyDocument.fromXml(xml), branches))).toEqual([]);
    const withCheck = PolicyDocument.fromXml(xml.replace("<otherwise>", '<otherwise><ip-filter action="allow" />'));
    expect(warnings(withGateway(withCheck, branches))).toEqual(["earlier-statement-edited: <choose>"]);
  });
});

test("a slot decides about the gateway's own, not a name that it might share", () => {
  const theirs = statement("route", '<set-header name="X-Route" />', PolicySlot.USER);
  const document = PolicyDocument.fromXml(PolicyDocument.fromXml(TEXT).merge(PolicyDocument._of(theirs)).toXml());
  expect(
    kinds(withGateway(document, { ...GATEWAY, backendId: "stock" })).filter((kind) => kind === "route"),
  ).toHaveLength(2);
});
