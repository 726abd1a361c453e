import { reportMarkdown } from "../../lib/report/markdown/report";
import { Json } from "../helpers/synth";
import { policy } from "../rules/written-stack";
import { reportAfter, reportOf, reportOfFiles } from "./reported";

/** The secrets of some resources, as `name: used or disabled`. */
function secretsOf(resource: Json, others: Json = {}): string[] {
  const { secrets } = reportOf({ app: { ...others, resource } });
  return secrets.map(({ name, disabled }) => `${name}: ${disabled ? "disabled" : "used"}`);
}

const KEYS = "primary_access_key, secondary_access_key";

/** Resources that have secrets in the state, whatever is written. */
const EXPORTED: readonly (readonly [type: string, attributes: Json, secrets: string[]])[] = [
  ["azurerm_cognitive_account", {}, [`azurerm_cognitive_account.a ${KEYS}: used`]],
  ["azurerm_cognitive_account", { local_auth_enabled: false }, [`azurerm_cognitive_account.a ${KEYS}: disabled`]],
  ["azurerm_cognitive_account", { local_auth_enabled: "${var.keys}" }, [`azurerm_cognitive_account.a ${KEYS}: used`]],
  [
    "azurerm_storage_account",
    { shared_access_key_enabled: false },
    [
      `azurerm_storage_account.a ${KEYS}, primary_connection_string, secondary_connection_string, ` +
        "primary_blob_connection_string, secondary_blob_connection_string: disabled",
    ],
  ],
  ["azurerm_linux_web_app", {}, ["azurerm_linux_web_app.a site_credential: used"]],
  [
    "azurerm_linux_web_app",
    { ftp_publish_basic_authentication_enabled: false, webdeploy_publish_basic_authentication_enabled: false },
    ["azurerm_linux_web_app.a site_credential: disabled"],
  ],
  [
    "azurerm_function_app_flex_consumption",
    { webdeploy_publish_basic_authentication_enabled: false },
    ["azurerm_function_app_flex_consumption.a site_credential: disabled"],
  ],
  [
    "azurerm_logic_app_standard",
    { ftp_publish_basic_authentication_enabled: false, scm_publish_basic_authentication_enabled: false },
    ["azurerm_logic_app_standard.a site_credential: disabled"],
  ],
  [
    "azurerm_api_management_subscription",
    {},
    ["azurerm_api_management_subscription.a primary_key, secondary_key: used"],
  ],
  ["azurerm_api_management", {}, []],
  [
    "azurerm_api_management",
    { tenant_access: { enabled: true } },
    ["azurerm_api_management.a tenant_access.primary_key, tenant_access.secondary_key: used"],
  ],
  ["azurerm_container_registry", {}, []],
  ["azurerm_container_registry", { admin_enabled: true }, ["azurerm_container_registry.a admin_password: used"]],
  ["azuread_application", {}, []],
  ["azuread_application", { password: [{ display_name: "x" }] }, ["azuread_application.a password.value: used"]],
  ["azuread_application_password", {}, ["azuread_application_password.a value: used"]],
  ["random_password", { length: 32 }, ["random_password.a result, bcrypt_hash: used"]],
  [
    "azurerm_servicebus_namespace_disaster_recovery_config",
    {},
    [
      "azurerm_servicebus_namespace_disaster_recovery_config.a default_primary_key, default_secondary_key, " +
        "primary_connection_string_alias, secondary_connection_string_alias: used",
    ],
  ],
  ["azurerm_express_route_circuit", {}, ["azurerm_express_route_circuit.a service_key: used"]],
  ["azurerm_container_app", {}, []],
  ["azurerm_resource_group", { name: "a" }, []],
];

test.each(EXPORTED)("%s %j", (type, attributes, secrets) => {
  expect(secretsOf({ [type]: { a: attributes } })).toEqual(secrets);
});

/** Secrets that the code writes, or gets from elsewhere. */
const WRITTEN: readonly (readonly [what: string, type: string, attributes: Json, attribute: string | undefined])[] = [
  ["a secret named value", "azurerm_api_management_named_value", { secret: true, value: "x1y2z3" }, "value"],
  ["a named value that is no secret", "azurerm_api_management_named_value", { value: "x1y2z3" }, undefined],
  [
    "a named value of a key vault",
    "azurerm_api_management_named_value",
    { secret: true, value_from_key_vault: { secret_id: "https://a.vault.azure.net/secrets/b" } },
    undefined,
  ],
  ["a secret of a key vault", "azurerm_key_vault_secret", { name: "a", value: "${var.value}" }, "value"],
  ["a write-only value", "azurerm_key_vault_secret", { name: "a", value_wo: "${var.value}" }, undefined],
  [
    "a certificate",
    "azurerm_api_management_certificate",
    { data: '${filebase64("a.pfx")}', password: "${var.password}" },
    "data",
  ],
  [
    "the certificate of a CA, which is public",
    "azurerm_api_management",
    { certificate: { encoded_certificate: '${filebase64("ca.cer")}', store_name: "Root" } },
    undefined,
  ],
  [
    "a client secret",
    "azurerm_api_management_identity_provider_aad",
    { client_id: "a", client_secret: "${var.client_secret}" },
    "client_secret",
  ],
  [
    "a setting that looks like a secret",
    "azurerm_service",
    { app_settings: { DB_PASSWORD: "hunter22" } },
    "app_settings.DB_PASSWORD",
  ],
  ["a setting that does not", "azurerm_service", { app_settings: { MODE: "production" } }, undefined],
  [
    "a setting of a key vault",
    "azurerm_service",
    { app_settings: { DB_PASSWORD: "@Microsoft.KeyVault(SecretUri=https://a.vault.azure.net/secrets/b)" } },
    undefined,
  ],
  [
    "a setting that reads a key",
    "azurerm_service",
    { app_settings: { FILES: "${azurerm_storage_account.files.primary_access_key}" } },
    "app_settings.FILES",
  ],
  [
    "a setting that reads a sensitive variable",
    "azurerm_service",
    { app_settings: { A: "${var.hidden}" } },
    "app_settings.A",
  ],
  ["a setting that reads another variable", "azurerm_service", { app_settings: { A: "${var.shown}" } }, undefined],
  [
    "a shared access signature",
    "azurerm_service",
    { app_settings: { A: "https://a.blob.core.windows.net/b?sv=1&sig=abc" } },
    "app_settings.A",
  ],
];

test.each(WRITTEN)("%s", (_, type, attributes, attribute) => {
  const variable = { hidden: { sensitive: true }, shown: {} };
  const found = secretsOf({ [type]: { a: attributes } }, { variable }).filter(
    (each) => !each.includes("tenant_access"),
  );
  const own = found.filter((each) => each.startsWith(`${type}.a`)).map((each) => each.split(" ")[1].replace(/:$/, ""));
  expect(attribute === undefined ? own : own.slice(0, 1)).toEqual(attribute === undefined ? [] : [attribute]);
});

test("what data sources read, what actions list, and what outputs give on", () => {
  const data = {
    azurerm_key_vault_secret: { a: { name: "a" } },
    azurerm_function_app_host_keys: { a: { name: "a" } },
    azurerm_container_app: { a: { name: "a" } },
    azurerm_resource_group: { a: { name: "a" } },
  };
  const action = {
    type: "Microsoft.Web/sites@2024-04-01",
    action: "listKeys",
    response_export_values: ["*"],
  };
  const output = { key: { value: "${data.azurerm_key_vault_secret.a.value}" }, url: { value: "https://a" } };
  const { secrets } = reportOf({ app: { data, output, resource: { azapi_resource_action: { keys: action } } } });
  expect(secrets.map(({ name }) => name)).toEqual([
    "azapi_resource_action.keys output",
    "data.azurerm_container_app.a secret.value",
    expect.stringMatching(/^data\.azurerm_function_app_host_keys\.a default_function_key, /),
    "data.azurerm_key_vault_secret.a value",
    "output.key",
  ]);
});

test("outputs of all files, each as Terraform takes it", () => {
  const output = (name: string, value: string): Json => ({ output: { [name]: { value } } });
  const secret = "${data.azurerm_key_vault_secret.a.value}";
  const { secrets } = reportOfFiles([
    { path: "main.tf.json", json: { output: { url: { value: "https://a" }, old: { value: secret } } } },
    { path: "outputs.tf.json", json: output("key", secret) },
    { path: "override.tf.json", json: output("old", "none") },
  ]);
  expect(secrets.map(({ name }) => name)).toEqual(["output.key"]);
});

test("each entry says why it is there and what to do", () => {
  const { secrets } = reportOf({ app: { resource: { azurerm_linux_web_app: { a: {} } } } });
  expect(secrets[0]).toMatchObject({
    stack: "app",
    why: "The provider writes this value into the state, whatever the code says. Everyone who reads the state can publish code to it with a password.",
    avoid: "Turn publishing with passwords off: the value stays in the state, but opens nothing.",
  });
});

const SECRET = "s3cr3t-Pa55w0rd/x9";

/** Places where somebody writes a secret. */
const PLACES: readonly (readonly [what: string, change: (all: Json) => void])[] = [
  ["a named value", (all) => void (all.azurerm_api_management_named_value = { a: { secret: true, value: SECRET } })],
  ["an app setting", (all) => void (all.azurerm_linux_web_app.orders.app_settings = { DB_PASSWORD: SECRET })],
  [
    "the query of a backend",
    (all) => void (all.azurerm_api_management_backend.orders.url = `http://a.example/?code=${SECRET}`),
  ],
  [
    "the user of a backend",
    (all) => void (all.azurerm_api_management_backend.orders.url = `http://u:${SECRET}@a.example`),
  ],
  [
    "a policy",
    (all) =>
      void (all.azurerm_api_management_api_policy.orders.xml_content = policy(
        "<base />",
        `<set-header name="api-key" exists-action="override"><value>${SECRET}</value></set-header>`,
        `<authentication-basic username="a" password="${SECRET}" />`,
        `<check-header name="x-api-key"><value>${SECRET}</value></check-header>`,
        `<set-backend-service base-url="https://a.example/?code=${SECRET}" />`,
      )),
  ],
  [
    "the credentials of a backend entity",
    (all) => void (all.azurerm_api_management_backend.orders.credentials = { header: { "x-functions-key": SECRET } }),
  ],
  [
    "a client secret",
    (all) => void (all.azurerm_linux_web_app.orders.auth_settings = { active_directory: { client_secret: SECRET } }),
  ],
  [
    "the same text in a name",
    (all) => {
      all.azurerm_api_management_named_value = { a: { secret: true, value: SECRET } };
      all.azurerm_api_management_api.orders.display_name = `Orders ${SECRET}`;
    },
  ],
];

test.each(PLACES)("no report contains a secret that is in %s", (_, change) => {
  const report = reportAfter(change);
  expect(JSON.stringify(report)).not.toContain(SECRET);
  expect(reportMarkdown(report)).not.toContain(SECRET);
});
