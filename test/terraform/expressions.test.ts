import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { TerraformStack, Testing, Token } from "cdktf";
import { Construct } from "constructs";
import {
  ApimGateway,
  ApiSurface,
  AppRegistration,
  AppRuntime,
  Audience,
  AzureRole,
  Backend,
  GatewayIdentity,
  IApimBackend,
  IApimGateway,
  InvokeAssignment,
  InvokeGrant,
  NetworkAccess,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { Quickstart } from "../../examples/quickstart";
import { GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";
import { runTerraform, withTerraform } from "../helpers/terraform";

/*
 * Terraform itself evaluates the expressions that we write, on values that stand in for attributes of resources. It needs
 * no provider for that. What needs the providers (`terraform validate` of the examples) is run before a release, where they
 * can be downloaded.
 */

/**
 * The values that Terraform gives to expressions, in which references to `locals` stand for attributes.
 *
 * @param stack directory of a stack whose assets stand beside the configuration
 */
function evaluate(expressions: Json, locals: Json, stack?: string): Json {
  const directory = mkdtempSync(join(tmpdir(), "expressions-"));
  if (stack !== undefined) cpSync(join(stack, "assets"), join(directory, "assets"), { recursive: true });
  const terraform = (...args: string[]): string => runTerraform(directory, ...args);
  try {
    const output = Object.fromEntries(Object.entries(expressions).map(([name, value]) => [name, { value }]));
    writeFileSync(join(directory, "main.tf.json"), JSON.stringify({ locals, output }));
    terraform("apply", "-auto-approve");
    const values: Json = JSON.parse(terraform("output", "-json"));
    return Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value]));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

withTerraform("Terraform evaluates", () => {
  function names(subscription: string, group: string): Json {
    const json = synth(new Quickstart(Testing.app(), "quickstart"));
    const local = (expression: string): string =>
      expression
        .replace("data.azurerm_client_config.SecureApimBackendClientConfig.subscription_id", "local.subscription")
        .replace("azurerm_resource_group.ResourceGroup.name", "local.group");
    return evaluate(
      {
        gateway: local(only(json, "azurerm_api_management").name),
        app: local(only(json, "azurerm_linux_function_app").name),
        storage: local(only(json, "azurerm_storage_account").name),
      },
      { subscription, group },
    );
  }

  test("names to ones that Azure accepts, the same each time, others in another subscription or resource group", () => {
    const here = names("subscription-1", "group-1");
    expect(here).toEqual({
      gateway: expect.stringMatching(/^gateway-[0-9a-f]{10}$/),
      app: expect.stringMatching(/^orders-[0-9a-f]{10}$/),
      storage: expect.stringMatching(/^orders[0-9a-f]{10}$/),
    });
    expect(names("subscription-1", "group-1")).toEqual(here);
    expect(names("subscription-2", "group-1").gateway).not.toBe(here.gateway);
    expect(names("subscription-1", "group-2").gateway).not.toBe(here.gateway);
  });

  function accepted(identity: GatewayIdentity, selves: Json): Json {
    const stack: TerraformStack = stackWithProviders();
    ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform", identity });
    const [{ condition }] = only(synth(stack), "azurerm_api_management").lifecycle.postcondition;
    const expressions = Object.keys(selves).map((name) => [name, condition.replace(/self\./g, `local.${name}.`)]);
    return evaluate(Object.fromEntries(expressions), selves);
  }

  test("the check for a system-assigned identity to true only where there is one", () => {
    expect(
      accepted(GatewayIdentity.SYSTEM_ASSIGNED, {
        none: { identity: [] },
        user_assigned_only: { identity: [{ principal_id: "", identity_ids: ["/Id"] }] },
        system_assigned: { identity: [{ principal_id: "oid", identity_ids: [] }] },
      }),
    ).toEqual({ none: false, user_assigned_only: false, system_assigned: true });
  });

  test("the check for a user-assigned identity to true only where it is that one, however Azure writes its id", () => {
    const ID = "11111111-2222-3333-4444-555555555555";
    const identity = GatewayIdentity.userAssigned({ id: "/Identities/Gateway", principalId: ID, clientId: ID });
    expect(
      accepted(identity, {
        none: { identity: [] },
        another: { identity: [{ identity_ids: ["/identities/other"] }] },
        that_one: { identity: [{ identity_ids: ["/identities/other", "/identities/gateway"] }] },
      }),
    ).toEqual({ none: false, another: false, that_one: true });
  });

  test("an imported OpenAPI document to the very text of its file, title and description", () => {
    const stack: TerraformStack = stackWithProviders();
    const gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
    const backend = Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") });
    const file = "test/api/open-api/orders.yaml";
    new SecureApimBackend(stack, "Orders", { gateway, backend, surface: ApiSurface.openApiFile(file) });
    const api = only(synth(stack), "azurerm_api_management_api");
    const expressions = { document: api.import.content_value, title: api.display_name, description: api.description };
    expect(evaluate(expressions, {}, join(Testing.fullSynth(stack), "stacks", "app"))).toEqual({
      document: readFileSync(file, "utf8"),
      title: "Orders of ${shop}",
      description: "Place orders.\nA value is written as ${name}, a directive as %{ if true }.",
    });
  });

  function restriction(services: Json): Json {
    const stack: TerraformStack = stackWithProviders();
    const gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
    const networkAccess = NetworkAccess.fromGatewayAddresses();
    const backend = Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), networkAccess });
    new SecureApimBackend(stack, "Orders", { gateway, backend });
    const app = only(synth(stack), "azurerm_linux_web_app");
    const [tier, count] = app.lifecycle.precondition.map(({ condition }: Json) => condition);
    const rule: Json = { tier, count, addresses: app.site_config.ip_restriction[0].ip_address };
    const all = Object.keys(services).flatMap((name) =>
      Object.keys(rule).map((part) => [
        `${name}_${part}`,
        rule[part].replace(/data\.azurerm_api_management\.Gateway_43CB3636\./g, `local.${name}.`),
      ]),
    );
    return evaluate(Object.fromEntries(all), services);
  }

  test("the addresses of a gateway to one rule, and the checks to true only where that rule lets in the gateway", () => {
    const none = { sku_name: "Consumption_0", public_ip_addresses: [], additional_location: [] };
    const other = { public_ip_addresses: ["198.51.100.9"] };
    const two = { sku_name: "Premium_2", public_ip_addresses: ["203.0.113.7"], additional_location: [other] };
    const v2 = { sku_name: "StandardV2_1", public_ip_addresses: ["203.0.113.7"], additional_location: [] };
    const hidden = { ...two, additional_location: [{ public_ip_addresses: ["0.0.0.0/0,198.51.100.9"] }] };
    const nine = { ...two, public_ip_addresses: Array.from({ length: 8 }, (_, index) => `203.0.113.${index}`) };
    expect(restriction({ none, two, v2, nine, hidden })).toMatchObject({
      none_tier: false,
      none_count: false,
      none_addresses: "",
      two_tier: true,
      two_count: true,
      two_addresses: "198.51.100.9/32,203.0.113.7/32",
      v2_tier: false,
      v2_count: true,
      nine_tier: true,
      nine_count: false,
      hidden_count: false,
    });
  });

  describe("the checks of what only Terraform knows to true only for", () => {
    const ID = "11111111-2222-3333-4444-555555555555";
    const RESOURCE = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/files";
    const ATTRIBUTE = `${ID}" ignore-error="true`;

    /** The condition with the id in its message, or the next one, of the resource that has it. */
    function condition(
      id: string,
      build: (stack: TerraformStack, gateway: IApimGateway) => IApimBackend,
      position = 0,
    ): string {
      const stack: TerraformStack = stackWithProviders();
      const gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
      new SecureApimBackend(stack, "Orders", { gateway, backend: build(stack, gateway) });
      const resources = Object.values<Json>(synth(stack).resource).flatMap((each) => Object.values<Json>(each));
      const conditions = resources.flatMap(({ lifecycle }) => lifecycle?.precondition ?? []);
      return conditions.filter(
        (each: Json) => each.error_message.includes(`(${id})`) && each.condition.includes("var.value"),
      )[position].condition;
    }

    function expectOnly(expression: string, right: readonly unknown[], wrong: readonly unknown[]): void {
      const values = Object.fromEntries([...right, ...wrong].map((value, index) => [`v${index}`, value]));
      const expressions = Object.keys(values).map((name) => [name, expression.replace(/var\.value/g, `local.${name}`)]);
      const results = evaluate(Object.fromEntries(expressions), values);
      expect(Object.keys(results).filter((name) => results[name])).toEqual(right.map((_, index) => `v${index}`));
    }

    const registered = (attributes: object) => (stack: TerraformStack) =>
      Backend.webApp({
        resourceGroup: GROUP,
        runtime: AppRuntime.node("22"),
        registration: AppRegistration.fromAttributes(stack, "Registration", {
          clientId: ID,
          assignment: InvokeAssignment.managedElsewhere("ticket 12"),
          ...attributes,
        }),
      });

    const backend = (audience: Audience) => (): IApimBackend => Backend.url("https://orders.contoso.com", audience);

    test("client IDs of the backend's own registration", () => {
      expectOnly(
        condition("audience-at-plan", backend(Audience.clientId("${var.value}"))),
        [ID, ID.toUpperCase()],
        [
          ...["", null, "*", ATTRIBUTE, `${ID}\n`, "api://orders", "https://management.azure.com"],
          ...["00000003-0000-0000-C000-000000000000", "cfa8b339-82a2-471a-a3c9-0fc0be7a4093"],
        ],
      );
    });

    test("application ID URIs of the backend's own registration", () => {
      expectOnly(
        condition("audience-at-plan", backend(Audience.uri("${var.value}"))),
        ["api://orders", `api://${ID}/orders`, "https://orders.contoso.com/v1", "https://orders.azurewebsites.net"],
        [
          ...["", null, "*", ATTRIBUTE, ID, "http://orders.contoso.com", "https://orders.contoso.com?a=b"],
          ...[
            "https://management.azure.com",
            "https://Management.Core.Windows.net.:443//",
            "https://graph.microsoft.us",
          ],
          ...["api://00000003-0000-0000-C000-000000000000", "api://management.azure.com", "https://vault.azure.net"],
          ...["https://files.blob.core.windows.net", "https://management.chinacloudapi.cn/.default"],
        ],
      );
    });

    test("addresses of the service that the token is for", () => {
      const vault = (): IApimBackend => Backend.url("https://${var.value}", Audience.uri("https://vault.azure.net"));
      expectOnly(
        condition("service-token-to-other-host-at-plan", vault),
        ["orders.vault.azure.net", "Orders.Vault.azure.net:443/secrets"],
        [
          // The vault of another cloud takes no token of this one.
          "orders.vault.azure.cn",
          ...["", "contoso.com", "contoso.com/.vault.azure.net", "vault.azure.net.contoso.com", "evilvault.azure.net"],
          ...["contoso.com#.vault.azure.net", "contoso.com?.vault.azure.net", "user@contoso.com\\.vault.azure.net"],
        ],
      );
    });

    test("addresses of an Azure OpenAI account with a subdomain", () => {
      const account = { id: "/subscriptions/s/models", endpoint: "${var.value}" };
      expectOnly(
        condition("open-ai-subdomain-at-plan", () => Backend.azureOpenAi(account)),
        ["https://contoso.openai.azure.com/", "https://api.cognitiveservices.azure.com"],
        [
          ...["https://westeurope.api.cognitive.microsoft.com/", "https://westeurope.api.cognitive.microsoft.com"],
          ...["https://WestEurope.API.cognitive.microsoft.com:443/", "https://x.api.cognitive.microsoft.com/openai/v1"],
        ],
      );
    });

    const address = (url: string) => (): IApimBackend => Backend.url(url, Audience.clientId(ID));

    test("addresses, whole", () => {
      expectOnly(
        condition("insecure-url-at-plan", address("${var.value}")),
        ["https://orders.contoso.com", "https://Orders.contoso.com:8443/v1/a-b_c~d", "https://o/"],
        [
          ...[
            "",
            null,
            "http://o.contoso.com",
            "o.contoso.com",
            "https://",
            "https:///v1",
            "https://a:b@o.contoso.com",
          ],
          ...["https://o.contoso.com?a=b", "https://o.contoso.com/#a", "https://o.contoso.com/a b", "https://o\\a"],
        ],
      );
    });

    test("parts of a host that do not end it", () => {
      expectOnly(
        condition("insecure-url-at-plan", address("https://${var.value}.contoso.com/v1")),
        ["orders", "orders.eu"],
        [null, "evil.com/", "evil.com/?", "evil.com#", "a:b@evil", "evil.com:443/x", "evil.com\\", "a b"],
      );
    });

    test("paths that are no part of the host", () => {
      expectOnly(
        condition("insecure-url-at-plan", address("https://contoso.com${var.value}")),
        ["", "/v1", "/v1/orders", ":8443/v1"],
        [null, ".evil.com", "-evil.com", "@evil.com", "?a=b", "/v1?a=b", "/v1#a", "/ "],
      );
    });

    test("apps of another state", () => {
      const site = (): IApimBackend => Backend.existingApp("${var.value}", "https://orders.contoso.com");
      const ofGroup = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Web";
      expectOnly(
        condition("site-id-at-plan", site),
        [`${ofGroup}/sites/orders`, `${ofGroup}/sites/orders`.toLowerCase()],
        ["", null, "/subscriptions/s", `${ofGroup}/sites/orders/slots/a`, `${ofGroup}/serverFarms/a`, RESOURCE],
      );
    });

    test("the audiences of a registration of one's own", () => {
      const own = (allowedAudiences: string[]) => ownRegistration([ID], allowedAudiences);
      const foreign = ["https://management.azure.com", "https://vault.azure.net", "api://graph.microsoft.com"];
      expectOnly(condition("registration-at-plan", own(["${var.value}"]), 1), ["api://orders", ID], foreign);
      expectOnly(
        condition("registration-at-plan", own(Token.asList("${var.value}")), 1),
        [["api://orders", ID]],
        foreign.map((each) => ["api://orders", each]),
      );
    });

    test("scopes within a subscription", () => {
      const resource = (): IApimBackend =>
        Backend.azureResource({
          url: "https://files.queue.core.windows.net",
          tokenResource: "https://storage.azure.com/",
          scope: "${var.value}",
          role: AzureRole.of("Storage Queue Data Message Sender"),
        });
      expectOnly(
        condition("role-scope-at-plan", resource),
        [RESOURCE, `${RESOURCE}/queueServices/default/queues/orders`, "/subscriptions/s/resourcegroups/rg"],
        [
          "",
          null,
          "/",
          "/subscriptions/s",
          "/subscriptions/s/",
          "/providers/Microsoft.Management/managementGroups/all",
        ],
      );
    });

    const restricted = (networkAccess: NetworkAccess) => (): IApimBackend =>
      Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), networkAccess });

    test("ranges of one publisher", () => {
      const access = NetworkAccess.fromGatewayAddresses({ publishFrom: ["${var.value}"] });
      expectOnly(
        condition("publishing-address-at-plan", restricted(access)),
        ["203.0.113.7/32", "198.51.100.0/24", "2001:db8::/48"],
        ["", null, "0.0.0.0/0", "203.0.113.7", "203.0.113.7/32,0.0.0.0/0", "::/0", "Internet", "10.0.0.0/7"],
      );
    });

    test("one registration", () => {
      expectOnly(
        condition("registration-at-plan", registered({ clientId: "${var.value}" })),
        [ID, ID.toUpperCase()],
        ["", null, "*", "api://orders", ATTRIBUTE, `${ID},${ID}`],
      );
    });

    test("one tenant", () => {
      expectOnly(
        condition("registration-at-plan", registered({ tenantId: "${var.value}" })),
        [ID, "contoso.onmicrosoft.com"],
        ["", null, "common", "organizations", "consumers", `common/${ID}`, "contoso.com/v2.0/", "../common"],
      );
    });

    function ownRegistration(allowedPrincipalIds: string[], allowedAudiences = [ID]) {
      return (stack: TerraformStack): IApimBackend => {
        const registration = Object.assign(new Construct(stack, "Registration"), {
          clientId: ID,
          tenantId: ID,
          tokenResource: ID,
          allowedAudiences,
          allowedPrincipalIds,
          grantInvoke: () => new InvokeGrant(),
        });
        return Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), registration });
      };
    }

    test("an object ID in the allow-list", () => {
      expectOnly(
        condition("allow-list-at-plan", ownRegistration(["${var.value}"])),
        [ID],
        ["", null, "*", "gateway", `${ID} `],
      );
    });

    test("an allow-list with only object IDs in it, and at least one", () => {
      expectOnly(
        condition("allow-list-at-plan", ownRegistration(Token.asList("${var.value}"))),
        [[ID], [ID, ID]],
        [[], [""], [ID, ""], [null], ["*"]],
      );
    });
  });
});
