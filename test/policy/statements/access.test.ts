import { Token } from "cdktf";
import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { IpFilterAction } from "../../../lib/policy/statements/ip-filter";
import { refusal } from "../../helpers/refusal";

const APP = "https://app.contoso.com";

/** What is written in Terraform's syntax, as cdktf hands it out. */
const asToken = (value: string): string =>
  value.startsWith("${") ? Token.asString({ resolve: () => value, creationStack: [], toString: () => value }) : value;

describe("cors", () => {
  it("lets pages of the origin use the methods of the API", () => {
    expect(PolicyStatement.cors({ allowedOrigins: [APP] })._config).toEqual({
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
    expect(statement._config.xml).toBe(`<cors allow-credentials="true" terminate-unmatched-request="true">
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
    expect(PolicyStatement.cors({ allowedOrigins: ["*"] })._config.xml).toContain("<origin>*</origin>");
  });

  it.each([
    `${APP}/`,
    "Https://app.contoso.com",
    "app.contoso.com",
    "https://*.contoso.com",
    "null",
    "https://a b",
    "https://${app}",
  ])("refuses the origin %p, which no browser sends", (origin) => {
    expect(() => PolicyStatement.cors({ allowedOrigins: [origin] })).toThrow(
      refusal("invalid-cors-origin", "[PolicyStatement.cors]", `"${origin}"`, "https://app.contoso.com"),
    );
  });

  it("refuses to let every site act as its visitor", () => {
    expect(() => PolicyStatement.cors({ allowedOrigins: ["*"], allowCredentials: true })).toThrow(
      refusal("cors-credentials-for-all-origins", "[PolicyStatement.cors]", `allowedOrigins: ["${APP}"]`),
    );
  });

  it("refuses all origins beside one", () => {
    expect(() => PolicyStatement.cors({ allowedOrigins: [APP, "*"] })).toThrow(
      refusal("invalid-cors-origin", "[PolicyStatement.cors]", '"*"', "only entry"),
    );
  });

  it.each([
    ["allowedOrigins", { allowedOrigins: [] }, '["https://app.contoso.com"]'],
    ["allowedMethods", { allowedOrigins: [APP], allowedMethods: [] }, '["GET"]'],
    ["allowedHeaders", { allowedOrigins: [APP], allowedHeaders: [] }, '["Content-Type"]'],
    ["exposeHeaders", { allowedOrigins: [APP], exposeHeaders: [] }, '["Content-Type"]'],
  ])("refuses an empty list of %s", (name, props, example) => {
    expect(() => PolicyStatement.cors(props)).toThrow(
      refusal("empty-list-in-policy", "[PolicyStatement.cors]", `${name}: ${example}`),
    );
  });

  it("may allow every method", () => {
    const { xml } = PolicyStatement.cors({ allowedOrigins: [APP], allowedMethods: ["*"] })._config;
    expect(xml).toContain("<method>*</method>");
  });

  it.each(["allowedHeaders", "exposeHeaders"])("refuses in %s a header that HTTP would refuse", (list) => {
    expect(() => PolicyStatement.cors({ allowedOrigins: [APP], [list]: ["*", "X Total"] })).toThrow(
      refusal("invalid-policy-name", "[PolicyStatement.cors]", 'header name "X Total"'),
    );
  });

  it.each(["get", "aGET", "GETa", "GET, POST"])("refuses the method %p, which is none", (method) => {
    expect(() => PolicyStatement.cors({ allowedOrigins: [APP], allowedMethods: [method] })).toThrow(
      refusal("invalid-cors-method", "[PolicyStatement.cors]", `"${method}"`, '"GET"'),
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
    expect(statement._config).toEqual({
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
    expect(PolicyStatement.ipFilter(props)._config.xml).toBe(
      '<ip-filter action="forbid">\n  <address>13.66.201.169</address>\n</ip-filter>',
    );
  });

  it("refuses a filter without addresses", () => {
    expect(() => PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW })).toThrow(
      refusal("ip-filter-without-addresses", "[PolicyStatement.ipFilter]", 'addresses: ["13.66.201.169"]'),
    );
  });

  it("refuses a network, and says how to write it", () => {
    expect(() => PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW, addresses: ["13.66.140.128/28"] })).toThrow(
      refusal(
        "invalid-ip-address",
        "[PolicyStatement.ipFilter]",
        '"13.66.140.128/28"',
        'addressRanges: [{ first: "13.66.140.128", last: "13.66.140.143" }]',
      ),
    );
  });

  it.each(["", "13.66.201", "13.66.201.256", "2001:db8::1::", "fe80::1%eth0"])(
    "refuses %p, which is the address of no caller",
    (address) => {
      expect(() => PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW, addresses: [address] })).toThrow(
        refusal("invalid-ip-address", "[PolicyStatement.ipFilter]", `"${address}"`),
      );
    },
  );

  it.each(["::1", "::ffff:13.66.201.169", "2001:DB8::1"])("takes the address %p", (address) => {
    const { xml } = PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW, addresses: [address] })._config;
    expect(xml).toBe(`<ip-filter action="allow">\n  <address>${address}</address>\n</ip-filter>`);
  });

  it.each([
    ["10.0.0.1", "10.0.0.1"],
    ["2001:db8::1", "2001:db8::ff"],
  ])("takes the range from %p to %p", (first, last) => {
    expect(
      PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW, addressRanges: [{ first, last }] })._config.xml,
    ).toBe(`<ip-filter action="allow">\n  <address-range from="${first}" to="${last}" />\n</ip-filter>`);
  });

  it.each([
    ["10.0.0.9", "10.0.0.1"],
    ["2001:db8::2", "2001:db8::1"],
    ["10.0.0.1", "2001:db8::1"],
    ["2001:db8::1", "10.0.0.1"],
  ])("refuses the range from %p to %p", (first, last) => {
    expect(() => PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW, addressRanges: [{ first, last }] })).toThrow(
      refusal("invalid-ip-range", "[PolicyStatement.ipFilter]", `from "${first}" to "${last}"`),
    );
  });

  it.each([
    ["10.0.0.9", "${var.last}"],
    ["${var.first}", "10.0.0.1"],
    ["${var.first}", "${var.last}"],
  ])("leaves to Terraform the range from %p to %p", (first, last) => {
    const range = { first: asToken(first), last: asToken(last) };
    expect(() => PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW, addressRanges: [range] })).not.toThrow();
  });

  it.each(["not-a-list", "wrong-value"])("says how to write a range that is none: %s", (id) => {
    const addressRanges = id === "not-a-list" ? { first: "10.0.0.1", last: "10.0.0.9" } : ["10.0.0.1"];
    const props = { action: IpFilterAction.ALLOW, addressRanges: addressRanges as never };
    expect(() => PolicyStatement.ipFilter(props)).toThrow(
      refusal(id, "[PolicyStatement.ipFilter]", "addressRanges: [{ first: "),
    );
  });
});
