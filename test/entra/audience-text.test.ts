import { AUDIENCE, isManagementAudience, URI } from "../../lib/entra/audience-text";

describe("Azure Resource Manager and Microsoft Graph are known in every cloud", () => {
  const HOSTS = [
    ...["management.azure.com", "management.core.windows.net", "graph.microsoft.com", "graph.windows.net"],
    ...["management.usgovcloudapi.net", "management.core.usgovcloudapi.net", "graph.microsoftazure.us"],
    ...["graph.microsoft.us", "dod-graph.microsoft.us"],
    ...["management.chinacloudapi.cn", "management.core.chinacloudapi.cn"],
    ...["microsoftgraph.chinacloudapi.cn", "graph.chinacloudapi.cn"],
    ...["management.microsoftazure.de", "management.core.cloudapi.de", "graph.microsoft.de", "graph.cloudapi.de"],
  ];

  test.each(HOSTS)("%s", (host) => {
    const written = [
      ...[host, `https://${host}`, `http://${host}`, `api://${host}`, `HTTPS://${host.toUpperCase()}`],
      ...[`https://${host}.`, `https://${host}..`, `https://${host}:443`, `https://${host}:`, `https://${host}.:8443/`],
      ...[`https://${host}/`, `https://${host}/v1.0/.default`, `https://${host}?a=b`, `https://${host}#a`],
      ...[`https://canary.${host}`, `https://a-1.b2.${host}`],
    ];
    expect(written.filter((audience) => !isManagementAudience(audience))).toEqual([]);

    const others = [
      ...[`https://evil${host}`, `https://-${host}`, `https://${host}.contoso.com`, `https://${host}x`],
      ...[`https://contoso.com/${host}`, `https://a/${host}`, `https://a@${host}`, `https://.${host}`],
      ...[`ftp://${host}`, `xhttps://${host}`, `https://https://${host}`, `https:/${host}`, `https:${host}`],
      ...[`https://${host}:a`, `https://${host}:44x`, `https://${host} `, `https://${host}x/`, ` ${host}`],
      ...[...host.matchAll(/[.]/g)].map(({ index }) => `https://${host.slice(0, index)}x${host.slice(index + 1)}`),
    ];
    expect(others.filter(isManagementAudience)).toEqual([]);
  });

  test.each([
    ["Azure Resource Manager", "797f4846-ba00-4fd7-ba43-dac1f8f63013"],
    ["Microsoft Graph", "00000003-0000-0000-C000-000000000000"],
    ["Azure AD Graph", "00000002-0000-0000-c000-000000000000"],
  ])("%s by its client ID", (_, id) => {
    const written = [id, id.toUpperCase(), `api://${id}`, `api://${id}/`, `${id}/.default`];
    expect(written.filter((audience) => !isManagementAudience(audience))).toEqual([]);

    const others = [`0${id}`, `${id}0`, `https://${id}`, `xapi://${id}`, `api:/${id}`, `api://a/${id}`, `${id}?a`];
    expect(others.filter(isManagementAudience)).toEqual([]);
  });
});

describe("the form of", () => {
  const ID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
  const URIS = [
    ...["api://orders", `api://${ID}/orders.read`, "api://A~b_c:d%20/e-f", "https://contoso.com"],
    ...["https://orders-1.Contoso.com", "https://contoso.com:8443", "https://contoso.com/", "https://contoso.com:443/"],
    ...["https://contoso.com/a/B_c.d~e:f%20-9", "https://contoso"],
  ];
  const OTHERS = [
    ...["", " ", "orders", "*", "api://", "api:/orders", "api:orders", "https://", "https:/contoso.com", "HTTPS://a"],
    ...["http://contoso.com", "urn:orders", "xapi://orders", "xhttps://contoso.com", "https:///a", "https://a:/b"],
    ...["https://a:b", "https://a:80b", "https://a?b", "https://a#b", "https://a/b?c", "https://a/b c", "https://a@b"],
    ...["api://a b", "api://a?b", "api://@(x)", 'api://a"', "api://a<", "https://a\n", "api://a\n", "https://a_b"],
  ];

  test("an application ID URI", () => {
    expect(URIS.filter((uri) => !URI.test(uri))).toEqual([]);
    expect([...OTHERS, ID].filter((uri) => URI.test(uri))).toEqual([]);
  });

  test("an audience, which is a client ID or an application ID URI", () => {
    expect([...URIS, ID, ID.toUpperCase()].filter((audience) => !AUDIENCE.test(audience))).toEqual([]);
    const others = [`${ID}0`, `0${ID}`, `${ID}/a`, `{${ID}}`];
    const wrong = OTHERS.filter((other) => other !== "HTTPS://a");
    expect([...wrong, ...others].filter((audience) => AUDIENCE.test(audience))).toEqual([]);
  });
});
