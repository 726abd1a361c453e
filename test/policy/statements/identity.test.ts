import { PolicyStatement } from "../../../lib/policy/policy-statements";
import { ClaimMatch } from "../../../lib/policy/statements/required-claim";

const TENANT = "11111111-1111-1111-1111-111111111111";
const API = "22222222-2222-2222-2222-222222222222";
const CLIENT = "33333333-3333-3333-3333-333333333333";
const OPENID = `https://login.microsoftonline.com/${TENANT}/v2.0/.well-known/openid-configuration`;

describe("requireEntraToken", () => {
  it("needs the tenant and the audience alone", () => {
    expect(PolicyStatement.requireEntraToken({ tenantId: TENANT, audiences: [API] }).render()).toEqual({
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
    expect(statement.render().xml).toBe(
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
    const message =
      "PolicyStatement.requireEntraToken: neither audiences nor clientIds is given, so that any token of the tenant would do. " +
      "Write audiences: [...] with the ids of your API, or clientIds: [...] with those of the apps that may call it.";
    expect(() => PolicyStatement.requireEntraToken({ tenantId: TENANT })).toThrow(new Error(message));
    expect(() => PolicyStatement.requireEntraToken({ tenantId: TENANT, audiences: [], clientIds: [] })).toThrow(
      new Error(message),
    );
  });

  it.each(["common", "organizations", "", "{{tenant}}", "${var.tenant}"])(
    "refuses %p, which is not one tenant",
    (tenantId) => {
      expect(() => PolicyStatement.requireEntraToken({ tenantId, audiences: [API] })).toThrow(
        new Error(
          `PolicyStatement.requireEntraToken: tenantId is "${tenantId}", which does not name one tenant. ` +
            `Write its GUID, or a domain of it such as "contoso.onmicrosoft.com".`,
        ),
      );
    },
  );

  it("refuses a client id that is none", () => {
    expect(() => PolicyStatement.requireEntraToken({ tenantId: TENANT, clientIds: ["api://portal"] })).toThrow(
      new Error(
        'PolicyStatement.requireEntraToken: clientIds has "api://portal", which is no GUID. ' +
          'Write one such as "00000000-0000-0000-0000-000000000000".',
      ),
    );
  });

  it("refuses a required claim that requires nothing", () => {
    const props = { tenantId: TENANT, audiences: [API], requiredClaims: [{ name: "roles", values: [] }] };
    expect(() => PolicyStatement.requireEntraToken(props)).toThrow(
      new Error(
        'PolicyStatement.requireEntraToken: the required claim "roles" has no values, so that nothing is required. ' +
          'Write values: ["..."].',
      ),
    );
  });

  it("refuses code where an audience is due", () => {
    expect(() => PolicyStatement.requireEntraToken({ tenantId: TENANT, audiences: ["@(context.Api.Id)"] })).toThrow(
      new Error(
        'PolicyStatement.requireEntraToken: an entry of audiences "@(context.Api.Id)" has "@(" or "@{" in it, which API ' +
          "Management may run as code. Write another text, or the whole statement as XML: " +
          'PolicyStatement.raw(PolicySection.INBOUND, "...").',
      ),
    );
  });

  it("refuses a variable name that would break the code it stands in", () => {
    const props = { tenantId: TENANT, audiences: [API], tokenVariableName: 'a"]' };
    expect(() => PolicyStatement.requireEntraToken(props)).toThrow(
      new Error(
        'PolicyStatement.requireEntraToken: the variable name "a"]" is refused by API Management. ' +
          "Write one of letters, digits, _ and - after a letter.",
      ),
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
    expect(statement.render()).toEqual({
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

  it("asks for no scheme in a header of its own", () => {
    const props = { openIdConfigUrl: OPENID, audiences: [API], headerName: "X-Token" };
    expect(PolicyStatement.requireJwt(props).render().xml).toBe(
      `<validate-jwt header-name="X-Token" failed-validation-httpcode="401" output-token-variable-name="caller-token">
  <openid-config url="${OPENID}" />
  <audiences>
    <audience>${API}</audience>
  </audiences>
</validate-jwt>`,
    );
  });

  it.each(["http://issuer.contoso.com", "issuer.contoso.com", "https://", "https://a b", "${var.issuer}"])(
    "refuses keys from %p",
    (openIdConfigUrl) => {
      expect(() => PolicyStatement.requireJwt({ openIdConfigUrl, audiences: [API] })).toThrow(
        new Error(
          `PolicyStatement.requireJwt: openIdConfigUrl is "${openIdConfigUrl}", but the keys that tokens are checked with must ` +
            `come over HTTPS. Write an address such as ` +
            `"https://login.microsoftonline.com/<tenant id>/v2.0/.well-known/openid-configuration".`,
        ),
      );
    },
  );

  it("refuses to accept tokens for anybody", () => {
    expect(() => PolicyStatement.requireJwt({ openIdConfigUrl: OPENID, audiences: [] })).toThrow(
      new Error(
        "PolicyStatement.requireJwt: audiences is empty, and API Management needs one entry at least. " +
          'Write audiences: ["00000000-0000-0000-0000-000000000000"].',
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
    expect(PolicyStatement.forwardCallerIdentity().render()).toEqual({
      section: "inbound",
      slot: "caller-identity",
      kind: "forward-caller-identity",
      xml: golden("caller-token"),
    });
  });

  it("reads another variable where one is named", () => {
    expect(PolicyStatement.forwardCallerIdentity({ tokenVariableName: "jwt" }).render().xml).toBe(golden("jwt"));
  });

  it("refuses a variable name that would become code", () => {
    expect(() => PolicyStatement.forwardCallerIdentity({ tokenVariableName: 'x"].ToString()' })).toThrow(
      new Error(
        'PolicyStatement.forwardCallerIdentity: the variable name "x"].ToString()" is refused by API Management. ' +
          "Write one of letters, digits, _ and - after a letter.",
      ),
    );
  });
});
