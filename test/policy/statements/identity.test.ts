import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { AzureCloud } from "../../../lib/azure/clouds/azure-cloud";
import { ClaimMatch } from "../../../lib/policy/statements/token-validation";
import { refusal } from "../../helpers/refusal";

const TENANT = "11111111-1111-1111-1111-111111111111";
const API = "22222222-2222-2222-2222-222222222222";
const CLIENT = "33333333-3333-3333-3333-333333333333";
const OPENID = `https://login.microsoftonline.com/${TENANT}/v2.0/.well-known/openid-configuration`;

describe("requireEntraToken", () => {
  it("needs the tenant and the audience alone", () => {
    expect(PolicyStatement.requireEntraToken({ tenantId: TENANT, audiences: [API] })._config).toEqual({
      section: "inbound",
      slot: "validation",
      kind: "require-entra-token",
      xml: `<validate-azure-ad-token tenant-id="${TENANT}" header-name="Authorization" failed-validation-httpcode="401" output-token-variable-name="caller-token">
  <audiences>
    <audience>${API}</audience>
  </audiences>
</validate-azure-ad-token>`,
    });
  });

  it("writes every option in the order that API Management documents", () => {
    const statement = PolicyStatement.requireEntraToken({
      tenantId: "contoso.onmicrosoft.com",
      clientIds: [CLIENT],
      audiences: [API, "api://orders"],
      requiredClaims: [
        { name: "roles", values: ["Orders.Read", "Orders.Write"], match: ClaimMatch.ANY },
        { name: "scp", values: ["orders"], separator: " " },
      ],
      tokenVariableName: "jwt",
      failureMessage: 'No "token" < here & now',
    });
    expect(statement._config.xml).toBe(
      `<validate-azure-ad-token tenant-id="contoso.onmicrosoft.com" header-name="Authorization" failed-validation-httpcode="401" failed-validation-error-message="No &quot;token&quot; &lt; here &amp; now" output-token-variable-name="jwt">
  <client-application-ids>
    <application-id>${CLIENT}</application-id>
  </client-application-ids>
  <audiences>
    <audience>${API}</audience>
    <audience>api://orders</audience>
  </audiences>
  <required-claims>
    <claim name="roles" match="any">
      <value>Orders.Read</value>
      <value>Orders.Write</value>
    </claim>
    <claim name="scp" match="all" separator=" ">
      <value>orders</value>
    </claim>
  </required-claims>
</validate-azure-ad-token>`,
    );
  });

  it("refuses to let in any token of the tenant", () => {
    const refused = refusal("no-audience-and-no-client", "[PolicyStatement.requireEntraToken]", "audiences: [...]");
    expect(() => PolicyStatement.requireEntraToken({ tenantId: TENANT })).toThrow(refused);
    expect(() => PolicyStatement.requireEntraToken({ tenantId: TENANT, audiences: [], clientIds: [] })).toThrow(
      refused,
    );
  });

  it.each(["common", "Organizations", "consumers"])(
    "refuses %p, and names what takes tokens of several tenants",
    (tenantId) => {
      expect(() => PolicyStatement.requireEntraToken({ tenantId, audiences: [API] })).toThrow(
        refusal(
          "entra-token-of-any-tenant",
          "[PolicyStatement.requireEntraToken]",
          `"${tenantId}"`,
          "PolicyStatement.requireJwt({ openIdConfigUrl: " +
            `"https://login.microsoftonline.com/${tenantId.toLowerCase()}/v2.0/.well-known/openid-configuration"`,
          'issuers: ["https://login.microsoftonline.com/<tenant id>/v2.0"]',
        ),
      );
    },
  );

  it.each(["common.contoso.com", "contoso.common"])("takes %p for the domain that it is", (tenantId) => {
    const { xml } = PolicyStatement.requireEntraToken({ tenantId, audiences: [API] })._config;
    expect(xml).toContain(` tenant-id="${tenantId}" `);
  });

  it("names the sign-in host of the cloud", () => {
    const props = { tenantId: TENANT, clientIds: [CLIENT], cloud: AzureCloud.US_GOVERNMENT };
    expect(PolicyStatement.requireEntraToken(props)._config.xml)
      .toBe(`<validate-azure-ad-token tenant-id="${TENANT}" header-name="Authorization" authentication-endpoint="https://login.microsoftonline.us" failed-validation-httpcode="401" output-token-variable-name="caller-token">
  <client-application-ids>
    <application-id>${CLIENT}</application-id>
  </client-application-ids>
</validate-azure-ad-token>`);
  });

  it.each([["usgovernment"], [{}]])("refuses the cloud %j, which is none", (cloud) => {
    expect(() =>
      PolicyStatement.requireEntraToken({ tenantId: TENANT, audiences: [API], cloud: cloud as never }),
    ).toThrow(refusal("wrong-value", "[PolicyStatement.requireEntraToken]", "cloud is", "cloud: AzureCloud.of(this)"));
  });

  it.each(["", "{{tenant}}", "${var.tenant}"])("refuses %p, which is not one tenant", (tenantId) => {
    expect(() => PolicyStatement.requireEntraToken({ tenantId, audiences: [API] })).toThrow(
      refusal("not-one-tenant", "[PolicyStatement.requireEntraToken]", `"${tenantId}"`),
    );
  });

  it("refuses a client id that is none", () => {
    expect(() => PolicyStatement.requireEntraToken({ tenantId: TENANT, clientIds: ["api://portal"] })).toThrow(
      refusal("not-a-guid", "[PolicyStatement.requireEntraToken]", '"api://portal" of clientIds'),
    );
  });

  it("refuses a required claim that requires nothing", () => {
    const props = { tenantId: TENANT, audiences: [API], requiredClaims: [{ name: "roles", values: [] }] };
    expect(() => PolicyStatement.requireEntraToken(props)).toThrow(
      refusal("claim-without-values", "[PolicyStatement.requireEntraToken]", '"roles"'),
    );
  });

  it("refuses one claim where a list is due", () => {
    const requiredClaims = { name: "roles", values: ["a"] } as never;
    expect(() => PolicyStatement.requireEntraToken({ tenantId: TENANT, audiences: [API], requiredClaims })).toThrow(
      refusal("not-a-list", "[PolicyStatement.requireEntraToken]", "requiredClaims"),
    );
  });

  it("refuses code where an audience is due", () => {
    expect(() => PolicyStatement.requireEntraToken({ tenantId: TENANT, audiences: ["@(context.Api.Id)"] })).toThrow(
      refusal(
        "code-in-literal",
        "[PolicyStatement.requireEntraToken]",
        'An entry of audiences "@(context.Api.Id)"',
        "PolicyStatement.raw(",
      ),
    );
  });

  it("refuses a variable name that would break the code it stands in", () => {
    const props = { tenantId: TENANT, audiences: [API], tokenVariableName: 'a"]' };
    expect(() => PolicyStatement.requireEntraToken(props)).toThrow(
      refusal("invalid-policy-name", "[PolicyStatement.requireEntraToken]", 'variable name "a"]"'),
    );
  });
});

describe("requireJwt", () => {
  it("writes its children in the order of API Management's schema", () => {
    const statement = PolicyStatement.requireJwt({
      openIdConfigUrl: `${OPENID}?a=1&b=2`,
      audiences: [API],
      issuers: [`https://login.microsoftonline.com/${TENANT}/v2.0`],
      requiredClaims: [{ name: "groups", values: ["finance"] }],
      clockSkewSeconds: 60,
      tokenVariableName: "jwt",
      failureMessage: "Sign in first",
    });
    expect(statement._config).toEqual({
      section: "inbound",
      slot: "validation",
      kind: "require-jwt",
      xml: `<validate-jwt header-name="Authorization" failed-validation-httpcode="401" failed-validation-error-message="Sign in first" require-scheme="Bearer" clock-skew="60" output-token-variable-name="jwt">
  <openid-config url="${OPENID}?a=1&amp;b=2" />
  <audiences>
    <audience>${API}</audience>
  </audiences>
  <issuers>
    <issuer>https://login.microsoftonline.com/${TENANT}/v2.0</issuer>
  </issuers>
  <required-claims>
    <claim name="groups" match="all">
      <value>finance</value>
    </claim>
  </required-claims>
</validate-jwt>`,
    });
  });

  it("takes the tokens of the listed tenants, whose keys all tenants share", () => {
    const issuers = [TENANT, CLIENT].map((tenant) => `https://login.microsoftonline.com/${tenant}/v2.0`);
    const openIdConfigUrl = "https://login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration";
    const { xml } = PolicyStatement.requireJwt({ openIdConfigUrl, audiences: [API], issuers })._config;
    expect(xml).toBe(
      `<validate-jwt header-name="Authorization" failed-validation-httpcode="401" require-scheme="Bearer" output-token-variable-name="caller-token">
  <openid-config url="${openIdConfigUrl}" />
  <audiences>
    <audience>${API}</audience>
  </audiences>
  <issuers>
    <issuer>${issuers[0]}</issuer>
    <issuer>${issuers[1]}</issuer>
  </issuers>
</validate-jwt>`,
    );
  });

  it.each([
    "https://login.microsoftonline.com/organizations/v2.0",
    "https://login.microsoftonline.com/{tenantid}/v2.0",
    "https://login.microsoftonline.com/Common",
    "https://login.microsoftonline.us:443/consumers/v2.0",
    "https://login.partner.microsoftonline.cn/common/v2.0",
    "https://sts.windows.net/common/",
  ])("refuses the issuer %s, which no token has", (issuer) => {
    expect(() => PolicyStatement.requireJwt({ openIdConfigUrl: OPENID, audiences: [API], issuers: [issuer] })).toThrow(
      refusal("issuer-of-any-tenant", "[PolicyStatement.requireJwt]", `"${issuer}"`, "/<tenant id>/v2.0"),
    );
  });

  it.each([
    "https://login.microsoftonline.com/commonwealth/v2.0",
    "https://login.microsoftonline.com/contoso/common",
    "https://login.contoso.com/common/v2.0",
    "https://login.contoso.com/https://login.microsoftonline.com/common",
  ])("takes the issuer %s, which a token can have", (issuer) => {
    const { xml } = PolicyStatement.requireJwt({
      openIdConfigUrl: OPENID,
      audiences: [API],
      issuers: [issuer],
    })._config;
    expect(xml).toContain(`<issuer>${issuer}</issuer>`);
  });

  it.each([
    "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration",
    "https://LOGIN.MICROSOFTONLINE.COM/Organizations",
    "https://login.microsoftonline.us/consumers/",
    "https://sts.windows.net:443/common/.well-known/openid-configuration",
  ])("refuses keys from %s, which are those of all tenants, without issuers", (openIdConfigUrl) => {
    for (const issuers of [undefined, null as never, []])
      expect(() => PolicyStatement.requireJwt({ openIdConfigUrl, audiences: [API], issuers })).toThrow(
        refusal("jwt-of-any-tenant", "[PolicyStatement.requireJwt]", `"${openIdConfigUrl}"`),
      );
  });

  it.each([
    "https://login.microsoftonline.com/commonwealth/v2.0",
    "https://login.microsoftonline.com/contoso.com/common",
    "https://login.contoso.com/common/.well-known/openid-configuration",
    "https://login.contoso.com/https://login.microsoftonline.com/common",
    "HTTPS://issuer.contoso.com",
  ])("takes keys from %s, which are those of one issuer", (openIdConfigUrl) => {
    const { xml } = PolicyStatement.requireJwt({ openIdConfigUrl, audiences: [API] })._config;
    expect(xml).toContain(`<openid-config url="${openIdConfigUrl}" />`);
  });

  it.each([
    ["a text", "https://issuer.contoso.com", "not-a-list"],
    ["a number in the list", [5], "not-a-string"],
  ])("refuses %s where issuers are due", (_, issuers, id) => {
    expect(() =>
      PolicyStatement.requireJwt({ openIdConfigUrl: OPENID, audiences: [API], issuers: issuers as never }),
    ).toThrow(refusal(id, "[PolicyStatement.requireJwt]", "issuers"));
  });

  it("asks for the scheme also where the header is written in lower case", () => {
    const props = { openIdConfigUrl: OPENID, audiences: [API], headerName: "authorization" };
    expect(PolicyStatement.requireJwt(props)._config.xml).toContain(
      '<validate-jwt header-name="authorization" failed-validation-httpcode="401" require-scheme="Bearer" ',
    );
  });

  it("asks for no scheme in a header of its own", () => {
    const props = { openIdConfigUrl: OPENID, audiences: [API], headerName: "X-Token" };
    expect(PolicyStatement.requireJwt(props)._config.xml).toBe(
      `<validate-jwt header-name="X-Token" failed-validation-httpcode="401" output-token-variable-name="caller-token">
  <openid-config url="${OPENID}" />
  <audiences>
    <audience>${API}</audience>
  </audiences>
</validate-jwt>`,
    );
  });

  it.each([
    "http://issuer.contoso.com",
    "http://issuer.contoso.com/https://login.contoso.com",
    "issuer.contoso.com",
    "https://",
    "https://a b",
    "https://issuer.contoso.com/a b",
    "https://issuer.contoso.com:port",
    "${var.issuer}",
  ])("refuses keys from %p", (openIdConfigUrl) => {
    expect(() => PolicyStatement.requireJwt({ openIdConfigUrl, audiences: [API] })).toThrow(
      refusal("open-id-config-without-https", "[PolicyStatement.requireJwt]", `"${openIdConfigUrl}"`),
    );
  });

  it("refuses to accept tokens for anybody", () => {
    expect(() => PolicyStatement.requireJwt({ openIdConfigUrl: OPENID, audiences: [] })).toThrow(
      refusal(
        "empty-list-in-policy",
        "[PolicyStatement.requireJwt]",
        'audiences: ["00000000-0000-0000-0000-000000000000"]',
      ),
    );
  });
});

describe("forwardCallerIdentity", () => {
  const claims = (variable: string) => `((Jwt)context.Variables["${variable}"]).Claims`;
  const golden = (variable: string) => `<set-header name="X-Caller-Object-Id" exists-action="override">
  <value>@(${claims(variable)}.GetValueOrDefault("oid", ""))</value>
</set-header>
<set-header name="X-Caller-Tenant-Id" exists-action="override">
  <value>@(${claims(variable)}.GetValueOrDefault("tid", ""))</value>
</set-header>
<set-header name="X-Caller-Client-Id" exists-action="override">
  <value>@(${claims(variable)}.GetValueOrDefault("azp", ${claims(variable)}.GetValueOrDefault("appid", "")))</value>
</set-header>
<set-header name="X-Caller-Subject" exists-action="override">
  <value>@(${claims(variable)}.GetValueOrDefault("sub", ""))</value>
</set-header>`;

  it("reads the token that requireEntraToken and requireJwt leave by default", () => {
    expect(PolicyStatement.forwardCallerIdentity()._config).toEqual({
      section: "inbound",
      slot: "caller-identity",
      kind: "forward-caller-identity",
      xml: golden("caller-token"),
    });
  });

  it("reads another variable where one is named", () => {
    expect(PolicyStatement.forwardCallerIdentity({ tokenVariableName: "jwt" })._config.xml).toBe(golden("jwt"));
  });

  it("refuses a variable name that would become code", () => {
    expect(() => PolicyStatement.forwardCallerIdentity({ tokenVariableName: 'x"].ToString()' })).toThrow(
      refusal("invalid-policy-name", "[PolicyStatement.forwardCallerIdentity]", 'variable name "x"].ToString()"'),
    );
  });
});
