import { App, Fn, TerraformOutput, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { PolicySection } from "../../../lib/policy/policy-statement";
import { PolicyStatement } from "../../../lib/policy/policy-statements";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { IpFilterAction } from "../../../lib/policy/statements/ip-filter";
import { xmlOf } from "./read";

const HARMLESS = '\\"^(?:[^@{}[:cntrl:]]|@+[^@({}[:cntrl:]])*$\\"';

/** Statements are written from a variable of Terraform; what stands in Terraform's JSON comes back. */
function rendered(write: (value: TerraformVariable) => string): string {
  const stack = new TerraformStack(new App(), "stack");
  const variable = new TerraformVariable(stack, "v", {});
  new TerraformOutput(stack, "xml", { value: write(variable) });
  return JSON.parse(Testing.synth(stack)).output.xml.value;
}

const checked = `regex(${HARMLESS.replace(/\\"/g, '"')}, var.v)`;
const asText = `replace(replace(replace(${checked}, "&", "&amp;"), "<", "&lt;"), ">", "&gt;")`;
const asAttribute = `replace(${asText}, "\\"", "&quot;")`;

it("Terraform escapes its values in the text of an element, and refuses code and named values", () => {
  const xml = rendered((v) =>
    xmlOf(PolicyStatement.setHeader("X-Host", PolicyValue.literal(`https://${v.stringValue}/a&b`))),
  );
  expect(xml).toBe(
    `<set-header name="X-Host" exists-action="override">\n  <value>https://\${${asText}}/a&amp;b</value>\n</set-header>`,
  );
});

it("Terraform escapes its values in an attribute, quotes included", () => {
  const xml = rendered((v) => xmlOf(PolicyStatement.rewriteUri(PolicyValue.literal(`/${v.stringValue}`))));
  expect(xml).toBe(`<rewrite-uri template="/\${${asAttribute}}" copy-unmatched-params="true" />`);
});

it("Terraform escapes its values in XML that the user wrote", () => {
  const xml = rendered((v) =>
    xmlOf(PolicyStatement.raw(PolicySection.INBOUND, `<set-status code="418" reason="${v.stringValue}" />`)),
  );
  expect(xml).toBe(`<set-status code="418" reason="\${${asAttribute}}" />`);
});

it("ids, names and numbers of Terraform stand as they are, and keep the order of creation", () => {
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
    .toBe(`<validate-azure-ad-token tenant-id="\${var.v}" header-name="Authorization" failed-validation-httpcode="401" output-token-variable-name="caller-token">
  <client-application-ids>
    <application-id>\${var.v}</application-id>
  </client-application-ids>
</validate-azure-ad-token>
<include-fragment fragment-id="\${var.v}" />
<set-header name="X-Key" exists-action="override">
  <value>{{\${var.v}}}</value>
</set-header>
<ip-filter action="allow">
  <address>\${var.v}</address>
</ip-filter>
<rate-limit calls="\${var.v}" renewal-period="60" />`);
});

describe("values of Terraform", () => {
  const token = Token.asString({ resolve: () => "x" });
  const tenantId = "contoso.com";

  it.each([`@${token}`, `{${token}{`, `}${token}}`])("may not complete code or a named value: %p", (text) => {
    expect(() => PolicyValue.literal(text)).toThrow(
      new Error(
        'PolicyValue.literal: the text puts a value that only Terraform knows beside "@", "{" or "}", which together may become ' +
          "code or a named value. Write another character between them, or the value alone.",
      ),
    );
  });

  it("may not be the name of a named value in a text", () => {
    expect(() => PolicyValue.literal(`{{${token}}}`)).toThrow(
      new Error(
        `PolicyValue.literal: the text "{{${token}}}" has "{{" or "}}" in it, which API Management replaces by a named value. ` +
          `If a named value is meant, write PolicyValue.namedValue("name"). Otherwise write another text.`,
      ),
    );
  });

  it("may not become code", () => {
    expect(() => PolicyValue.expression(`context.Api.Id == "${token}"`)).toThrow(
      new Error(
        "PolicyValue.expression: the C# has a value in it that only Terraform knows, and that could change what the code means. " +
          'Put it into a named value, and write its name into the C#: "{{name}}" where a string is due.',
      ),
    );
  });

  it("may not be names that stand in code or in HTTP", () => {
    expect(() => PolicyStatement.setHeader(token, PolicyValue.literal("a"))).toThrow(
      new Error(
        "PolicyStatement.setHeader: the header name is a value that only Terraform knows, but it is needed while the policy is " +
          "written. Write the text itself, not a variable or an attribute of a resource.",
      ),
    );
  });

  it("may not be a list, whose length nobody knows", () => {
    const audiences = Token.asList({ resolve: () => ["a"] });
    expect(() => PolicyStatement.requireEntraToken({ tenantId, audiences })).toThrow(
      new Error(
        "PolicyStatement.requireEntraToken: audiences is a list that only Terraform knows, but each entry is written into the " +
          'policy. Write the list itself, whose entries may be values of Terraform: ["...", "..."].',
      ),
    );
  });

  it("may be an entry of a list, taken by Terraform", () => {
    const list = Token.asList({ resolve: () => ["a"] });
    expect(() => PolicyValue.literal(`a ${list[0]}`)).toThrow(
      new Error(
        "PolicyValue.literal: the text has an entry of a list in it that only Terraform knows, and that cdktf cannot write. " +
          "Write Fn.element(list, 0) in place of list[0].",
      ),
    );
    expect(() => PolicyValue.literal(`a ${Token.asString(Fn.element(list, 0))}`)).not.toThrow();
  });

  describe("bring nothing unchecked with them", () => {
    const evil = `${token}" require-scheme="x`;
    const { requireEntraToken, ipFilter, includeFragment } = PolicyStatement;
    const ALLOW = { action: IpFilterAction.ALLOW };
    const REFUSED = "is refused by API Management. Write one of";

    it.each<[string, () => unknown, string]>([
      [
        "a tenant",
        () => requireEntraToken({ tenantId: evil, audiences: ["a"] }),
        `PolicyStatement.requireEntraToken: tenantId is "${evil}", which does not name one tenant. ` +
          `Write its GUID, or a domain of it such as "contoso.onmicrosoft.com".`,
      ],
      [
        "a client id",
        () => requireEntraToken({ tenantId, clientIds: [evil] }),
        `PolicyStatement.requireEntraToken: clientIds has "${evil}", which is no GUID. ` +
          `Write one such as "00000000-0000-0000-0000-000000000000".`,
      ],
      [
        "an address",
        () => ipFilter({ ...ALLOW, addresses: [evil] }),
        `PolicyStatement.ipFilter: "${evil}" is no IP address. Write one such as "13.66.201.169"; ` +
          `for a network, addressRanges: [{ from: "13.66.140.128", to: "13.66.140.143" }].`,
      ],
      [
        "a fragment",
        () => includeFragment(evil),
        `PolicyStatement.includeFragment: the fragment id "${evil}" ${REFUSED} 1 to 80 letters, digits and, not at either end, _ and -.`,
      ],
      [
        "a named value",
        () => PolicyValue.namedValue(`${token}}}@(x)`),
        `PolicyValue.namedValue: the name of a named value "${token}}}@(x)" ${REFUSED} 1 to 256 letters, digits and _ . -.`,
      ],
    ])("into the name of %s", (_, write, message) => {
      expect(write).toThrow(new Error(message));
    });

    it("where the rest fits, they may be a part", () => {
      const domain = requireEntraToken({ tenantId: `${token}.onmicrosoft.com`, audiences: ["a"] });
      expect(xmlOf(domain)).toContain(`tenant-id="${token}.onmicrosoft.com"`);
      expect(xmlOf(ipFilter({ ...ALLOW, addresses: [`10.0.${token}.1`] }))).toContain(`>10.0.${token}.1<`);
      expect(xmlOf(includeFragment(`checks-${token}`))).toContain(`"checks-${token}"`);
      const named = PolicyStatement.setHeader("X", PolicyValue.namedValue(`key-${token}`));
      expect(xmlOf(named)).toContain(`>{{key-${token}}}<`);
    });
  });

  it("may be a part of an address whose scheme is known", () => {
    const audiences = ["a"];
    const openIdConfigUrl = `https://${token}/.well-known/openid-configuration`;
    expect(() => PolicyStatement.requireJwt({ openIdConfigUrl, audiences })).not.toThrow();
    expect(() => PolicyStatement.requireJwt({ openIdConfigUrl: token, audiences })).toThrow(
      new Error(
        `PolicyStatement.requireJwt: openIdConfigUrl is "${token}", but the keys that tokens are checked with must come over ` +
          `HTTPS. Write an address such as "https://login.microsoftonline.com/<tenant id>/v2.0/.well-known/openid-configuration".`,
      ),
    );
  });

  it.each([`https://${token}`, token])("may be an origin of cors: %p", (origin) => {
    expect(() => PolicyStatement.cors({ allowedOrigins: [origin] })).not.toThrow();
  });
});
