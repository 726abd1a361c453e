import { readdirSync, readFileSync } from "fs";
import { join } from "path";
import { TerraformStack } from "cdktf";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Backend, SecureApimBackend } from "cdktf-secure-apim-backend";
import { keysOf, order } from "../helpers/graph";
import { all, annotations, GROUP, Json, only, stackWithProviders, synth, withoutHashes } from "../helpers/synth";
import { GATEWAYS, IDENTITY } from "./gateways";
import { KINDS } from "./kinds";

/* Every kind of app behind every kind of gateway is closed in the same way. */

const CASES = Object.keys(KINDS).flatMap((kind) => Object.keys(GATEWAYS).map((gateway) => [kind, gateway] as const));

/** Attributes that hold secrets. */
const SECRET = /secret|password|access_key$|_key$/;

/** The role with which the gateway reads the certificate of its host name. No call to a backend takes it. */
const FOR_HOST_NAME = /^SecureApimBackendRoles_Gateway_keyvaultsecretsuser_/;

function stackOf(kind: string, gateway: string): TerraformStack {
  const stack = stackWithProviders();
  new SecureApimBackend(stack, "Orders", {
    gateway: GATEWAYS[gateway].make(stack, KINDS[kind].sku),
    backend: KINDS[kind].backend(stack),
  });
  return stack;
}

describe.each(CASES)("%s behind %s", (kind, gateway) => {
  const stack = stackOf(kind, gateway);
  const json = synth(stack);
  const [applicationName] = Object.keys(all(json, "azuread_application"));
  const clientId = `\${azuread_application.${applicationName}.client_id}`;
  const apps = KINDS[kind].types.map((type): [string, Json] => [type, only(json, type)]);

  test.each(apps)("nobody gets into its %s without a token, and none but the gateway with one", (_, app) => {
    expect(app.auth_settings_v2).toEqual({
      auth_enabled: true,
      require_authentication: true,
      unauthenticated_action: "Return401",
      require_https: true,
      login: { token_store_enabled: false },
      active_directory_v2: {
        client_id: clientId,
        tenant_auth_endpoint:
          "https://login.microsoftonline.com/${data.azurerm_client_config.SecureApimBackendClientConfig.tenant_id}/v2.0",
        allowed_audiences: [clientId],
        allowed_identities: [GATEWAYS[gateway].caller],
      },
    });
  });

  test.each(apps)("its %s takes neither plain HTTP nor passwords", (type, app) => {
    expect(app.https_only).toBe(true);
    expect(app.webdeploy_publish_basic_authentication_enabled).toBe(false);
    const knowsFtp = type !== "azurerm_function_app_flex_consumption";
    expect(app.ftp_publish_basic_authentication_enabled).toBe(knowsFtp ? false : undefined);
    expect(annotations(stack)).toEqual([]);
  });

  test("Entra ID issues version 2 tokens for it, and to the gateway alone", () => {
    expect(only(json, "azuread_application").api).toEqual({ requested_access_token_version: 2 });
    expect(only(json, "azuread_service_principal").app_role_assignment_required).toBe(true);
    expect(only(json, "azuread_app_role_assignment").principal_object_id).toBe(GATEWAYS[gateway].caller);
  });

  test("the gateway's policy has a token for it, and comes after all that a call takes", () => {
    const policy = only(json, "azurerm_api_management_api_policy");
    const client = gateway.includes("user-assigned") ? ` client-id="${IDENTITY.clientId}"` : "";
    expect(withoutHashes(policy.xml_content)).toContain(
      `<authentication-managed-identity id="secure-apim-backend-token" resource="${clientId}"${client} />`,
    );
    const [type] = KINDS[kind].types;
    const needed = [type, "azuread_app_role_assignment", "azurerm_role_assignment"].flatMap((each) =>
      Object.keys(all(json, each))
        .filter((name) => !FOR_HOST_NAME.test(name))
        .map((name) => `${each}.${name}`),
    );
    expect(policy.depends_on).toEqual(expect.arrayContaining(needed));
  });

  test("there is no cycle and no secret", () => {
    expect(() => order(json)).not.toThrow();
    expect(keysOf(json).filter((key) => SECRET.test(key) && !FOR_HOST_NAME.test(key))).toEqual([]);
    expect(JSON.stringify(json).match(/AccountKey|SharedAccessSignature|listKeys/gi)).toBeNull();
  });
});

/** What has no app, or an app whose sign-in azapi writes: these have tests of their own. */
const ELSEWHERE = ["url", "upstreamApim", "existingApp", "containerApp", "fromContainerApp", "fromLogicAppStandard"];

test("every factory of Backend that has an app has a row in kinds.ts", () => {
  const kinds = Object.values(KINDS).map(({ backend }) => backend(stackWithProviders()).factory);
  const services = readdirSync(join(__dirname, "..", "..", "lib", "backends", "services"))
    .map((file) => readFileSync(join(__dirname, "..", "..", "lib", "backends", "services", file), "utf8"))
    .flatMap((code) => [...code.matchAll(/^export function (\w+)/gm)].map(([, name]) => name));
  const factories = Object.getOwnPropertyNames(Backend).filter(
    (name) => !name.startsWith("_") && typeof Reflect.get(Backend, name) === "function",
  );
  const known = [...ELSEWHERE, ...services].map((name) => `Backend.${name}`).concat(kinds);
  expect(factories.filter((name) => !known.includes(`Backend.${name}`))).toEqual([]);
});

test.each(Object.keys(KINDS))("%s has the same names with one more construct before it", (kind) => {
  const [gateway] = Object.keys(GATEWAYS);
  const stack = stackWithProviders();
  new ResourceGroup(stack, "Other", GROUP);
  new SecureApimBackend(stack, "Orders", {
    gateway: GATEWAYS[gateway].make(stack, KINDS[kind].sku),
    backend: KINDS[kind].backend(stack),
  });
  const { resource } = synth(stack);
  delete resource.azurerm_resource_group;
  expect(resource).toEqual(synth(stackOf(kind, gateway)).resource);
});
