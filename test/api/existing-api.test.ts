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
  ConflictResolution,
  PolicyDocument,
  SecureApimBackend,
  VersioningScheme,
} from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";
import { annotations, Json, only, stackWithProviders, synth, withoutHashes } from "../helpers/synth";

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

const replaced = PolicyDocument.fromXml(CURRENT).resolve(ConflictResolution.REPLACE_BACKEND);

/** What Terraform checks of the API at plan, each with its message. */
const conditionsOf = (json: Json): [string, string][] =>
  only(json, "azurerm_api_management_api").lifecycle.postcondition.map((each: Json) => [
    each.condition,
    each.error_message,
  ]);

describe("an API that somebody else publishes", () => {
  test("is read, and nothing of it is written but its policy", () => {
    secure("stock", replaced);
    const json = synth(stack);
    expect(Object.keys(json.resource)).toEqual(["azurerm_api_management_api_policy", "azurerm_api_management_backend"]);
    expect(conditionsOf(json)).toEqual([
      ["${self.is_current}", refusal("not-current-revision", "${self.revision}", "${self.name}", 'revision: "..."')],
      [
        '${length(setintersection(self.protocols, ["ws", "wss"])) == 0}',
        refusal("web-socket-api", "${self.name}", "onHandshake", "GraphQL"),
      ],
      [
        '${length(setsubtract(self.protocols, ["https", "ws", "wss"])) == 0}',
        refusal("api-accepts-http", "${self.name}", 'protocols = ["https"]'),
      ],
      [
        '${(self.version == null ? "" : self.version) == ""}',
        refusal("other-api-version", '${self.version == null ? "" : self.version}', "you set no version"),
      ],
      [
        '${try(lower(join("/", [self.subscription_key_parameter_names[0].header, self.subscription_key_parameter_names[0].query])), "") == "ocp-apim-subscription-key/subscription-key"}',
        refusal(
          "other-key-names",
          'header "Ocp-Apim-Subscription-Key" and query parameter "subscription-key"',
          "subscriptionKeyNames: {",
        ),
      ],
      ["${self.subscription_required}", refusal("api-open-without-key", "${self.name}", "withoutSubscriptionKey")],
    ]);
    const { lifecycle, ...read } = only(json, "azurerm_api_management_api");
    expect(Object.keys(lifecycle)).toEqual(["postcondition"]);
    expect(read).toEqual({
      api_management_name: "${data.azurerm_api_management.Gateway_43CB3636.name}",
      name: "stock",
      resource_group_name: "${data.azurerm_api_management.Gateway_43CB3636.resource_group_name}",
      revision: "1",
    });
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
    expect(conditionsOf(json)[3]).toEqual([
      '${(self.version == null ? "" : self.version) == "v2"}',
      refusal("other-api-version", 'you set the version "v2"', "ApiVersionSet.fromLookup(...)"),
    ]);
  });

  test("must ask for no key where its callers are named, and Terraform checks that", () => {
    secure("stock", replaced, {}, { allowed: [Caller.servicePrincipal(GUID, "job")] });
    const conditions = conditionsOf(synth(stack));
    expect(conditions).toHaveLength(6);
    expect(conditions[5]).toEqual([
      "${!self.subscription_required}",
      refusal("key-with-callers", "${self.name}", "subscription_required = false"),
    ]);
  });

  test("has no other revision online where its callers are named, and Terraform checks that", () => {
    secure("stock", replaced, {}, { allowed: [Caller.servicePrincipal(GUID, "job")] });
    const json = synth(stack);
    const [[name, { lifecycle, ...read }]] = Object.entries<Json>(json.data.azapi_resource_action);
    expect(read).toEqual({
      type: "Microsoft.ApiManagement/service/apis@2022-08-01",
      resource_id: '${join("/", [data.azurerm_api_management.Gateway_43CB3636.id, "apis", "stock"])}',
      action: "revisions",
      method: "GET",
      response_export_values: ["*"],
    });
    expect(lifecycle.postcondition).toEqual([
      {
        condition:
          "${length([for each in self.output.value : each.apiRevision if each.isOnline && !each.isCurrent]) == 0}",
        error_message: refusal("other-revisions-online", '"stock"', ";rev=N"),
      },
    ]);
    expect(only(json, "azurerm_api_management_api_policy").depends_on).toContain(`data.azapi_resource_action.${name}`);
  });

  test.each<[string, () => unknown, ReturnType<typeof refusal>]>([
    [
      "a revision in its name",
      () => secure("stock;rev=2", replaced),
      refusal("invalid-name", "[app/stock;rev=2/Api]", '"stock;rev=2"', '"stock"'),
    ],
    [
      "a conflict that nobody has decided",
      () => secure("stock", PolicyDocument.fromXml(CURRENT)),
      refusal("backend-already-chosen", "[app/stock", "4:9", "<set-backend-service>", "REPLACE_BACKEND"),
    ],
    [
      "a name that only Terraform knows",
      () => secure("${var.api}", replaced),
      refusal("literal-required", "The name of an existing API"),
    ],
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
      refusal("api-secured-twice", "[app/Again]", '"stock"', '"app/stock"', "write branches"),
    ],
  ])("is refused with %s", (_, action, error) => expect(action).toThrow(error));
});
