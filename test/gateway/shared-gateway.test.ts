import { mkdtempSync, readFileSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { App, TerraformStack, Testing } from "cdktf";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import {
  ApimGateway,
  ApimSku,
  AppRuntime,
  Backend,
  GatewayIdentity,
  IApimBackend,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { EXAMPLES } from "../../examples/index";
import { addressesIn } from "../helpers/graph";
import { GROUP, Json, only, synth, withoutHashes } from "../helpers/synth";

/* One gateway of a platform team, and teams with stacks and states of their own. */

const SERVICE = { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" };
const PLATFORM_STATE = "data.terraform_remote_state.cross-stack-reference-input-platform";

/** The outputs of the platform's state that a stack reads. */
const outputsRead = (json: Json): string[] => [
  ...new Set([...JSON.stringify(json).matchAll(/input-platform\.outputs\.([\w-]+)/g)].map(([, output]) => output)),
];

/** What lives on the gateway: attributes of every resource. */
const onGateway = (json: Json): Json[] =>
  ["api", "api_operation", "api_policy", "backend"].flatMap((kind) =>
    Object.values<Json>(json.resource[`azurerm_api_management_${kind}`]),
  );

describe("the examples, in one app", () => {
  const directory = mkdtempSync(join(tmpdir(), "shared-gateway-"));
  afterAll(() => rmSync(directory, { recursive: true }));
  const read = (...file: string[]): Json => JSON.parse(readFileSync(join(directory, ...file), "utf8"));

  const app = new App({ outdir: directory });
  const names = ["platform", "team-orders", "team-billing"];
  names.forEach((name) => new EXAMPLES[name](app, name));
  app.synth();
  const [platform, orders, billing] = names.map((name) => read("stacks", name, "cdk.tf.json"));

  test("the platform is deployed before the team that takes its gateway, and before nobody else", () => {
    const dependencies = Object.values<Json>(read("manifest.json").stacks).map((stack) => [
      stack.name,
      stack.dependencies,
    ]);
    expect(Object.fromEntries(dependencies)).toEqual({
      platform: [],
      "team-orders": ["platform"],
      "team-billing": [],
    });
  });

  test.each([
    ["platform", platform],
    ["team-orders", orders],
    ["team-billing", billing],
  ])("%s has its state in a container of its own, opened with Entra ID", (name, json) => {
    expect(json.terraform.backend).toEqual({
      azurerm: {
        storage_account_name: "contosotfstate",
        container_name: name,
        key: "terraform.tfstate",
        use_azuread_auth: true,
      },
    });
  });

  test.each([
    ["platform", platform],
    ["team-orders", orders],
    ["team-billing", billing],
  ])("%s can be planned alone: it refers to nothing that it does not have itself", (_, json) => {
    const { there, referredTo } = addressesIn(json);
    expect(referredTo.length).toBeGreaterThan(5);
    expect(referredTo.filter((address) => !there.includes(address))).toEqual([]);
  });

  test("team-orders reads of the platform where its gateway is, and who it is when it calls", () => {
    const gateway = "azurerm_api_management.Gateway_43CB3636";
    const outputs = outputsRead(orders);
    expect(outputs.map((output) => platform.output[output].value).sort()).toEqual([
      `\${${gateway}.gateway_url}`,
      `\${${gateway}.identity[0].principal_id}`,
      `\${${gateway}.name}`,
      `\${${gateway}.resource_group_name}`,
    ]);
    expect(only(orders, "terraform_remote_state")).toMatchObject({
      backend: "azurerm",
      config: platform.terraform.backend.azurerm,
    });
    expect(addressesIn(orders).referredTo).toContain(PLATFORM_STATE);
  });

  test("team-billing reads neither the gateway nor anybody's state, and writes with the platform's provider what lives on the gateway alone", () => {
    expect(Object.keys(billing.data)).toEqual(["azurerm_client_config"]);
    expect(new Set(onGateway(billing).map(({ provider }) => provider))).toEqual(new Set(["azurerm.platform"]));
    const others = Object.entries<Json>(billing.resource).filter(
      ([type]) => !type.startsWith("azurerm_api_management_"),
    );
    expect(others.flatMap(([, all]) => Object.values<Json>(all)).filter(({ provider }) => provider)).toEqual([]);
  });

  test("no team has a part of the gateway itself in its state", () => {
    expect(Object.keys(platform.resource)).toContain("azurerm_api_management");
    [orders, billing].forEach((json) => expect(Object.keys(json.resource)).not.toContain("azurerm_api_management"));
  });
});

describe("a team in the platform's app", () => {
  const app = (): { readonly platform: TerraformStack; readonly team: TerraformStack } => {
    const root: App = Testing.app();
    const [platform, team] = ["platform", "team"].map((name) => new TerraformStack(root, name));
    [platform, team].forEach((stack) => new AzurermProvider(stack, "azurerm", { features: [{}] }));
    new AzureadProvider(team, "azuread");
    return { platform, team };
  };
  const backend = (): IApimBackend => Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") });

  test("with another subscription writes a provider of its own, and knows the gateway by its name", () => {
    const { platform, team } = app();
    const shared = new ApimGateway(platform, "Gateway", SERVICE);
    const provider = new AzurermProvider(team, "platform", {
      alias: "platform",
      features: [{}],
      subscriptionId: "00000000-0000-0000-0000-000000000001",
    });
    const { apimName, resourceGroupName } = shared;
    const gateway = ApimGateway.fromLookup(team, "Gateway", { apimName, resourceGroupName, provider });
    new SecureApimBackend(team, "Orders", { gateway, backend: backend() });

    const json = synth(team);
    const service = only({ data: json.data }, "azurerm_api_management");
    const outputs = synth(platform).output;
    expect(outputsRead(json).map((output) => outputs[output].value)).toEqual([
      "${azurerm_api_management.Gateway_43CB3636.name}",
      "${azurerm_api_management.Gateway_43CB3636.resource_group_name}",
    ]);
    expect(service).toMatchObject({
      name: `\${${PLATFORM_STATE}.outputs.${outputsRead(json)[0]}}`,
      resource_group_name: `\${${PLATFORM_STATE}.outputs.${outputsRead(json)[1]}}`,
      provider: "azurerm.platform",
    });
    expect(new Set(onGateway(json).map((resource) => resource.provider))).toEqual(new Set(["azurerm.platform"]));
    expect(only(json, "azurerm_linux_web_app").auth_settings_v2.active_directory_v2.allowed_identities).toEqual([
      "${data.azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}",
    ]);
    const { there, referredTo } = addressesIn(json);
    expect(referredTo.filter((address) => !there.includes(address))).toEqual([]);
    expect(team.dependencies).toEqual([platform]);
  });

  test("with another subscription need not read the gateway", () => {
    const { platform, team } = app();
    const shared = new ApimGateway(platform, "Gateway", SERVICE);
    const provider = new AzurermProvider(team, "platform", { alias: "platform", features: [{}] });
    const { apimName, resourceGroupName, principalId } = shared;
    const gateway = ApimGateway.fromAttributes(team, "Gateway", {
      apimName,
      resourceGroupName,
      principalId,
      sku: ApimSku.CONSUMPTION,
      provider,
    });
    new SecureApimBackend(team, "Orders", { gateway, backend: backend() });

    const json = synth(team);
    const outputs = synth(platform).output;
    expect(outputsRead(json).map((output) => outputs[output].value)).toEqual([
      "${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}",
      "${azurerm_api_management.Gateway_43CB3636.name}",
      "${azurerm_api_management.Gateway_43CB3636.resource_group_name}",
    ]);
    expect(Object.keys(json.data)).toEqual(["azurerm_client_config", "terraform_remote_state"]);
    expect(new Set(onGateway(json).map((resource) => resource.provider))).toEqual(new Set(["azurerm.platform"]));
    const { there, referredTo } = addressesIn(json);
    expect(referredTo.filter((address) => !there.includes(address))).toEqual([]);
  });

  test("with another subscription is told which identity the gateway calls with", () => {
    const { platform, team } = app();
    const identity = new UserAssignedIdentity(platform, "Identity", {
      name: "gateway",
      resourceGroupName: GROUP.name,
      location: GROUP.location,
    });
    const { apimName, resourceGroupName, principalId, clientId } = new ApimGateway(platform, "Gateway", {
      ...SERVICE,
      identity: GatewayIdentity.userAssigned(identity),
    });
    const sku = ApimSku.CONSUMPTION;
    const told = { apimName, resourceGroupName, principalId, clientId, sku };
    new SecureApimBackend(team, "Orders", {
      gateway: ApimGateway.fromAttributes(team, "Gateway", told),
      backend: backend(),
    });
    const policy: string = only(synth(team), "azurerm_api_management_api_policy").xml_content;
    const [, output] =
      /client-id="\$\{regex\(".+", data\.terraform_remote_state\.[\w-]+\.outputs\.([\w-]+)\)\}"/.exec(policy) ?? [];
    expect(synth(platform).output[output].value).toBe("${azurerm_user_assigned_identity.Identity.client_id}");
  });

  test("calls with the identity that the platform made for the gateway", () => {
    const { platform, team } = app();
    const identity = new UserAssignedIdentity(platform, "Identity", {
      name: "gateway",
      resourceGroupName: GROUP.name,
      location: GROUP.location,
    });
    const gateway = new ApimGateway(platform, "Gateway", {
      ...SERVICE,
      sku: ApimSku.BASIC_V2,
      identity: GatewayIdentity.userAssigned(identity),
      additionalIdentities: [GatewayIdentity.SYSTEM_ASSIGNED],
    });
    new SecureApimBackend(team, "Orders", { gateway, backend: backend() });

    const json = synth(team);
    const { output } = synth(platform);
    const nameOf = (attribute: string): string =>
      `\${${PLATFORM_STATE}.outputs.` +
      `${Object.keys(output).find((name) => output[name].value === `\${azurerm_user_assigned_identity.Identity.${attribute}}`)}}`;
    expect(only(json, "azurerm_linux_web_app").auth_settings_v2.active_directory_v2.allowed_identities).toEqual([
      nameOf("principal_id"),
    ]);
    expect(withoutHashes(only(json, "azurerm_api_management_api_policy").xml_content)).toContain(
      `, ${nameOf("client_id").slice(2, -1)})}" />`,
    );
    expect(Object.keys(output)).toHaveLength(4);
  });
});
