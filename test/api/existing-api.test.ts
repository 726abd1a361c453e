import { TerraformOutput, TerraformStack } from "cdktf";
import {
  ApiCallers,
  ApimGateway,
  ApiSurface,
  ApiVersionSet,
  Audience,
  Backend,
  Caller,
  ExistingApiOptions,
  IApimGateway,
  PolicyConflict,
  PolicyDocument,
  SecureApimBackend,
  VersioningScheme,
} from "cdktf-secure-apim-backend";
import { annotations, Json, messageOf, only, stackWithProviders, synth, withoutHashes } from "../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";
const CURRENT = `<policies>
    <inbound>
        <base />
        <set-backend-service base-url="https://stock.contoso.com" />
        <set-variable name="tries" value="@(context.Variables.ContainsKey("n") && 1 < 2)" />
    </inbound>
    <backend><base /></backend>
</policies>`;

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
});

function secure(
  name: string,
  policy: PolicyDocument,
  props?: ExistingApiOptions,
  callers?: ApiCallers,
): SecureApimBackend {
  return new SecureApimBackend(stack, name, {
    gateway,
    backend: Backend.url("https://stock.contoso.com", Audience.clientId(GUID)),
    surface: ApiSurface.existingApi(name, policy, props),
    callers,
  });
}

const replaced = PolicyDocument.fromXml(CURRENT).replaceExisting(PolicyConflict.BACKEND);

describe("an API that somebody else publishes", () => {
  test("is read, and nothing of it is written but its policy", () => {
    secure("stock", replaced);
    const json = synth(stack);
    expect(Object.keys(json.resource)).toEqual(["azurerm_api_management_api_policy", "azurerm_api_management_backend"]);
    expect(only(json, "azurerm_api_management_api")).toMatchSnapshot();
    expect(withoutHashes(only(json, "azurerm_api_management_api_policy").xml_content)).toMatchSnapshot();
  });

  test("keeps its policy, which Terraform takes over", () => {
    secure("stock", replaced);
    secure("orders", replaced);
    expect(synth(stack).import).toEqual([
      {
        to: "azurerm_api_management_api_policy.stock_Policy_524F10C2",
        id: '${join("/", [data.azurerm_api_management.Gateway_43CB3636.id, "apis", "stock"])}',
      },
      {
        to: "azurerm_api_management_api_policy.orders_Policy_97AC6B1E",
        id: '${join("/", [data.azurerm_api_management.Gateway_43CB3636.id, "apis", "orders"])}',
      },
    ]);
  });

  test("gets a policy where it has none, and nothing is taken over", () => {
    secure("stock", PolicyDocument.EMPTY);
    expect(synth(stack).import).toBeUndefined();
  });

  test("keeps the key of its consumers from the backend, under the names that it has", () => {
    secure("stock", replaced, { revision: "3", subscriptionKeyNames: { header: "X-Api-Key", query: "key" } });
    const json = synth(stack);
    expect(only(json, "azurerm_api_management_api")).toMatchObject({ revision: "3" });
    expect(only(json, "azurerm_api_management_api_policy").xml_content).toMatch(
      /name="X-Api-Key" exists-action="delete"/,
    );
  });

  test("is known to be open by a named call, whose reason is shown; else Terraform stops at plan if it is", () => {
    secure("stock", replaced);
    new SecureApimBackend(stack, "Prices", {
      gateway,
      backend: Backend.url("https://prices.contoso.com", Audience.clientId(GUID)),
      surface: ApiSurface.existingApi("prices", replaced).withoutSubscriptionKey("public price list"),
    });
    const { data } = synth(stack);
    const asked = Object.values<Json>(data.azurerm_api_management_api).map(({ name, lifecycle }) => [
      name,
      lifecycle.postcondition.some(({ condition }: Json) => condition === "${self.subscription_required}"),
    ]);
    expect(asked).toEqual([
      ["prices", false],
      ["stock", true],
    ]);
    expect(annotations(stack)).toContain("info: Open to consumers without a subscription key: public price list");
  });

  test("is a version of an API where that is said, and has its address", () => {
    const versionSet = ApiVersionSet.fromLookup(stack, "Set", {
      gateway,
      versionSetName: "stock",
      scheme: VersioningScheme.PATH,
      path: "stock",
    });
    const api = secure("stock-v2", replaced, { version: { versionSet, name: "v2" } });
    new TerraformOutput(stack, "url", { value: api.apiUrl, staticId: true });
    const json = synth(stack);
    expect(json.output.url.value).toBe(
      '${trimsuffix(join("/", [data.azurerm_api_management.Gateway_43CB3636.gateway_url, "${data.azurerm_api_management_api.stock-v2_Api_4D116CD5.path}/v2"]), "/")}',
    );
    expect(only(json, "azurerm_api_management_api").lifecycle.postcondition[2]).toMatchSnapshot();
  });

  test("must ask for no key where its callers are named, and Terraform checks that", () => {
    secure("stock", replaced, {}, { allowed: [Caller.servicePrincipal(GUID, "job")] });
    const { postcondition } = only(synth(stack), "azurerm_api_management_api").lifecycle;
    expect(postcondition).toHaveLength(5);
    expect(postcondition[4]).toMatchSnapshot();
  });

  test.each<[string, () => unknown]>([
    ["a revision in its name", () => secure("stock;rev=2", replaced)],
    ["a conflict that nobody has decided", () => secure("stock", PolicyDocument.fromXml(CURRENT))],
    ["a name that only Terraform knows", () => secure("${var.api}", replaced)],
    [
      "an API that another one here writes the policy of",
      () => {
        secure("stock", replaced);
        new SecureApimBackend(stack, "Again", {
          gateway,
          backend: Backend.url("https://stock.contoso.com", Audience.clientId(GUID)),
          surface: ApiSurface.existingApi("stock", replaced),
        });
      },
    ],
  ])("is refused with %s", (_, action) => expect(messageOf(action)).toMatchSnapshot());
});
