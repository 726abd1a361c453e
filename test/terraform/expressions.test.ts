import { execFileSync, spawnSync } from "child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { TerraformStack, Testing } from "cdktf";
import {
  ApimGateway,
  ApiSurface,
  AppRuntime,
  Backend,
  GatewayIdentity,
  NetworkAccess,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { Quickstart } from "../../examples/quickstart";
import { GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";

/*
 * Terraform itself evaluates the expressions that we write, on values that stand in for attributes of resources. It needs
 * no provider for that. What needs the providers (`terraform validate` of the examples) is run before a release, where they
 * can be downloaded.
 */

const found = spawnSync("terraform", ["version"]).status === 0;
if (!found) console.warn("SKIPPED: no terraform on the PATH to evaluate our expressions with");
const withTerraform = found ? describe : describe.skip;

/** The values that Terraform gives to expressions, in which references to `locals` stand for attributes. */
function evaluate(expressions: Json, locals: Json): Json {
  const directory = mkdtempSync(join(tmpdir(), "expressions-"));
  const terraform = (...args: string[]): string =>
    execFileSync("terraform", [`-chdir=${directory}`, ...args, "-no-color"], { encoding: "utf8", stdio: "pipe" });
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
    const identity = GatewayIdentity.userAssigned({ id: "/Identities/Gateway", principalId: "oid", clientId: "cid" });
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
    expect(
      evaluate({ document: api.import.content_value, title: api.display_name, description: api.description }, {}),
    ).toEqual({
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
    const nine = { ...two, public_ip_addresses: Array.from({ length: 8 }, (_, index) => `203.0.113.${index}`) };
    expect(restriction({ none, two, v2, nine })).toMatchObject({
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
    });
  });
});
