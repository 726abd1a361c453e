import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { TerraformStack } from "cdktf";
import {
  ApimGateway,
  ApimNamedValue,
  ApimSku,
  ApiSurface,
  ApiVersionSet,
  Audience,
  Backend,
  BranchCondition,
  IApimGateway,
  NamedValueContent,
  PolicyDocument,
  PolicyStatement,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { GROUP, Json, stackWithProviders, synth } from "../helpers/synth";
import { standIns } from "../helpers/stand-ins";
import { runTerraform, withTerraform } from "../helpers/terraform";
import { NEW } from "../backends/gateways";
import { everythingOn } from "../gateway/everything";

/*
 * Terraform itself orders what it creates, changes and destroys, on stand-ins that need no provider: each has the lifecycle and the
 * dependencies that we write.
 */

const PRINCIPAL = "99999999-2222-3333-4444-555555555555";

function created(home: TerraformStack, sku?: ApimSku): IApimGateway {
  return new ApimGateway(home, "Gateway", { ...NEW, sku });
}

withTerraform("Terraform", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "lifecycle-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const terraform = (...args: string[]): string => runTerraform(directory, ...args);
  const apply = (config: Json): string => {
    writeFileSync(join(directory, "main.tf.json"), JSON.stringify(config));
    terraform("init");
    return terraform("apply", "-auto-approve", "-parallelism=1");
  };
  const planned = (config: Json): Record<string, string> => {
    writeFileSync(join(directory, "main.tf.json"), JSON.stringify(config));
    terraform("plan", "-out=plan");
    const { resource_changes }: Json = JSON.parse(terraform("show", "-json", "plan"));
    return Object.fromEntries(resource_changes.map(({ name, change }: Json) => [name, change.actions.join(" and ")]));
  };

  test("makes everything on a gateway again when the gateway is replaced, and nothing when it changes", () => {
    const stack = stackWithProviders();
    everythingOn(stack, created(stack, ApimSku.BASIC));
    const json = synth(stack);
    const located = (location: string): Json =>
      standIns(json, (address) => (address.startsWith("azurerm_api_management.") ? location : undefined));
    apply(located("westeurope"));
    expect(new Set(Object.values(planned(located("westeurope"))))).toEqual(new Set(["no-op"]));
    expect(new Set(Object.values(planned(located("northeurope"))))).toEqual(new Set(["delete and create"]));
  });

  describe("when what a policy names is removed", () => {
    const api = (gateway: (home: TerraformStack) => IApimGateway, isWhole: boolean): Json => {
      const stack = stackWithProviders();
      const on = gateway(stack);
      const value =
        isWhole && new ApimNamedValue(stack, "Region", { gateway: on, value: NamedValueContent.plain("west") });
      const backend = (host: string) =>
        Backend.url(`https://${host}.contoso.com`, Audience.clientId("11111111-2222-3333-4444-555555555555"));
      const versionSet = isWhole && new ApiVersionSet(stack, "Versions", { gateway: on, path: "orders" });
      new SecureApimBackend(stack, "Orders", {
        gateway: on,
        backend: backend("orders"),
        surface: ApiSurface.wildcard(versionSet ? { version: { versionSet, name: "v1" } } : { path: "orders/v1" }),
        branches: isWhole
          ? [{ name: "beta", when: BranchCondition.header("X-Ring", "beta"), backend: backend("beta") }]
          : [],
        policy: value
          ? PolicyDocument.of(PolicyStatement.setHeader("X-Region", value.policyValue))
          : PolicyDocument.EMPTY,
      });
      return standIns(synth(stack), () => undefined);
    };
    /** What Terraform did, in its order: the type of what was named, and the policy. */
    const order = (log: string): string[] =>
      [...log.matchAll(/^terraform_data\.([\w-]+): (Modifications|Destruction) complete/gm)].map(
        ([, name, what]) => `${name.split("-")[0]} ${what === "Destruction" ? "destroyed" : "changed"}`,
      );

    test("on a gateway of another state, the policy changes first", () => {
      const gateway = (home: TerraformStack): IApimGateway =>
        ApimGateway.fromAttributes(home, "Gateway", {
          apimName: "contoso",
          resourceGroupName: GROUP.name,
          sku: ApimSku.BASIC,
          principalId: PRINCIPAL,
        });
      apply(api(gateway, true));
      const done = order(apply(api(gateway, false)));
      const at = (what: string): number => done.indexOf(`azurerm_api_management_${what}`);
      expect(at("api changed")).toBeLessThan(at("api_version_set destroyed"));
      expect(at("api_policy changed")).toBeLessThan(at("backend destroyed"));
      expect(at("api_policy changed")).toBeLessThan(at("named_value destroyed"));
      expect(at("api changed")).toBeGreaterThan(-1);
      expect(at("api_policy changed")).toBeGreaterThan(-1);
    });

    test("on a gateway of the same state, the policy changes last: the guide says what to do", () => {
      apply(api(created, true));
      const done = order(apply(api(created, false)));
      expect(done[done.length - 1]).toBe("azurerm_api_management_api_policy changed");
    });

    test("in two steps, the policy changes in the first", () => {
      apply(api(created, true));
      const target = "azurerm_api_management_api_policy-Orders_Policy";
      writeFileSync(join(directory, "main.tf.json"), JSON.stringify(api(created, false)));
      const [address] = terraform("state", "list")
        .split("\n")
        .filter((line) => line.includes(target));
      const first = order(terraform("apply", "-auto-approve", `-target=${address}`));
      const second = order(terraform("apply", "-auto-approve"));
      expect(first).toContain("azurerm_api_management_api_policy changed");
      expect(first.filter((each) => each.endsWith("destroyed"))).toEqual([]);
      expect(second.sort()).toEqual([
        "azurerm_api_management_api_version_set destroyed",
        "azurerm_api_management_backend destroyed",
        "azurerm_api_management_named_value destroyed",
      ]);
    });
  });
});
