import type { Resource } from "../../rules/model/resource";
import { publishesWithPassword } from "../access/app-access";
import { KEY_SWITCHES } from "../../rules/rules/local-keys-enabled";

/** Secrets that a type of resource has in the state, whatever is written. */
export interface ExportedSecrets {
  readonly attributes: readonly string[];
  /** What they open, after "Everyone who reads the state". */
  readonly opens: string;
  readonly avoid: string;
  /** Whether they are there and of use; `disabled` if what they open does not accept them; `absent` if there are none. */
  readonly state?: (resource: Resource) => "used" | "disabled" | "absent";
}

const ACCESS_KEYS = ["primary_access_key", "secondary_access_key"];
const CONNECTIONS = ["primary_connection_string", "secondary_connection_string"];
const KEYS = ["primary_key", "secondary_key"];
const RULE = [...KEYS, ...CONNECTIONS, "primary_connection_string_alias", "secondary_connection_string_alias"];
const NAMESPACE = [
  "default_primary_key",
  "default_secondary_key",
  "default_primary_connection_string",
  "default_secondary_connection_string",
];
const COSMOS = [
  ...KEYS,
  "primary_readonly_key",
  "secondary_readonly_key",
  "primary_sql_connection_string",
  "secondary_sql_connection_string",
  "primary_readonly_sql_connection_string",
  "secondary_readonly_sql_connection_string",
  "primary_mongodb_connection_string",
  "secondary_mongodb_connection_string",
  "primary_readonly_mongodb_connection_string",
  "secondary_readonly_mongodb_connection_string",
];

/** Keys of a service, which an attribute turns off. */
function keysOf(type: string, attributes: readonly string[]): [string, ExportedSecrets] {
  const known = KEY_SWITCHES.get(type);
  return [
    type,
    {
      attributes,
      opens: "can call it with a key, without an identity",
      avoid: known
        ? `Write ${known[0]} = ${known[1]}: the values stay in the state, but open nothing.`
        : "Use an identity, and protect the state.",
      state: (resource) => (known && resource.at(known[0]).is([known[1]], known[2]) === true ? "disabled" : "used"),
    },
  ];
}

function turnedOffBy(attribute: string, off: boolean, absent: boolean, secrets: ExportedSecrets): ExportedSecrets {
  return { ...secrets, state: (resource) => (resource.at(attribute).is([off], absent) === true ? "disabled" : "used") };
}

const PROTECT = "Protect the state, and give this access to nobody who does not need it.";
const SITE: ExportedSecrets = {
  attributes: ["site_credential"],
  opens: "can publish code to it with a password",
  avoid: "Turn publishing with passwords off: the value stays in the state, but opens nothing.",
  state: (resource) => (publishesWithPassword(resource) === false ? "disabled" : "used"),
};
const NAMED_RULE: ExportedSecrets = {
  attributes: RULE,
  opens: "can send or receive messages with its key",
  avoid: "Give identities a role instead, and remove the rule.",
};
const SIGNING: ExportedSecrets = {
  attributes: ["value"],
  opens: "can sign in as the application",
  avoid: "Use a managed identity or a federated credential, and remove it.",
};
const SUBSCRIPTION: ExportedSecrets = {
  attributes: KEYS,
  opens: "can call the APIs of the subscription with its key",
  avoid: "Create subscriptions outside Terraform, or ask for a token as well as for a key.",
};
const CIRCUIT: ExportedSecrets = {
  attributes: ["authorization_key"],
  opens: "can connect to the circuit with the key",
  avoid: PROTECT,
};
const TELEMETRY = {
  opens: "can send telemetry to it",
  avoid: "Write local_authentication_disabled = true, and let apps send telemetry with their identities.",
};

/**
 * What the providers mark as sensitive and write themselves: in the state of each resource of the type.
 *
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/4.55.0/docs
 * @see https://registry.terraform.io/providers/hashicorp/azuread/3.7.0/docs
 */
export const EXPORTED: ReadonlyMap<string, ExportedSecrets> = new Map<string, ExportedSecrets>([
  keysOf("azurerm_ai_services", ACCESS_KEYS),
  keysOf("azurerm_app_configuration", [
    "primary_read_key",
    "secondary_read_key",
    "primary_write_key",
    "secondary_write_key",
  ]),
  keysOf("azurerm_cognitive_account", ACCESS_KEYS),
  keysOf("azurerm_cosmosdb_account", COSMOS),
  keysOf("azurerm_eventgrid_domain", ACCESS_KEYS),
  keysOf("azurerm_eventgrid_topic", ACCESS_KEYS),
  keysOf("azurerm_eventhub_namespace", NAMESPACE),
  keysOf("azurerm_maps_account", ACCESS_KEYS),
  keysOf("azurerm_search_service", KEYS),
  keysOf("azurerm_servicebus_namespace", NAMESPACE),
  keysOf("azurerm_signalr_service", [...ACCESS_KEYS, ...CONNECTIONS]),
  keysOf("azurerm_storage_account", [
    ...ACCESS_KEYS,
    ...CONNECTIONS,
    "primary_blob_connection_string",
    "secondary_blob_connection_string",
  ]),
  keysOf("azurerm_web_pubsub", [...ACCESS_KEYS, ...CONNECTIONS]),
  ...[
    "azurerm_linux_web_app",
    "azurerm_windows_web_app",
    "azurerm_linux_function_app",
    "azurerm_windows_function_app",
    "azurerm_linux_web_app_slot",
    "azurerm_windows_web_app_slot",
    "azurerm_linux_function_app_slot",
    "azurerm_windows_function_app_slot",
    "azurerm_function_app_flex_consumption",
    "azurerm_logic_app_standard",
  ].map((type): [string, ExportedSecrets] => [type, SITE]),
  ["azurerm_api_management_subscription", SUBSCRIPTION],
  [
    "azurerm_api_management",
    {
      attributes: ["tenant_access.primary_key", "tenant_access.secondary_key"],
      opens: "can manage the gateway with a key",
      avoid: "Write tenant_access.enabled = false.",
      state: (resource) => (resource.at("tenant_access.enabled").is([false], false) === true ? "absent" : "used"),
    },
  ],
  [
    "azurerm_application_insights_api_key",
    {
      attributes: ["api_key"],
      opens: "can read or write telemetry with the key",
      avoid: "Use an identity with a role.",
    },
  ],
  [
    "azurerm_application_insights",
    turnedOffBy("local_authentication_disabled", true, false, {
      attributes: ["connection_string", "instrumentation_key"],
      ...TELEMETRY,
    }),
  ],
  [
    "azurerm_log_analytics_workspace",
    turnedOffBy("local_authentication_enabled", false, true, {
      attributes: ["primary_shared_key", "secondary_shared_key"],
      opens: "can send logs to it",
      avoid: "Write local_authentication_enabled = false: the values stay in the state, but open nothing.",
    }),
  ],
  [
    "azurerm_redis_cache",
    turnedOffBy("access_keys_authentication_enabled", false, true, {
      attributes: [...ACCESS_KEYS, ...CONNECTIONS],
      opens: "can read and write the cache with a key",
      avoid: "Write access_keys_authentication_enabled = false: the values stay in the state, but open nothing.",
    }),
  ],
  [
    "azurerm_container_registry",
    {
      attributes: ["admin_password"],
      opens: "can push and pull images with the password",
      avoid: "Write admin_enabled = false, and let identities pull with a role.",
      state: (resource) => (resource.at("admin_enabled").is([false], false) === true ? "absent" : "used"),
    },
  ],
  [
    "azurerm_container_registry_token_password",
    {
      attributes: ["password1.value", "password2.value"],
      opens: "can use the token of the registry",
      avoid: "Let identities pull with a role.",
    },
  ],
  [
    "azurerm_storage_account_sas",
    {
      attributes: ["sas"],
      opens: "can use the storage account until the signature expires",
      avoid: "Give an identity a role instead.",
    },
  ],
  [
    "azurerm_storage_account_blob_container_sas",
    {
      attributes: ["sas"],
      opens: "can use the container until the signature expires",
      avoid: "Give an identity a role instead.",
    },
  ],
  [
    "azurerm_storage_account_local_user",
    { attributes: ["password"], opens: "can sign in to the storage account as the user", avoid: PROTECT },
  ],
  [
    "azurerm_eventhub_sas",
    {
      attributes: ["sas"],
      opens: "can send or receive events until the signature expires",
      avoid: "Give an identity a role instead.",
    },
  ],
  ["azurerm_eventhub_authorization_rule", NAMED_RULE],
  ["azurerm_eventhub_namespace_authorization_rule", NAMED_RULE],
  ["azurerm_servicebus_namespace_authorization_rule", NAMED_RULE],
  ["azurerm_servicebus_queue_authorization_rule", NAMED_RULE],
  ["azurerm_servicebus_topic_authorization_rule", NAMED_RULE],
  [
    "azurerm_servicebus_namespace_disaster_recovery_config",
    {
      ...NAMED_RULE,
      attributes: [
        "default_primary_key",
        "default_secondary_key",
        "primary_connection_string_alias",
        "secondary_connection_string_alias",
      ],
      opens: "can send and receive messages with the keys of the namespace",
      avoid: "Write local_auth_enabled = false for the namespaces: the values stay in the state, but open nothing.",
    },
  ],
  [
    "azurerm_container_app",
    {
      attributes: ["secret.value"],
      opens: "has the secrets of the app",
      avoid: "Remove the data source, or let the app refer to secrets of a key vault.",
      // Of a resource, only what is written is there.
      state: () => "absent",
    },
  ],
  [
    "azurerm_source_control_token",
    { attributes: ["token", "token_secret"], opens: "can use the source code with the token", avoid: PROTECT },
  ],
  ["azurerm_express_route_circuit", { ...CIRCUIT, attributes: ["service_key"] }],
  ["azurerm_express_route_circuit_authorization", CIRCUIT],
  ["azurerm_express_route_port_authorization", CIRCUIT],
  [
    "azurerm_app_service_hybrid_connection",
    { attributes: ["send_key_value"], opens: "can send to the relay of the connection", avoid: PROTECT },
  ],
  [
    "azurerm_function_app_host_keys",
    {
      attributes: [
        "default_function_key",
        "primary_key",
        "blobs_extension_key",
        "durabletask_extension_key",
        "event_grid_extension_key",
        "signalr_extension_key",
        "webpubsub_extension_key",
      ],
      opens: "can call the functions that ask for a key, and with the primary key the host",
      avoid: "Remove the data source, and let callers sign in with an identity.",
    },
  ],
  [
    "azurerm_key_vault_secret",
    {
      attributes: ["value"],
      opens: "has the secret",
      avoid: "Refer to the secret by its ID, so that the app or the gateway reads it from the key vault.",
    },
  ],
  [
    "azurerm_key_vault_certificate_data",
    {
      attributes: ["key", "pem"],
      opens: "has the private key",
      avoid: "Refer to the certificate by its ID, so that its user reads it from the key vault.",
    },
  ],
  [
    "azurerm_key_vault_encrypted_value",
    { attributes: ["decoded_plain_text_value"], opens: "has the decrypted value", avoid: PROTECT },
  ],
  ["azurerm_static_web_app", { attributes: ["api_key"], opens: "can publish to it", avoid: PROTECT }],
  ["azurerm_static_site", { attributes: ["api_key"], opens: "can publish to it", avoid: PROTECT }],
  [
    "azurerm_kubernetes_cluster",
    {
      attributes: ["kube_config_raw", "kube_admin_config_raw"],
      opens: "can use the cluster as the configuration says",
      avoid: PROTECT,
    },
  ],
  ["azurerm_batch_account", { attributes: ACCESS_KEYS, opens: "can use the account with a key", avoid: PROTECT }],
  [
    "azurerm_web_app_hybrid_connection",
    { attributes: ["send_key_value"], opens: "can send to the relay of the connection", avoid: PROTECT },
  ],
  [
    "azurerm_function_app_hybrid_connection",
    { attributes: ["send_key_value"], opens: "can send to the relay of the connection", avoid: PROTECT },
  ],
  ["azuread_application_password", SIGNING],
  ["azuread_service_principal_password", SIGNING],
  [
    "azuread_application",
    {
      ...SIGNING,
      attributes: ["password.value"],
      state: (resource) => (resource.at("password").isEmpty === true ? "absent" : "used"),
    },
  ],
  [
    "azuread_service_principal_token_signing_certificate",
    { attributes: ["value"], opens: "has the certificate", avoid: PROTECT },
  ],
  [
    "random_password",
    {
      attributes: ["result", "bcrypt_hash"],
      opens: "has the password",
      avoid: "Use an identity, or an ephemeral random_password and a write-only attribute.",
    },
  ],
  [
    "tls_private_key",
    {
      attributes: ["private_key_pem", "private_key_openssh", "private_key_pem_pkcs8"],
      opens: "has the private key",
      avoid: "Create the key in a key vault, or use the ephemeral tls_private_key.",
    },
  ],
]);

/** Types whose data sources write secrets into the state. The other types have none that a data source reads. */
export const EXPORTED_BY_DATA: ReadonlySet<string> = new Set([
  ...["azurerm_linux_web_app", "azurerm_windows_web_app", "azurerm_linux_function_app", "azurerm_windows_function_app"],
  ...["azurerm_api_management_subscription", "azurerm_cognitive_account", "azurerm_cosmosdb_account"],
  ...[
    "azurerm_application_insights",
    "azurerm_log_analytics_workspace",
    "azurerm_redis_cache",
    "azurerm_search_service",
  ],
  ...[
    "azurerm_eventhub_namespace",
    "azurerm_eventhub_authorization_rule",
    "azurerm_eventhub_namespace_authorization_rule",
  ],
  ...["azurerm_servicebus_namespace", "azurerm_servicebus_namespace_authorization_rule"],
  ...["azurerm_servicebus_queue_authorization_rule", "azurerm_servicebus_topic_authorization_rule"],
  ...["azurerm_storage_account", "azurerm_storage_account_sas", "azurerm_storage_account_blob_container_sas"],
  ...["azurerm_eventhub_sas", "azurerm_function_app_host_keys", "azurerm_key_vault_secret"],
  ...["azurerm_container_app", "azurerm_source_control_token", "azurerm_servicebus_namespace_disaster_recovery_config"],
  ...["azurerm_key_vault_certificate_data", "azurerm_key_vault_encrypted_value", "azurerm_static_web_app"],
  ...["azurerm_app_configuration", "azurerm_container_registry", "azurerm_kubernetes_cluster", "azurerm_maps_account"],
  ...["azurerm_batch_account", "azurerm_eventgrid_topic", "azurerm_eventgrid_domain", "azurerm_signalr_service"],
]);

/** Whether an expression reads an attribute that holds a secret. */
export function readsSecret(expression: string): boolean {
  REFERENCE.lastIndex = 0;
  for (const [, type, path] of expression.matchAll(REFERENCE)) {
    const attribute = path.replace(/\[\w*\]/g, "");
    const known = EXPORTED.get(type);
    if (known?.attributes.some((each) => attribute === each || attribute.startsWith(`${each}.`))) return true;
    if (SECRET_NAME.test(attribute) && !known) return true;
  }
  return false;
}

const REFERENCE =
  /(?<![\w.-])(?:data\.)?([a-z][a-z0-9]*_[a-z0-9_]+)\.[A-Za-z_][\w-]*(?:\[[^\]]*\])?\.([a-z_][\w.[\]]*)/g;
const SECRET_NAME = /(?:^|[._])(?:password|client_secret|connection_string|access_key|shared_key|private_key\w*|sas)$/;
