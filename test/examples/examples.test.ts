import { join } from "path";
import { Testing } from "cdktf";
import { toMatchFile } from "jest-file-snapshot";
import { stringify } from "yaml";
import { EXAMPLES } from "../../examples/index";
import { withTexts } from "../helpers/assets";
import { keysOf, order } from "../helpers/graph";
import { Json, only, synth, withoutHashes } from "../helpers/synth";

const synthesized = Object.fromEntries(
  Object.entries(EXAMPLES).map(([name, Example]): [string, Json] => {
    const stack = new Example(Testing.app(), name);
    return [name, withTexts(stack, synth(stack))];
  }),
);
const names = Object.keys(EXAMPLES);

test("there is an example for each story", () => {
  expect(names).toEqual([
    "quickstart",
    "web-app",
    "existing-gateway",
    "user-assigned-identity",
    "own-app",
    "own-container-app",
    "own-api",
    "protected-url",
    "merged-policy",
    "apim-chain",
    "azure-openai",
    "openai-pool",
    "azure-storage",
    "custom-backend",
    "flex-function-app",
    "windows-function-app",
    "slots",
    "shared-plan",
    "container-app",
    "existing-app",
    "many-backends",
    "network-lockdown",
    "landing-zone",
    "existing-api",
    "versions",
    "platform",
    "team-orders",
    "team-billing",
    "open-api",
    "operations",
    "consumers",
    "mcp-server",
    "custom-domain",
    "front-door",
    "government-cloud",
    "key-migration-accept-both",
    "key-migration-prefer-identity",
    "key-migration-refuse-key",
    "key-migration-remove-key",
    "from-hand-written",
    "entra-request",
    "existing-registration",
  ]);
});

expect.extend({ toMatchFile });

/** In YAML, where a policy of many lines can be read and reviewed. */
test.each(names)("%s is the Terraform configuration that was reviewed", (name) => {
  const reviewed = stringify(synthesized[name], { lineWidth: 0, aliasDuplicateObjects: false });
  expect(reviewed).toMatchFile(join(__dirname, "reviewed", `${name}.yaml`));
});

test.each(names)("%s holds no secret: no client secret, no account key, no function key", (name) => {
  // A named value says where its secret is kept, and diagnostics what they mask.
  const { azurerm_api_management_named_value: namedValues = {}, ...resource } = synthesized[name].resource;
  delete resource.azurerm_api_management_api_diagnostic;
  const rest = { ...synthesized[name], resource };
  expect(Object.values<Json>(namedValues).filter(({ value, secret }) => secret && value !== undefined)).toEqual([]);
  // Until the last phase, the gateway sends the function key that it reads from a named value.
  const sendsKey = /^key-migration-(?:accept-both|prefer-identity|refuse-key)$/.test(name);
  const header = /name=\\"x-functions-key\\" exists-action=\\"override\\">\\n\s+<value>\{\{\$\{/;
  const text = JSON.stringify(rest).replace(header, "");
  expect(header.test(JSON.stringify(rest))).toBe(sendsKey);
  expect(text.match(/x-functions-key|AccountKey|SharedAccessSignature|listKeys/gi)).toBeNull();
  const attributes = keysOf({ ...rest, resource: Object.values<Json>(resource).flatMap(Object.values) });
  expect(attributes.filter((key) => /secret|password|access_key$|_key$|certificate_thumbprint/.test(key))).toEqual([]);
  expect(Object.keys(resource).filter((type) => /password|certificate|secret/.test(type))).toEqual([]);
});

test.each(names)("%s has no cycle", (name) => {
  expect(() => order(synthesized[name])).not.toThrow();
});

const GLOBAL_NAMES = [
  "azurerm_api_management",
  "azurerm_cognitive_account",
  "azurerm_function_app_flex_consumption",
  "azurerm_linux_function_app",
  "azurerm_linux_web_app",
  "azurerm_storage_account",
  "azurerm_windows_function_app",
  "azurerm_windows_web_app",
];

/** Its names are those of what was written by hand. */
const generated = names.filter((name) => name !== "from-hand-written");

test.each(generated)("%s has names that nobody else in Azure has", (name) => {
  const resources = GLOBAL_NAMES.flatMap((type) => Object.values<Json>(synthesized[name].resource[type] ?? {}));
  const common = resources.filter((resource) => !/\$\{substr\(sha256\(.*subscription_id/.test(resource.name));
  expect(common).toEqual([]);
});

test.each(["protected-url", "azure-openai", "azure-storage", "entra-request"])(
  "%s creates nothing in Entra ID, and needs no azuread provider",
  (name) => expect(Object.keys(synthesized[name].provider)).toEqual(["azurerm"]),
);

test.each(names)("%s has no provider that it does not use", (name) => {
  const { provider, resource, data } = synthesized[name];
  const used = new Set([...Object.keys(resource), ...Object.keys(data ?? {})].map((type) => type.split("_")[0]));
  expect(Object.keys(provider).filter((each) => !used.has(each))).toEqual([]);
});

test.each(names)("%s has the azapi provider only where it uses it", (name) => {
  const { provider, resource } = synthesized[name];
  const used = Object.keys(resource).some((type) => type.startsWith("azapi_"));
  expect(Object.keys(provider).includes("azapi")).toBe(used);
});

describe("quickstart", () => {
  const json = synthesized.quickstart;
  const app = only(json, "azurerm_linux_function_app");
  const application = "azuread_application.Orders_Backend_Registration_E9FD0BB3";
  const assignment = "azuread_app_role_assignment.Orders_Backend_Registration_Invoke-Gateway_7EA4E155";

  test("nobody gets in without a token, and none but the gateway with one", () => {
    expect(app.auth_settings_v2).toEqual({
      auth_enabled: true,
      require_authentication: true,
      unauthenticated_action: "Return401",
      require_https: true,
      login: { token_store_enabled: false },
      active_directory_v2: {
        client_id: `\${${application}.client_id}`,
        tenant_auth_endpoint:
          "https://login.microsoftonline.com/${data.azurerm_client_config.SecureApimBackendClientConfig.tenant_id}/v2.0",
        allowed_audiences: [`\${${application}.client_id}`],
        allowed_identities: ["${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}"],
      },
    });
  });

  test("Entra ID issues version 2 tokens, and to the gateway alone", () => {
    expect(only(json, "azuread_application").api).toEqual({ requested_access_token_version: 2 });
    expect(only(json, "azuread_service_principal").app_role_assignment_required).toBe(true);
    expect(only(json, "azuread_app_role_assignment")).toEqual({
      app_role_id: only(json, "azuread_application").app_role[0].id,
      principal_object_id: "${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}",
      resource_object_id:
        "${azuread_service_principal.Orders_Backend_Registration_ServicePrincipal_9651E2C8.object_id}",
    });
  });

  test("the policy asks for a token for the registration, and comes after the assignment", () => {
    const policy = only(json, "azurerm_api_management_api_policy");
    expect(withoutHashes(policy.xml_content)).toContain(
      `<authentication-managed-identity id="secure-apim-backend-token" resource="\${${application}.client_id}" />`,
    );
    expect(policy.depends_on).toContain(assignment);
  });
});

describe("versions", () => {
  test("plans the policies and operations again when a revision is bumped, which replaces the API", () => {
    const { resource } = synthesized.versions;
    for (const [name, version] of [
      ["orders-v1", "OrdersV1"],
      ["orders-v2", "OrdersV2"],
    ]) {
      const [[api]] = Object.entries<Json>(resource.azurerm_api_management_api).filter(
        ([, each]) => each.name === name,
      );
      const hanging = Object.entries<Json>({
        ...resource.azurerm_api_management_api_operation,
        ...resource.azurerm_api_management_api_policy,
      }).filter(([address]) => address.startsWith(`${version}_`));
      expect(hanging).toHaveLength(7);
      expect(hanging.map(([, { lifecycle }]) => lifecycle.replace_triggered_by[0])).toEqual(
        hanging.map(() => `azurerm_api_management_api.${api}.id`),
      );
    }
  });
});
