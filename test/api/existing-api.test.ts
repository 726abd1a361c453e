import { TerraformStack } from "cdktf";
import {
  ApiCallers,
  ApimGateway,
  ApiSurface,
  Audience,
  Backend,
  Caller,
  ExistingApiProps,
  IApimGateway,
  PolicyConflict,
  PolicyDocument,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { messageOf, only, stackWithProviders, synth, withoutHashes } from "../helpers/synth";

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
  gateway = ApimGateway.fromExisting(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
});

function secure(
  name: string,
  policy: PolicyDocument,
  props?: ExistingApiProps,
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

  test("must ask for no key where its callers are named, and Terraform checks that", () => {
    secure("stock", replaced, {}, { only: [Caller.servicePrincipal(GUID, "job")] });
    const { postcondition } = only(synth(stack), "azurerm_api_management_api").lifecycle;
    expect(postcondition).toHaveLength(3);
    expect(postcondition[2]).toMatchSnapshot();
  });

  test.each<[string, () => unknown]>([
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
