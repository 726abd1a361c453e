import { Json } from "../helpers/synth";
import { policy, WRITTEN } from "../rules/written-stack";
import { barriersOf, reportAfter } from "./reported";

/* An API is closed by what is above it only if everything between inherits that. */

const API = "azurerm_api_management_api_policy";
const CLOSED = policy("<base />", WRITTEN.validation);
const INHERITS = policy("<base />");
const ALONE = policy();
const TENANT = "the tenant 11111111-2222-3333-4444-555555555555";
const IS_CLOSED = `closed: A request without a valid token of ${TENANT} gets 401.`;

/** The report, and what it says of the sign-in of an API. */
function signInOf(name: string, change: (resources: Json) => void): string[] {
  return barriersOf(reportAfter(change), name, "sign-in", "api");
}

describe("a policy that cannot be read", () => {
  test.each(["${var.xml}", "<policies"])("is not closed by what the gateway does: %s", (xml_content) => {
    const signIn = signInOf("orders", (all) => {
      all.azurerm_api_management_policy.all.xml_content = CLOSED;
      all[API].orders.xml_content = xml_content;
    });
    expect(signIn).toEqual([
      "unknown: The policy cannot be read, so a validation of tokens is not known.",
      `unknown: If the policy of the gateway is inherited, requests need a valid token of ${TENANT}.`,
    ]);
  });
});

describe("what stops others than a token", () => {
  const FILTER = '<ip-filter action="allow"><address>10.0.0.1</address></ip-filter>';
  const CERTIFICATE = '<validate-client-certificate validate-trust="true" />';
  const withOperation = (xml_content: string): string[] => {
    const report = reportAfter((all) => {
      all[API].orders.xml_content = policy("<base />", CERTIFICATE, FILTER);
      all.azurerm_api_management_api_operation_policy.get.xml_content = xml_content;
    });
    return ["sign-in", "network"].map((kind) => {
      const said = barriersOf(report, "orders", kind, "api");
      return said.filter((each) => /certificate|addresses/.test(each)).join();
    });
  };

  test("stops nobody for an operation that does not inherit it", () => {
    expect(withOperation(ALONE)).toEqual([
      "unknown: A request needs a client certificate that the policy accepts, except for the operation get.",
      "unknown: Only the listed addresses may call, except for the operation get.",
    ]);
    expect(withOperation(INHERITS)).toEqual([
      "closed: A request needs a client certificate that the policy accepts.",
      "closed: Only the listed addresses may call.",
    ]);
  });
});

describe("the policy of a product", () => {
  const inProduct = (xml_content: string, api_name = "orders"): string[] =>
    signInOf("orders", (all) => {
      all.azurerm_api_management_policy.all.xml_content = CLOSED;
      all[API].orders.xml_content = INHERITS;
      all.azurerm_api_management_product = {
        partners: { product_id: "partners", api_management_name: "gateway", subscription_required: true },
      };
      all.azurerm_api_management_product_api = {
        orders: { product_id: "partners", api_name, api_management_name: "gateway" },
      };
      all.azurerm_api_management_product_policy.partners.xml_content = xml_content;
    });

  test("keeps what the gateway closes, if it inherits that", () => {
    expect(inProduct(INHERITS)).toEqual([IS_CLOSED]);
  });

  test("opens an API for those who come through it, if it does not inherit", () => {
    expect(inProduct(ALONE)).toEqual([
      "open: Tokens are validated for some requests only.",
      `unknown: Requests that do not come through a product whose policy inherits nothing need a valid token of ${TENANT}.`,
    ]);
  });

  test("opens an API that can be in it perhaps", () => {
    expect(inProduct(ALONE, "${var.api}")[0]).toBe(
      "unknown: Whether tokens are validated is not known: a policy that does not inherit that of the gateway can be between it and the API.",
    );
  });

  test("that cannot be read is not known", () => {
    expect(inProduct("${var.xml}")[0]).toMatch(/^unknown: Whether tokens are validated is not known/);
  });

  test("opens no API that is not in it", () => {
    expect(inProduct(ALONE, "models")).toEqual([IS_CLOSED]);
  });
});
