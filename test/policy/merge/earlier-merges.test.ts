import { ConflictResolution } from "../../../lib/policy/conflict-resolution";
import { withGateway } from "../../../lib/policy/gateway/gateway-policy";
import { PolicyDocument } from "../../../lib/policy/policy-document";
import { PolicySection, PolicySlot, StatementConfig } from "../../../lib/policy/statement";
import { BranchCondition } from "../../../lib/policy/branch-condition";
import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { IpFilterAction } from "../../../lib/policy/statements/ip-filter";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { allElements, attributeOf } from "../../../lib/policy/syntax/source-tree";
import { statement } from "../statements";

const GUID = "11111111-2222-3333-4444-555555555555";
const TEXT =
  "<policies>\n  <inbound>\n    <base />\n  </inbound>\n  <backend>\n    <base />\n  </backend>\n</policies>";
const GATEWAY = { tokenResource: GUID, subscriptionKeyNames: { header: "X-Key", query: "key" } };

const { rateLimit, requireEntraToken, requireJwt, ipFilter, setHeader, raw } = PolicyStatement;
const TOKEN = requireEntraToken({ tenantId: GUID, audiences: [GUID], clientIds: [GUID] });
const OFFICE = ipFilter({ action: IpFilterAction.ALLOW, addresses: ["10.0.0.1"] });
const HOME = ipFilter({ action: IpFilterAction.FORBID, addresses: ["10.0.0.2"] });
const jwtIn = (headerName: string): PolicyStatement =>
  requireJwt({
    openIdConfigUrl: `https://${headerName}/.well-known/openid-configuration`,
    audiences: [GUID],
    headerName,
    tokenVariableName: `token-${headerName}`,
  });
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
