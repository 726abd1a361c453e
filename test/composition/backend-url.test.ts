import { TerraformStack } from "cdktf";
import { ApimGateway, Audience, Backend, IApimGateway, SecureApimBackend } from "cdktf-secure-apim-backend";
import { Refusal, refusal } from "../helpers/refusal";
import { GROUP, messageOf, only, stackWithProviders, synth } from "../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
});

const call = (url: string) => (): unknown =>
  new SecureApimBackend(stack, "Orders", { gateway, backend: Backend.url(url, Audience.clientId(GUID)) });

describe("a backend URL that a token must not be sent to", () => {
  test.each([
    ["https:orders.contoso.com", "does not begin with https://"],
    ["https:/orders.contoso.com", "does not begin with https://"],
    [" https://orders.contoso.com", "does not begin with https://"],
    ["orders.contoso.com", "does not begin with https://"],
    ["http://orders.contoso.com", "has the scheme http,"],
    ["http://${var.host}/v1", "has the scheme http,"],
    ["https://o.contoso.com/?a=b", "has a query"],
    ["${var.address}/v1?code=1", "has a query"],
    ["https://o.contoso.com/#top", "has a fragment"],
    ["https://169.254.169.254/metadata", "is local to the gateway"],
    ["https://168.63.129.16", "is local to the gateway"],
    ["https://localhost:8443/v1", "is local to the gateway"],
    ["https://orders.contoso.com/x y", "contains characters"],
    ["https://orders.contoso.com/{{named}}", "contains characters"],
  ])("%s", (url, problem) => {
    const expected: Refusal = refusal("invalid-backend-url", "[app/Orders]", `"${url}" ${problem}`, "https://orders");
    expect(call(url)).toThrow(expected);
  });

  test.each([
    ["credentials behind a scheme that only Terraform knows", "${var.scheme}://me:hunter2@orders.contoso.com"],
    ["credentials, which are not shown again", "https://me:hunter2@orders.contoso.com"],
    ["credentials behind another scheme", "http://me:hunter2@orders.contoso.com"],
    ["credentials behind what is no scheme", "1://me:hunter2@orders.contoso.com"],
  ])("%s", (_, url) => {
    expect(call(url)).toThrow(refusal("credentials-in-backend-url", "[app/Orders]"));
    expect(messageOf(call(url))).not.toContain("hunter2");
  });
});

describe("a backend URL that a token may be sent to", () => {
  test.each([
    ["https://orders.contoso.com/", "https://orders.contoso.com"],
    ["https://orders.contoso.com/v1//", "https://orders.contoso.com/v1"],
    ["HTTPS://orders.contoso.com:8443/v1", "HTTPS://orders.contoso.com:8443/v1"],
    ["https://orders.contoso.com/to/ftp://me@there", "https://orders.contoso.com/to/ftp://me@there"],
  ])("%s is called as %s, and Terraform has nothing to check", (url, called) => {
    call(url)();
    const { url: rendered, tls, lifecycle } = only(synth(stack), "azurerm_api_management_backend");
    expect([rendered, Object.keys(lifecycle)]).toEqual([called, ["replace_triggered_by"]]);
    expect(tls).toEqual({ validate_certificate_chain: true, validate_certificate_name: true });
  });

  test("is all that the policy needs besides its API, where nobody gives the gateway access", () => {
    call("https://orders.contoso.com")();
    expect(only(synth(stack), "azurerm_api_management_api_policy").depends_on).toEqual([
      expect.stringMatching(/^azurerm_api_management_api\.Orders_Api_\w+$/),
    ]);
  });
});
