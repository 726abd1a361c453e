import { PolicyStatement } from "../../../lib/policy/policy-statements";
import { IpFilterAction } from "../../../lib/policy/statements/ip-filter";

const APP = "https://app.contoso.com";

describe("cors", () => {
  it("lets pages of the origin use the methods of the API", () => {
    expect(PolicyStatement.cors({ allowedOrigins: [APP] }).render()).toEqual({
      section: "inbound",
      slot: "cors",
      kind: "cors",
      xml: `<cors allow-credentials="false" terminate-unmatched-request="false">
  <allowed-origins>
    <origin>${APP}</origin>
  </allowed-origins>
  <allowed-methods>
    <method>GET</method>
    <method>HEAD</method>
    <method>POST</method>
    <method>PUT</method>
    <method>PATCH</method>
    <method>DELETE</method>
  </allowed-methods>
  <allowed-headers>
    <header>Authorization</header>
    <header>Content-Type</header>
    <header>Ocp-Apim-Subscription-Key</header>
  </allowed-headers>
</cors>`,
    });
  });

  it("writes every option", () => {
    const statement = PolicyStatement.cors({
      allowedOrigins: [APP, "http://localhost:8080", "http://[::1]:3000"],
      allowedMethods: ["GET", "POST"],
      allowedHeaders: ["*"],
      exposeHeaders: ["X-Total"],
      allowCredentials: true,
      preflightMaxAgeSeconds: 300,
      terminateUnmatchedRequest: true,
    });
    expect(statement.render().xml).toBe(`<cors allow-credentials="true" terminate-unmatched-request="true">
  <allowed-origins>
    <origin>${APP}</origin>
    <origin>http://localhost:8080</origin>
    <origin>http://[::1]:3000</origin>
  </allowed-origins>
  <allowed-methods preflight-result-max-age="300">
    <method>GET</method>
    <method>POST</method>
  </allowed-methods>
  <allowed-headers>
    <header>*</header>
  </allowed-headers>
  <expose-headers>
    <header>X-Total</header>
  </expose-headers>
</cors>`);
  });

  it("may let in every origin", () => {
    expect(PolicyStatement.cors({ allowedOrigins: ["*"] }).render().xml).toContain("<origin>*</origin>");
  });

  it.each([`${APP}/`, "app.contoso.com", "https://*.contoso.com", "null", "https://a b", "https://${app}"])(
    "refuses the origin %p, which no browser sends",
    (origin) => {
      expect(() => PolicyStatement.cors({ allowedOrigins: [origin] })).toThrow(
        new Error(
          `PolicyStatement.cors: allowedOrigins has "${origin}", which no browser sends. Write scheme, host and, where it is ` +
            `not the usual one, port: "https://app.contoso.com". Or "*" alone, for all.`,
        ),
      );
    },
  );

  it("refuses to let every site act as its visitor", () => {
    expect(() => PolicyStatement.cors({ allowedOrigins: ["*"], allowCredentials: true })).toThrow(
      new Error(
        'PolicyStatement.cors: allowCredentials is true while allowedOrigins has "*": any site could act as its visitor. ' +
          'Write the origins that may: allowedOrigins: ["https://app.contoso.com"].',
      ),
    );
  });

  it("refuses all origins beside one", () => {
    expect(() => PolicyStatement.cors({ allowedOrigins: [APP, "*"] })).toThrow(
      new Error(
        'PolicyStatement.cors: allowedOrigins has "*", which no browser sends. Write scheme, host and, where it is ' +
          'not the usual one, port: "https://app.contoso.com". Or "*" alone, for all.',
      ),
    );
  });

  it.each([
    ["allowedOrigins", { allowedOrigins: [] }, '["https://app.contoso.com"]'],
    ["allowedMethods", { allowedOrigins: [APP], allowedMethods: [] }, '["GET"]'],
    ["allowedHeaders", { allowedOrigins: [APP], allowedHeaders: [] }, '["Content-Type"]'],
    ["exposeHeaders", { allowedOrigins: [APP], exposeHeaders: [] }, '["Content-Type"]'],
  ])("refuses an empty list of %s", (name, props, example) => {
    expect(() => PolicyStatement.cors(props)).toThrow(
      new Error(
        `PolicyStatement.cors: ${name} is empty, and API Management needs one entry at least. Write ${name}: ${example}.`,
      ),
    );
  });

  it("refuses a method that is none", () => {
    expect(() => PolicyStatement.cors({ allowedOrigins: [APP], allowedMethods: ["get"] })).toThrow(
      new Error(
        'PolicyStatement.cors: allowedMethods has "get", which is no HTTP method. Write it in capital letters, such as "GET", or "*".',
      ),
    );
  });
});

describe("ipFilter", () => {
  it("lets in addresses and ranges", () => {
    const statement = PolicyStatement.ipFilter({
      action: IpFilterAction.ALLOW,
      addresses: ["13.66.201.169", "2001:db8::1"],
      addressRanges: [{ first: "13.66.140.128", last: "13.66.140.143" }],
    });
    expect(statement.render()).toEqual({
      section: "inbound",
      slot: "validation",
      kind: "ip-filter",
      xml: `<ip-filter action="allow">
  <address>13.66.201.169</address>
  <address>2001:db8::1</address>
  <address-range from="13.66.140.128" to="13.66.140.143" />
</ip-filter>`,
    });
  });

  it("keeps out addresses", () => {
    const props = { action: IpFilterAction.FORBID, addresses: ["13.66.201.169"] };
    expect(PolicyStatement.ipFilter(props).render().xml).toBe(
      '<ip-filter action="forbid">\n  <address>13.66.201.169</address>\n</ip-filter>',
    );
  });

  it("refuses a filter without addresses", () => {
    expect(() => PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW })).toThrow(
      new Error(
        "PolicyStatement.ipFilter: addresses is empty, and API Management needs one entry at least. " +
          'Write addresses: ["13.66.201.169"].',
      ),
    );
  });

  it("refuses a network, and says how to write it", () => {
    expect(() => PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW, addresses: ["13.66.140.128/28"] })).toThrow(
      new Error(
        'PolicyStatement.ipFilter: "13.66.140.128/28" is no IP address. Write one such as "13.66.201.169"; ' +
          'for a network, addressRanges: [{ from: "13.66.140.128", to: "13.66.140.143" }].',
      ),
    );
  });

  it.each([
    ["10.0.0.9", "10.0.0.1"],
    ["10.0.0.1", "2001:db8::1"],
  ])("refuses the range from %p to %p", (first, last) => {
    expect(() => PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW, addressRanges: [{ first, last }] })).toThrow(
      new Error(
        `PolicyStatement.ipFilter: the range from "${first}" to "${last}" holds no address. ` +
          `Write the lower address first, both of the same kind.`,
      ),
    );
  });
});
