import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { DataAzurermKeyVault } from "@cdktf/provider-azurerm/lib/data-azurerm-key-vault";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { TerraformStack } from "cdktf";
import {
  ApimGateway,
  ApimNamedValue,
  ApimSku,
  AppRuntime,
  Backend,
  GatewayIdentity,
  IApimGateway,
  NamedValueContent,
  SecureApimBackend,
  StorageAccountRef,
  UserAssignedIdentityRef,
} from "cdktf-secure-apim-backend";
import { NEW } from "../backends/gateways";
import { standIns } from "../helpers/stand-ins";
import { GROUP, Json, stackWithProviders, synth } from "../helpers/synth";
import { runTerraform, withTerraform } from "../helpers/terraform";

/* What docs/guides/switch-the-gateway-identity.md says of the plans, as Terraform plans it on stand-ins. */

const ACCOUNT =
  "/subscriptions/99999999-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/files";
const SYSTEM = "11111111-2222-3333-4444-555555555555";
const USER = { id: "/identity", principalId: "99999999-2222-3333-4444-555555555555", clientId: SYSTEM };

/** What azurerm and azuread replace whenever it changes. */
const ONLY_REPLACED = /^(?:azuread_app_role_assignment|azurerm_role_assignment)\./;

/** What is granted to a gateway: an app, a service, a secret, and an API of another gateway. */
function stackOn(gatewayIn: (stack: TerraformStack) => IApimGateway): Json {
  const stack = stackWithProviders();
  const gateway = gatewayIn(stack);
  const app = () => Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") });
  new SecureApimBackend(stack, "Orders", { gateway, backend: app() });
  const account = StorageAccountRef.fromAttributes({
    id: ACCOUNT,
    primaryBlobEndpoint: "https://files.blob.core.windows.net/",
  });
  new SecureApimBackend(stack, "Files", { gateway, backend: Backend.blobStorage(account) });
  const vault = new DataAzurermKeyVault(stack, "Vault", { name: "contoso", resourceGroupName: "platform" });
  new ApimNamedValue(stack, "Key", { gateway, value: NamedValueContent.keyVaultSecret(vault, "key") });
  const inner = new ApimGateway(stack, "Inner", NEW);
  new SecureApimBackend(stack, "Stock", { gateway: inner, backend: app(), callers: { allowed: [gateway] } });
  return standIns(synth(stack), (address, attributes) =>
    ONLY_REPLACED.test(address) ? JSON.stringify(attributes).replaceAll("${", "") : undefined,
  );
}

/** The settings of one phase, of a gateway of this state. `user` is an identity that the stack creates. */
type Settings = (user: GatewayIdentity) => {
  identity?: GatewayIdentity;
  grantedIdentities?: GatewayIdentity[];
  additionalIdentities?: GatewayIdentity[];
};

const system = GatewayIdentity.SYSTEM_ASSIGNED;

/** The phases of the guide. */
const PHASES = {
  system: () => ({}),
  "system, grants the user-assigned one": (user) => ({ grantedIdentities: [user] }),
  "user-assigned, grants the system-assigned one": (user) => ({ identity: user, grantedIdentities: [system] }),
  "user-assigned": (user) => ({ identity: user }),
  "user-assigned, with the system-assigned one": (user) => ({ identity: user, additionalIdentities: [system] }),
} satisfies Record<string, Settings>;
type Phase = keyof typeof PHASES;

function created(phase: Phase): Json {
  return stackOn((stack) => {
    const identity =
      phase === "system"
        ? USER
        : new UserAssignedIdentity(stack, "GatewayIdentity", {
            name: "gateway",
            resourceGroupName: GROUP.name,
            location: GROUP.location,
          });
    const settings: Settings = PHASES[phase];
    return new ApimGateway(stack, "Gateway", { ...NEW, ...settings(GatewayIdentity.userAssigned(identity)) });
  });
}

const EXISTING = { apimName: "contoso", resourceGroupName: "platform", sku: ApimSku.BASIC };
const user = GatewayIdentity.userAssigned(UserAssignedIdentityRef.fromAttributes(USER));
const asUser = { principalId: USER.principalId, clientId: USER.clientId };

/** The same phases, of a team that knows the gateway by its attributes. */
const OF_A_TEAM = {
  system: { principalId: SYSTEM },
  "system, grants the user-assigned one": { principalId: SYSTEM, grantedIdentities: [user] },
  "user-assigned, grants the system-assigned one": {
    ...asUser,
    grantedIdentities: [system],
    systemAssignedPrincipalId: SYSTEM,
  },
  "user-assigned": asUser,
};

const given = (phase: keyof typeof OF_A_TEAM): Json =>
  stackOn((stack) => ApimGateway.fromAttributes(stack, "Gateway", { ...EXISTING, ...OF_A_TEAM[phase] }));

const found = (options: object) => (): Json =>
  stackOn((stack) =>
    ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform", ...options }),
  );

/** What the gateway is granted, each with the role of an app or of a service. */
const GRANTS = [
  "azuread_app_role_assignment",
  "azuread_app_role_assignment",
  "azurerm_role_assignment",
  "azurerm_role_assignment",
];
/** Who is admitted: by the app, and by the API of the inner gateway. */
const ADMITTING = ["azurerm_api_management_api_policy", "azurerm_linux_web_app"];
/** What names the identity that the gateway calls with: the policies of its two APIs, and the secret. */
const CALLING = [
  "azurerm_api_management_api_policy",
  "azurerm_api_management_api_policy",
  "azurerm_api_management_named_value",
];
const GATEWAY = ["azurerm_api_management"];
const NOTHING = { create: [], update: [], delete: [] };

withTerraform("switching the identity of a gateway", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "switch-identity-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const terraform = (...args: string[]): string => runTerraform(directory, ...args);
  const write = (config: Json): void => writeFileSync(join(directory, "main.tf.json"), JSON.stringify(config));

  /** Goes from one configuration to the next, and says what the plan shows: the types of what it creates, changes and destroys. */
  function plan(before: Json, after: Json): Record<string, string[]> {
    write(before);
    terraform("init");
    terraform("apply", "-auto-approve");
    write(after);
    terraform("plan", "-out=plan");
    const { resource_changes: changes }: Json = JSON.parse(terraform("show", "-json", "plan"));
    const actions: [string, string][] = changes.map(({ name, change }: Json) => [
      change.actions.join(),
      name.split("-")[0],
    ]);
    const others = actions.filter(([action]) => !["create", "update", "delete", "no-op"].includes(action));
    expect(others).toEqual([]);
    return Object.fromEntries(
      ["create", "update", "delete"].map((wanted) => [
        wanted,
        actions
          .filter(([action]) => action === wanted)
          .map(([, type]) => type)
          .sort(),
      ]),
    );
  }

  test.each<[string, Phase, Phase, object]>([
    [
      "1. to user-assigned: grant",
      "system",
      "system, grants the user-assigned one",
      { create: [...GRANTS, "azurerm_user_assigned_identity"], update: [...GATEWAY, ...ADMITTING] },
    ],
    [
      "2. to user-assigned: switch",
      "system, grants the user-assigned one",
      "user-assigned, grants the system-assigned one",
      { update: CALLING },
    ],
    [
      "3. to user-assigned: remove",
      "user-assigned, grants the system-assigned one",
      "user-assigned",
      { update: [...GATEWAY, ...ADMITTING], delete: GRANTS },
    ],
    [
      "1. to system-assigned: attach",
      "user-assigned",
      "user-assigned, with the system-assigned one",
      { update: GATEWAY },
    ],
    [
      "2. to system-assigned: grant",
      "user-assigned, with the system-assigned one",
      "user-assigned, grants the system-assigned one",
      { create: GRANTS, update: ADMITTING },
    ],
    [
      "3. to system-assigned: switch",
      "user-assigned, grants the system-assigned one",
      "system, grants the user-assigned one",
      { update: CALLING },
    ],
    [
      "4. to system-assigned: remove",
      "system, grants the user-assigned one",
      "system",
      { update: [...GATEWAY, ...ADMITTING], delete: [...GRANTS, "azurerm_user_assigned_identity"] },
    ],
  ])("%s", (_, before, after, expected) => {
    expect(plan(created(before), created(after))).toEqual({ ...NOTHING, ...expected });
  });

  test.each<[string, keyof typeof OF_A_TEAM, keyof typeof OF_A_TEAM, object]>([
    ["grants", "system", "system, grants the user-assigned one", { create: GRANTS, update: ADMITTING }],
    [
      "switches",
      "system, grants the user-assigned one",
      "user-assigned, grants the system-assigned one",
      { update: CALLING },
    ],
    [
      "removes",
      "user-assigned, grants the system-assigned one",
      "user-assigned",
      { update: ADMITTING, delete: GRANTS },
    ],
  ])("a team that knows the gateway by its attributes %s", (_, before, after, expected) => {
    expect(plan(given(before), given(after))).toEqual({ ...NOTHING, ...expected });
  });

  test("a team that looks the gateway up switches", () => {
    const before = found({ grantedIdentities: [user] });
    const after = found({ identity: user, grantedIdentities: [system] });
    expect(plan(before(), after())).toEqual({ ...NOTHING, update: CALLING });
  });

  test("one API is switched before the others", () => {
    const withApiOn = (isNext: boolean): Json =>
      stackOn((stack) => {
        const gateway = new ApimGateway(stack, "Gateway", { ...NEW, grantedIdentities: [user] });
        const next = ApimGateway.fromApiManagement(stack, "NextGateway", gateway.apiManagement, {
          identity: user,
          grantedIdentities: [system],
        });
        const backend = Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") });
        new SecureApimBackend(stack, "First", { gateway: isNext ? next : gateway, backend });
        return gateway;
      });
    const policy = ["azurerm_api_management_api_policy"];
    expect(plan(withApiOn(false), withApiOn(true))).toEqual({ ...NOTHING, update: policy });
  });

  test("in one step, the previous identity loses its grants in the apply that changes the policies: an outage", () => {
    expect(plan(given("system"), given("user-assigned"))).toMatchObject({ create: GRANTS, delete: GRANTS });
  });
});
