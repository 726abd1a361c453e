import { App, Fn, Lazy, TerraformOutput, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { PolicySection } from "../../../lib/policy/statement";
import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { IpFilterAction } from "../../../lib/policy/statements/ip-filter";
import { xmlOf } from "./read";
import { refusal } from "../../helpers/refusal";

/** Statements are written from a variable of Terraform; what stands in Terraform's JSON comes back. */
function rendered(write: (value: TerraformVariable) => string): string {
  const stack = new TerraformStack(new App(), "stack");
  const variable = new TerraformVariable(stack, "v", {});
  new TerraformOutput(stack, "xml", { value: write(variable) });
  return JSON.parse(Testing.synth(stack)).output.xml.value;
}

const part = 'regex("^(?:[^@{}[:cntrl:]]|@+[^@({}[:cntrl:]])*$", var.v)';
const whole = part.replace("(?:", "(?:[^ @{}[:cntrl:]]|@+[^@({}[:cntrl:]])(?:");
const asText = (checked: string): string =>
  `replace(replace(replace(${checked}, "&", "&amp;"), "<", "&lt;"), ">", "&gt;")`;
const asAttribute = (checked: string): string => `replace(${asText(checked)}, "\\"", "&quot;")`;

it("Terraform escapes its values in the text of an element, and refuses code and named values", () => {
  const xml = rendered((v) =>
    xmlOf(PolicyStatement.setHeader("X-Host", PolicyValue.literal(`https://${v.stringValue}/a&b`))),
  );
  expect(xml).toBe(
    `<set-header name="X-Host" exists-action="override">\n  <value>https://\${${asText(part)}}/a&amp;b</value>\n</set-header>`,
  );
});

it("Terraform escapes its values in an attribute, quotes included", () => {
  const xml = rendered((v) => xmlOf(PolicyStatement.rewriteUri(PolicyValue.literal(`/${v.stringValue}`))));
  expect(xml).toBe(`<rewrite-uri template="/\${${asAttribute(part)}}" copy-unmatched-params="true" />`);
});

it("Terraform escapes its values in XML that the user wrote", () => {
  const xml = rendered((v) =>
    xmlOf(PolicyStatement.raw(PolicySection.INBOUND, `<set-status code="418" reason="${v.stringValue}" />`)),
  );
  expect(xml).toBe(`<set-status code="418" reason="\${replace(${asAttribute(whole)}, "'", "&apos;")}" />`);
});

it.each([
  ["<trace>%</trace>", whole],
  ["<trace>\n%</trace>", part],
  ["<trace>a%</trace>", part],
  ["<trace>%a</trace>", part],
  ["<trace source='%' />", whole],
  ["<trace source='%a' />", part],
  ['<trace source="a%" />', part],
  ["<trace>%<a /></trace>", whole],
])("a value in XML that the user wrote may be empty only beside other text: %j", (text, checked) => {
  const xml = rendered((v) => xmlOf(PolicyStatement.raw(PolicySection.INBOUND, text.replace("%", v.stringValue))));
  expect(xml).toBe(text.replace("%", () => `\${replace(${asAttribute(checked)}, "'", "&apos;")}`));
});

it.each([
  [`<trace source='@("%")' />`, "1:8"],
  ['<trace><message>a</message><message>@{\n return "%"; }</message></trace>', "1:37"],
  ['<trace>\n  <message><![CDATA[@("%")]]></message></trace>', "2:12"],
])("Terraform can write no value into the C# of a user: %j", (text, place) => {
  const { stringValue } = new TerraformVariable(new TerraformStack(new App(), "stack"), "v", {});
  expect(() => PolicyStatement.raw(PolicySection.INBOUND, text.replace("%", stringValue))).toThrow(
    refusal("terraform-value-in-code", `[PolicyStatement.raw] The C# at ${place} `, '"{{name}}"'),
  );
});

it("Terraform writes a value beside C#, and before it", () => {
  const xml = rendered((v) =>
    xmlOf(
      PolicyStatement.raw(
        PolicySection.INBOUND,
        `<trace source="@(1)" severity="${v.stringValue}"><message>${v.stringValue} @ (a)</message></trace>`,
      ),
    ),
  );
  expect(xml).toMatch(/^<trace source="@\(1\)" severity="\$\{replace\(.*\} @ \(a\)<\/message><\/trace>$/);
});

it("Terraform checks ids, names, addresses and numbers, which need no escaping, and keeps the order of creation", () => {
  const xml = rendered((v) =>
    [
      PolicyStatement.requireEntraToken({ tenantId: v.stringValue, clientIds: [v.stringValue] }),
      PolicyStatement.includeFragment(v.stringValue),
      PolicyStatement.setHeader("X-Key", PolicyValue.namedValue(v.stringValue)),
      PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW, addresses: [v.stringValue] }),
      PolicyStatement.rateLimit(v.numberValue, 60),
    ]
      .map(xmlOf)
      .join("\n"),
  );
  expect(xml)
    .toBe(`<validate-azure-ad-token tenant-id="\${regex("(?i)^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9-]+(?:[.][a-z0-9-]+)+)$", var.v)}" header-name="Authorization" failed-validation-httpcode="401" output-token-variable-name="caller-token">
  <client-application-ids>
    <application-id>\${regex("(?i)^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.v)}</application-id>
  </client-application-ids>
</validate-azure-ad-token>
<include-fragment fragment-id="\${regex("^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,78}[A-Za-z0-9])?$", var.v)}" />
<set-header name="X-Key" exists-action="override">
  <value>{{\${regex("^[A-Za-z0-9_.-]{1,256}$", var.v)}}}</value>
</set-header>
<ip-filter action="allow">
  <address>\${regex("^(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])[.]){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])$|^[0-9A-Fa-f]*:[0-9A-Fa-f:.]*$", var.v)}</address>
</ip-filter>
<rate-limit calls="\${regex("^[0-9]+$", var.v)}" renewal-period="60" />`);
});

it("Terraform checks no id that a resource gives", () => {
  const id = Lazy.stringValue({ produce: () => "${azuread_application.orders.client_id}" });
  const xml = rendered(() => xmlOf(PolicyStatement.requireEntraToken({ tenantId: "contoso.com", clientIds: [id] })));
  expect(xml).toContain("<application-id>${azuread_application.orders.client_id}</application-id>");
});

it("Terraform checks origins, which cannot be all, and the tenant among those of Entra ID", () => {
  const openIdConfigUrl = (value: string): string => `https://login.microsoftonline.com/${value}/keys`;
  const xml = rendered((v) =>
    [
      PolicyStatement.cors({ allowedOrigins: [v.stringValue] }),
      PolicyStatement.requireJwt({ openIdConfigUrl: openIdConfigUrl(v.stringValue), audiences: ["a"] }),
    ]
      .map(xmlOf)
      .join("\n"),
  );
  expect(xml).toContain(`<origin>\${regex("^[a-z][a-z0-9+.-]*:[/]{2}[A-Za-z0-9._-]+(?::[0-9]+)?$", var.v)}</origin>`);
  const tenant = "(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9-]+(?:[.][a-z0-9-]+)+)";
  const pattern = `(?i)^https:[/]{2}login[.]microsoftonline[.]com[/]${tenant}[/]keys$`;
  expect(xml).toContain(
    `<openid-config url="\${${asAttribute(`regex("${pattern}", "${openIdConfigUrl("${var.v}")}")`)}}" />`,
  );
});

describe("values of Terraform", () => {
  const token = Token.asString({ resolve: () => "x" });
  const tenantId = "contoso.com";

  it.each(["@%", "@%(a)", "@%{", "{%{", "}%}"])("may not complete code or a named value: %p", (text) => {
    const write = (): unknown => PolicyValue.literal(text.replace("%", token));
    expect(write).toThrow(refusal("terraform-value-beside-markup", "[PolicyValue.literal]"));
  });

  it.each(["% @", "@ % (a)", "a{%}", "%"])("may stand where they complete neither: %p", (text) => {
    expect(() => PolicyValue.literal(text.replace("%", token))).not.toThrow();
  });

  it("may not be the name of a named value in a text", () => {
    expect(() => PolicyValue.literal(`{{${token}}}`)).toThrow(
      refusal("named-value-in-literal", "[PolicyValue.literal]", `"{{${token}}}"`),
    );
  });

  it("may not become code", () => {
    expect(() => PolicyValue.expression(`context.Api.Id == "${token}"`)).toThrow(
      refusal("terraform-value-in-expression", "[PolicyValue.expression]", '"{{name}}"'),
    );
  });

  it("may not be names that stand in code or in HTTP", () => {
    expect(() => PolicyStatement.setHeader(token, PolicyValue.literal("a"))).toThrow(
      refusal("terraform-value-as-name", "[PolicyStatement.setHeader]", "header name"),
    );
  });

  it("may not be a list, whose length nobody knows", () => {
    const audiences = Token.asList({ resolve: () => ["a"] });
    expect(() => PolicyStatement.requireEntraToken({ tenantId, audiences })).toThrow(
      refusal("terraform-list-in-policy", "[PolicyStatement.requireEntraToken]", "audiences"),
    );
  });

  it("may be an entry of a list, taken by Terraform", () => {
    const list = Token.asList({ resolve: () => ["a"] });
    expect(() => PolicyValue.literal(`a ${list[0]}`)).toThrow(
      refusal("list-token-in-text", "[PolicyValue.literal]", "Fn.element(list, 0)"),
    );
    expect(() => PolicyValue.literal(`a ${Token.asString(Fn.element(list, 0))}`)).not.toThrow();
  });

  describe("bring nothing unchecked with them", () => {
    const evil = `${token}" require-scheme="x`;
    const { requireEntraToken, ipFilter, includeFragment } = PolicyStatement;
    const ALLOW = { action: IpFilterAction.ALLOW };
    const named = `${token}}}@(x)`;

    it.each<[string, () => unknown, id: string, call: string, value: string]>([
      [
        "a tenant",
        () => requireEntraToken({ tenantId: evil, audiences: ["a"] }),
        "not-one-tenant",
        "[PolicyStatement.requireEntraToken]",
        evil,
      ],
      [
        "a client id",
        () => requireEntraToken({ tenantId, clientIds: [evil] }),
        "not-a-guid",
        "[PolicyStatement.requireEntraToken]",
        evil,
      ],
      [
        "an address",
        () => ipFilter({ ...ALLOW, addresses: [evil] }),
        "invalid-ip-address",
        "[PolicyStatement.ipFilter]",
        evil,
      ],
      ["a fragment", () => includeFragment(evil), "invalid-policy-name", "[PolicyStatement.includeFragment]", evil],
      ["a named value", () => PolicyValue.namedValue(named), "invalid-policy-name", "[PolicyValue.namedValue]", named],
    ])("into the name of %s", (_, write, id, call, value) => {
      expect(write).toThrow(refusal(id, call, `"${value}"`));
    });

    it.each<[string, (value: string) => PolicyStatement]>([
      ["%.onmicrosoft.com", (domain) => requireEntraToken({ tenantId: domain, audiences: ["a"] })],
      ["10.0.%.1", (address) => ipFilter({ ...ALLOW, addresses: [address] })],
      ["checks-%", (id) => includeFragment(id)],
      ["key-%", (name) => PolicyStatement.setHeader("X", PolicyValue.namedValue(name))],
    ])("where the rest fits, they may be a part, and Terraform checks the whole: %p", (text, write) => {
      const xml = rendered((v) => xmlOf(write(text.replace("%", v.stringValue))));
      expect(xml).toContain(`, "${text.replace("%", "${var.v}")}")}`);
    });
  });

  it("may be a part of an address whose scheme is known", () => {
    const audiences = ["a"];
    const openIdConfigUrl = `https://${token}/.well-known/openid-configuration`;
    expect(() => PolicyStatement.requireJwt({ openIdConfigUrl, audiences })).not.toThrow();
    expect(() => PolicyStatement.requireJwt({ openIdConfigUrl: `https://${token}`, audiences })).not.toThrow();
    expect(() => PolicyStatement.requireJwt({ openIdConfigUrl: token, audiences })).toThrow(
      refusal("open-id-config-without-https", "[PolicyStatement.requireJwt]", `"${token}"`),
    );
  });

  it.each(["https://%", "%", "https://%.contoso.com:8080"])("may be an origin of cors: %p", (origin) => {
    expect(() => PolicyStatement.cors({ allowedOrigins: [origin.replace("%", token)] })).not.toThrow();
  });

  it.each(["Http%", "https:%", "%/"])("may not be an origin of cors with what no origin has: %p", (origin) => {
    expect(() => PolicyStatement.cors({ allowedOrigins: [origin.replace("%", token)] })).toThrow(
      refusal("invalid-cors-origin", "[PolicyStatement.cors]"),
    );
  });
});
