import { execFileSync, spawnSync } from "child_process";
import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { TerraformStack, Testing } from "cdktf";
import { ApimGateway, GatewayIdentity } from "cdktf-secure-apim-backend";
import { Quickstart } from "../../examples/quickstart";
import { Json, only, stackWithProviders, synth } from "../helpers/synth";

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
    ApimGateway.fromExisting(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform", identity });
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
});
