import { TerraformStack } from "cdktf";
import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { ContainerApp } from "@cdktf/provider-azurerm/lib/container-app";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { LogicAppStandard } from "@cdktf/provider-azurerm/lib/logic-app-standard";
import { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import { OWN_APP, OWN_CONTAINER_APP, OWN_LOGIC_APP, OWN_SLOT } from "../backends/kinds";
import { GROUP, Json, stackWithProviders } from "./synth";

/* The table of docs/reference/security-defaults.md: what closes a resource, with values that are looser, and some that are stricter. */

/** Everything that the table is about, once, made with these exports of the package. */
export function everything(lib: Json, stack = stackWithProviders()): TerraformStack {
  const {
    ApimGateway,
    ApimProduct,
    ApimSku,
    ApiSurface,
    AppRuntime,
    AppServicePlan,
    Audience,
    Backend,
    GatewayNetwork,
  } = lib;
  const { ApiDiagnostics, ApimLogger, ApimNamedValue, NamedValueContent, NetworkAccess, SecurePolicyFragment } = lib;
  const { OpenApiLinkFormat, PolicyDocument, PolicyStatement, ProductAccess, SecureApimBackend } = lib;
  const MADE = { resourceGroup: GROUP, runtime: AppRuntime.node("22") };
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    sku: ApimSku.PREMIUM,
    network: GatewayNetwork.external({ id: "/subscriptions/s/subnets/apim" }),
    customDomains: [{ hostName: "api.contoso.com", keyVault: VAULT, certificateName: "api" }],
    roleAssignments: [READER],
  });
  new ApimGateway(stack, "Private", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    sku: ApimSku.PREMIUM,
    network: GatewayNetwork.NONE.withoutPublicAccess(),
  });
  const partners = new ApimProduct(stack, "Partners", { gateway });
  new ApimProduct(stack, "Approved", { gateway, access: ProductAccess.approvedSubscription(1) });
  const applicationInsights = { id: "/insights", connectionString: "InstrumentationKey=1" };
  const logger = new ApimLogger(stack, "Logger", { gateway, applicationInsights });
  new SecureApimBackend(stack, "Web", {
    gateway,
    backend: Backend.webApp({ ...MADE, roleAssignments: [READER] }),
    products: [partners],
    diagnostics: [ApiDiagnostics.applicationInsights(logger), ApiDiagnostics.azureMonitor()],
  });
  new SecureApimBackend(stack, "WindowsWeb", { gateway, backend: Backend.windowsWebApp(MADE) });
  new SecureApimBackend(stack, "Functions", { gateway, backend: Backend.functionApp(MADE) });
  new SecureApimBackend(stack, "WindowsFunctions", { gateway, backend: Backend.windowsFunctionApp(MADE) });
  new SecureApimBackend(stack, "Flex", {
    gateway,
    backend: Backend.flexFunctionApp(MADE),
    surface: ApiSurface.wildcard(),
    operationPolicies: [{ operationId: "get", policy: PolicyDocument.of(PolicyStatement.rateLimit(1, 60)) }],
  });
  new SecureApimBackend(stack, "Container", {
    gateway,
    backend: Backend.containerApp({ resourceGroup: GROUP, image: "contoso/orders:1", targetPort: 8080 }),
  });
  new SecureApimBackend(stack, "Document", {
    gateway,
    backend: Backend.url("https://orders.contoso.com", Audience.uri("api://orders")),
    surface: ApiSurface.openApiUrl("https://contoso.com/orders.json", {
      format: OpenApiLinkFormat.OPENAPI_JSON,
      path: "orders",
      displayName: "Orders",
    }),
  });
  const addresses = NetworkAccess.fromGatewayAddresses();
  new SecureApimBackend(stack, "Locked", { gateway, backend: Backend.webApp({ ...MADE, networkAccess: addresses }) });
  const endpoint = NetworkAccess.privateEndpoint({
    subnet: { id: "/subscriptions/s/subnets/apps" },
    privateDnsZone: { id: "/subscriptions/s/privateDnsZones/privatelink.azurewebsites.net" },
  });
  const image = AppRuntime.container("contoso.azurecr.io/orders:1", {
    server: "contoso.azurecr.io",
    identity: { id: "/identities/pull", principalId: "pull", clientId: "pull-client" },
  });
  const staging = { plan: AppServicePlan.dedicated("S1"), slots: [{ name: "staging" }] };
  new SecureApimBackend(stack, "Image", { gateway, backend: Backend.webApp({ ...MADE, ...staging, runtime: image }) });
  new SecureApimBackend(stack, "ImageFunctions", {
    gateway,
    backend: Backend.functionApp({ ...MADE, ...staging, runtime: image }),
  });
  new SecureApimBackend(stack, "Hidden", { gateway, backend: Backend.webApp({ ...MADE, networkAccess: endpoint }) });
  const app = new LinuxWebApp(stack, "OwnApp", OWN_APP);
  const slot = new LinuxWebAppSlot(stack, "OwnSlot", { ...OWN_SLOT, appServiceId: app.id });
  new SecureApimBackend(stack, "Own", { gateway, backend: Backend.fromLinuxWebApp(app, { slots: [slot] }) });
  const moving = new LinuxWebApp(stack, "MovingApp", { ...OWN_APP, name: "moving" });
  const signIn = lib.SignIn.acceptBoth("until its callers have tokens, ADR 31");
  new SecureApimBackend(stack, "Moving", { gateway, backend: Backend.fromLinuxWebApp(moving, { signIn }) });
  const container = new ContainerApp(stack, "OwnContainer", OWN_CONTAINER_APP);
  new SecureApimBackend(stack, "OwnContainerApi", { gateway, backend: Backend.fromContainerApp(container) });
  const logicApp = new LogicAppStandard(stack, "OwnLogic", OWN_LOGIC_APP);
  new SecureApimBackend(stack, "OwnLogicApi", { gateway, backend: Backend.fromLogicAppStandard(logicApp) });
  const ownApi = new ApiManagementApi(stack, "OwnApi", {
    name: "own-api",
    apiManagementName: gateway.apimName,
    resourceGroupName: gateway.resourceGroupName,
    revision: "1",
    displayName: "Own",
    path: "own-api",
    protocols: ["https"],
  });
  new SecureApimBackend(stack, "OwnSurface", {
    gateway,
    backend: Backend.url("https://own.contoso.com", Audience.uri("api://own")),
    surface: ApiSurface.fromApi(ownApi),
  });
  const site = `/subscriptions/${GUID}/resourceGroups/rg/providers/Microsoft.Web/sites/invoices`;
  new SecureApimBackend(stack, "Existing", {
    gateway,
    backend: Backend.existingApp(site, "https://invoices.azurewebsites.net"),
  });
  new SecurePolicyFragment(stack, "Fragment", {
    gateway,
    backend: Backend.url("https://stock.contoso.com", Audience.uri("api://stock")),
  });
  const tooled = new SecureApimBackend(stack, "Tooled", {
    gateway,
    backend: Backend.url("https://tools.contoso.com", Audience.uri("api://tools")),
    surface: ApiSurface.operations([{ method: "GET", urlTemplate: "/orders", operationId: "get-orders" }]),
    callers: { allowed: [gateway] },
  });
  new lib.ApimMcpServer(stack, "Mcp", {
    gateway,
    source: lib.McpSource.operations(tooled, [
      { name: "get_orders", description: "Lists the orders.", operationId: "get-orders" },
    ]),
    access: lib.McpAccess.entraToken({
      tenantId: GUID,
      audiences: [GUID],
      clientIds: [GUID],
      scopes: ["api://tools/Use"],
    }),
  });
  new SecureApimBackend(stack, "Regions", {
    gateway,
    backend: Backend.pool(
      ["west", "east"].map((name) => ({
        name,
        backend: Backend.url(`https://${name}.contoso.com`, Audience.uri("api://regions")),
        circuitBreaker: lib.CircuitBreaker.onFailures(5),
      })),
    ),
  });
  new ApimNamedValue(stack, "Region", { gateway, value: NamedValueContent.plain("west") });
  new ApimNamedValue(stack, "Secret", { gateway, value: NamedValueContent.keyVaultSecret(VAULT, "partner") });
  return stack;
}

const GUID = "11111111-2222-3333-4444-555555555555";
const VAULT = { id: "/vault", vaultUri: "https://v.vault.azure.net" };
const READER = { key: "support", roleDefinitionIdOrName: "Reader", principalId: GUID };

export interface Row {
  readonly attribute: string;
  /** What a finding names if that is not the attribute: the checked block around it, or a checked attribute in it. */
  readonly named?: string;
  /** Checked because everything is that is not known to be harmless. */
  readonly isOther?: boolean;
  readonly looser: readonly unknown[];
  readonly stricter?: readonly unknown[];
}

/** The attributes that a finding says were changed, also if it names them as properties. */
export const changedIn = (finding: string): string[] =>
  (/(?:Remove what changes|Set) (.+?) on (?:it|them|")/.exec(finding)?.[1].split(", ") ?? []).map((name) =>
    name.includes("_") ? name : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );

/** The attributes that a finding says are ignored. */
export const ignoredIn = (finding: string): string[] =>
  /ignores changes to (.+?), so Terraform/.exec(finding)?.[1].split(", ") ?? [];

/** An attribute as `ignore_changes` names it. */
export const asIgnored = (attribute: string): string => attribute.replace(".", "[0].");

interface Family {
  readonly id: string;
  readonly resources: readonly string[];
  readonly rows: readonly Row[];
}

const MUST_BE_TRUE = { looser: [false, undefined], stricter: [true] };
const MUST_BE_FALSE = { looser: [true, undefined], stricter: [false] };
const MUST_BE_ABSENT = (value: unknown) => ({ looser: [value], stricter: [undefined] });
const ONCE: Row[] = [
  { attribute: "count", ...MUST_BE_ABSENT(0) },
  { attribute: "for_each", ...MUST_BE_ABSENT(["a"]) },
];
const TLS = { looser: ["1.0", "1.1", "${var.tls}"], stricter: ["1.2", "1.3"] };
const SITE: Row[] = [
  ...ONCE,
  { attribute: "https_only", ...MUST_BE_TRUE },
  { attribute: "webdeploy_publish_basic_authentication_enabled", ...MUST_BE_FALSE },
  { attribute: "site_config.minimum_tls_version", ...TLS },
  { attribute: "site_config.scm_minimum_tls_version", ...TLS },
  { attribute: "site_config.remote_debugging_enabled", looser: [true], stricter: [false] },
  ...[
    "WEBSITE_AUTH_ENCRYPTION_KEY",
    "WEBSITE_AUTH_SIGNING_KEY",
    "WEBSITE_AUTH_ENABLED",
    "MACHINEKEY_DecryptionKey",
    "MACHINEKEY_ValidationKey",
    "WEBSITE_OVERRIDE_PRESERVE_DEFAULT_STICKY_SLOT_SETTINGS",
  ].map((name) => ({ attribute: `app_settings.${name}`, ...MUST_BE_ABSENT("0") })),
];
const FTPS: Row = { attribute: "site_config.ftps_state", looser: ["AllAllowed", "FtpsOnly"], stricter: ["Disabled"] };
const FTP: Row[] = [{ attribute: "ftp_publish_basic_authentication_enabled", ...MUST_BE_FALSE }, FTPS];
const OF_SIGN_IN = [
  { auth_enabled: false },
  { require_https: false },
  { excluded_paths: ["/admin"] },
  { login: { token_store_enabled: true } },
  { active_directory_v2: { client_id: "other" } },
  { active_directory_v2: { tenant_auth_endpoint: "https://login.microsoftonline.com/common/v2.0" } },
  { active_directory_v2: { allowed_audiences: ["other"] } },
  { active_directory_v2: { allowed_identities: ["other"] } },
  { google_v2: { client_id: "other" } },
  undefined,
];
const SIGN_IN: Row[] = [
  {
    attribute: "auth_settings_v2",
    looser: [...OF_SIGN_IN, { require_authentication: false }, { unauthenticated_action: "AllowAnonymous" }],
  },
  { attribute: "auth_settings", ...MUST_BE_ABSENT({ enabled: true }) },
];
const ANYWHERE = [{ action: "Allow", ip_address: "0.0.0.0/0" }];
const NOWHERE = [{ action: "Deny", ip_address: "203.0.113.0/24" }];
const ANY_RESTRICTION: Row[] = [
  { attribute: "site_config.ip_restriction", looser: [ANYWHERE], stricter: [NOWHERE] },
  { attribute: "site_config.scm_ip_restriction", looser: [ANYWHERE], stricter: [NOWHERE] },
];
const LOGGED: Row[] = [
  ...["frontend_request", "backend_request", "frontend_response", "backend_response"].map((named) => ({
    attribute: `${named}.body_bytes`,
    named,
    looser: [1024],
  })),
  { attribute: "log_client_ip", looser: [true], stricter: [false] },
];
const PLAN_APPS = [
  ...["Web", "WindowsWeb", "Locked", "Hidden", "Functions", "WindowsFunctions"].map((app) => `${app}/Backend/Resource`),
  ...["Image", "ImageFunctions"].flatMap((app) => [`${app}/Backend/Resource`, `${app}/Backend/Slot-staging/Resource`]),
];
const REGISTRY: Row[] = [
  { attribute: "site_config.container_registry_use_managed_identity", ...MUST_BE_TRUE },
  { attribute: "site_config.container_registry_managed_identity_client_id", looser: ["other", undefined] },
];
const CIPHERS = [
  "tls_ecdhe_ecdsa_with_aes128_cbc_sha_ciphers_enabled",
  "tls_ecdhe_ecdsa_with_aes256_cbc_sha_ciphers_enabled",
  "tls_ecdhe_rsa_with_aes128_cbc_sha_ciphers_enabled",
  "tls_ecdhe_rsa_with_aes256_cbc_sha_ciphers_enabled",
  "tls_rsa_with_aes128_cbc_sha256_ciphers_enabled",
  "tls_rsa_with_aes128_cbc_sha_ciphers_enabled",
  "tls_rsa_with_aes128_gcm_sha256_ciphers_enabled",
  "tls_rsa_with_aes256_cbc_sha256_ciphers_enabled",
  "tls_rsa_with_aes256_cbc_sha_ciphers_enabled",
  "tls_rsa_with_aes256_gcm_sha384_ciphers_enabled",
  "triple_des_ciphers_enabled",
];
const PROTOCOLS = [
  "backend_ssl30_enabled",
  "backend_tls10_enabled",
  "backend_tls11_enabled",
  "enable_backend_ssl30",
  "enable_backend_tls10",
  "enable_backend_tls11",
  "enable_frontend_ssl30",
  "enable_frontend_tls10",
  "enable_frontend_tls11",
  "frontend_ssl30_enabled",
  "frontend_tls10_enabled",
  "frontend_tls11_enabled",
];

const OF_AZAPI: Row[] = [
  { attribute: "type", looser: ["Microsoft.ApiManagement/service/apis@2022-08-01"] },
  { attribute: "name", looser: ["other", undefined] },
  { attribute: "parent_id", looser: ["/subscriptions/s/other"] },
  { attribute: "sensitive_body", isOther: true, ...MUST_BE_ABSENT({ properties: { subscriptionRequired: false } }) },
  { attribute: "ignore_null_property", isOther: true, ...MUST_BE_ABSENT(true) },
  { attribute: "schema_validation_enabled", looser: [true, undefined] },
  ...ONCE.map((row) => ({ ...row, isOther: true })),
];

const POLICY: Row[] = [
  ...ONCE,
  { attribute: "api_name", looser: ["other", undefined] },
  { attribute: "api_management_name", looser: ["other"] },
  { attribute: "resource_group_name", looser: ["other"] },
  { attribute: "xml_content", looser: ["<policies />", undefined] },
  { attribute: "xml_link", ...MUST_BE_ABSENT("https://contoso.com/policy.xml") },
];

export const FAMILIES: readonly Family[] = [
  { id: "app-security-changed", resources: [...PLAN_APPS, "Flex/Backend/Resource"], rows: SITE },
  { id: "app-security-changed", resources: PLAN_APPS, rows: FTP },
  // On Flex Consumption there is none, and azurerm's default is Disabled.
  { id: "app-security-changed", resources: ["Flex/Backend/Resource"], rows: [FTPS] },
  {
    id: "sign-in-changed",
    resources: [...PLAN_APPS, "Flex/Backend/Resource", "OwnApp", "OwnSlot"],
    rows: SIGN_IN,
  },
  // It answers requests without a token on purpose, and nothing else of its sign-in is looser.
  {
    id: "sign-in-changed",
    resources: ["MovingApp"],
    rows: [
      { attribute: "auth_settings_v2", looser: OF_SIGN_IN },
      { attribute: "auth_settings", ...MUST_BE_ABSENT({ enabled: true }) },
    ],
  },
  {
    id: "azapi-sign-in-changed",
    resources: [
      "Container/Backend/SignIn",
      "Existing/Backend/SignIn",
      "OwnContainerApi/Backend/SignIn",
      "OwnLogicApi/Backend/SignIn",
    ],
    rows: [
      { attribute: "type", looser: ["Microsoft.App/containerApps/authConfigs@2020-01-01"] },
      { attribute: "name", looser: ["other", undefined] },
      { attribute: "parent_id", looser: ["/subscriptions/s/other"] },
      { attribute: "body.properties.platform.enabled", named: "body", looser: [false, undefined] },
      {
        attribute: "body.properties.identityProviders.azureActiveDirectory.registration.clientId",
        named: "body",
        looser: ["other"],
      },
      {
        attribute: "sensitive_body",
        isOther: true,
        ...MUST_BE_ABSENT({ properties: { platform: { enabled: false } } }),
      },
      { attribute: "ignore_null_property", isOther: true, ...MUST_BE_ABSENT(true) },
      ...ONCE.map((row) => ({ ...row, isOther: true })),
    ],
  },
  {
    id: "network-changed",
    resources: ["Locked/Backend/Resource"],
    rows: [
      ...ANY_RESTRICTION,
      { attribute: "public_network_access_enabled", looser: ["${var.public}"], stricter: [false] },
      { attribute: "site_config.ip_restriction_default_action", looser: ["Allow", undefined] },
      { attribute: "site_config.scm_ip_restriction_default_action", looser: ["Allow", undefined] },
      { attribute: "site_config.scm_use_main_ip_restriction", ...MUST_BE_TRUE },
    ],
  },
  {
    id: "network-changed",
    resources: ["Hidden/Backend/Resource"],
    rows: [
      ...ANY_RESTRICTION,
      { attribute: "public_network_access_enabled", ...MUST_BE_FALSE },
      { attribute: "site_config.ip_restriction_default_action", looser: ["Allow"] },
      { attribute: "site_config.scm_ip_restriction_default_action", looser: ["Allow"] },
      { attribute: "site_config.scm_use_main_ip_restriction", looser: ["${var.main}"] },
    ],
  },
  {
    id: "storage-security-changed",
    resources: ["Functions", "WindowsFunctions", "Flex"].map((app) => `${app}/Backend/Storage`),
    rows: [
      ...ONCE,
      { attribute: "shared_access_key_enabled", ...MUST_BE_FALSE },
      { attribute: "allow_nested_items_to_be_public", ...MUST_BE_FALSE },
      { attribute: "https_traffic_only_enabled", ...MUST_BE_TRUE },
      { attribute: "local_user_enabled", ...MUST_BE_FALSE },
      { attribute: "cross_tenant_replication_enabled", ...MUST_BE_FALSE },
      { attribute: "sftp_enabled", looser: [true], stricter: [false] },
      { attribute: "nfsv3_enabled", looser: [true], stricter: [false] },
      { attribute: "static_website", ...MUST_BE_ABSENT({ index_document: "index.html" }) },
      { attribute: "min_tls_version", looser: ["TLS1_0", "TLS1_1", undefined], stricter: ["TLS1_2", "TLS1_3"] },
    ],
  },
  {
    id: "app-storage-changed",
    resources: [
      "Functions/Backend/Resource",
      "WindowsFunctions/Backend/Resource",
      "ImageFunctions/Backend/Resource",
      "ImageFunctions/Backend/Slot-staging/Resource",
    ],
    rows: [
      { attribute: "storage_account_name", looser: ["other", undefined] },
      { attribute: "storage_uses_managed_identity", ...MUST_BE_TRUE },
      { attribute: "storage_account_access_key", ...MUST_BE_ABSENT("key") },
      { attribute: "storage_key_vault_secret_id", ...MUST_BE_ABSENT("https://v.vault.azure.net/secrets/key") },
    ],
  },
  {
    id: "app-storage-changed",
    resources: ["Flex/Backend/Resource"],
    rows: [
      { attribute: "storage_container_endpoint", looser: ["https://other.blob.core.windows.net/code"] },
      { attribute: "storage_container_type", looser: ["other", undefined] },
      { attribute: "storage_account_access_key", ...MUST_BE_ABSENT("key") },
      { attribute: "storage_key_vault_secret_id", ...MUST_BE_ABSENT("https://v.vault.azure.net/secrets/key") },
      { attribute: "storage_authentication_type", looser: ["StorageAccountConnectionString", undefined] },
    ],
  },
  {
    id: "registry-access-changed",
    resources: ["Image/Backend/Resource", "Image/Backend/Slot-staging/Resource"],
    rows: [
      ...REGISTRY,
      ...["docker_registry_username", "docker_registry_password"].map((name) => ({
        attribute: `site_config.application_stack.${name}`,
        ...MUST_BE_ABSENT("contoso"),
      })),
    ],
  },
  {
    id: "registry-access-changed",
    resources: ["ImageFunctions/Backend/Resource", "ImageFunctions/Backend/Slot-staging/Resource"],
    rows: [
      ...REGISTRY,
      ...["registry_username", "registry_password"].map((name) => ({
        attribute: `site_config.application_stack.docker.0.${name}`,
        named: `site_config.application_stack.docker.${name}`,
        looser: ["contoso"],
      })),
    ],
  },
  {
    id: "registration-changed",
    resources: ["Web/Backend/Registration/Resource"],
    rows: [
      ...ONCE,
      { attribute: "sign_in_audience", looser: ["AzureADMultipleOrgs", undefined], stricter: ["AzureADMyOrg"] },
      { attribute: "api.requested_access_token_version", looser: [1, undefined], stricter: [2] },
      { attribute: "identifier_uris", ...MUST_BE_ABSENT(["api://orders"]) },
      { attribute: "password", ...MUST_BE_ABSENT({ display_name: "job" }) },
      { attribute: "web.implicit_grant.access_token_issuance_enabled", looser: [true], stricter: [false] },
      { attribute: "web.implicit_grant.id_token_issuance_enabled", looser: [true], stricter: [false] },
      { attribute: "app_role", looser: [undefined] },
      { attribute: "app_role.0.allowed_member_types", named: "app_role", looser: [["User"]] },
    ],
  },
  {
    id: "registration-changed",
    resources: ["Web/Backend/Registration/ServicePrincipal"],
    rows: [...ONCE, { attribute: "app_role_assignment_required", ...MUST_BE_TRUE }],
  },
  {
    id: "gateway-security-changed",
    resources: ["Gateway/Resource", "Private/Resource"],
    rows: [
      ...ONCE,
      { attribute: "security", named: "security.triple_des_ciphers_enabled", looser: [undefined, [{}, {}]] },
      ...[...PROTOCOLS, ...CIPHERS].map((name) => ({
        attribute: `security.${name}`,
        looser: [true],
        stricter: [false],
      })),
    ],
  },
  {
    id: "gateway-security-changed",
    resources: ["Gateway/Resource"],
    rows: [{ attribute: "virtual_network_type", looser: ["None", undefined], stricter: ["Internal"] }],
  },
  {
    id: "gateway-security-changed",
    resources: ["Private/Resource"],
    rows: [{ attribute: "public_network_access_enabled", ...MUST_BE_FALSE }],
  },
  {
    id: "trusted-certificates-changed",
    resources: ["Gateway/Resource", "Private/Resource"],
    rows: [{ attribute: "certificate", ...MUST_BE_ABSENT([{ encoded_certificate: "MII", store_name: "Root" }]) }],
  },
  {
    id: "domains-set-twice",
    resources: ["Gateway/Resource"],
    rows: [{ attribute: "hostname_configuration", ...MUST_BE_ABSENT({ proxy: [{ host_name: "other.contoso.com" }] }) }],
  },
  {
    id: "custom-domain-changed",
    resources: ["Gateway/CustomDomain"],
    rows: [
      ...ONCE,
      { attribute: "gateway", looser: [[{ host_name: "other.contoso.com", certificate: "MII" }], undefined] },
    ],
  },
  {
    id: "ingress-changed",
    resources: ["Container/Backend/Resource"],
    rows: [
      ...ONCE,
      { attribute: "ingress", named: "ingress.target_port", looser: [undefined] },
      { attribute: "ingress.allow_insecure_connections", looser: [true], stricter: [false] },
      { attribute: "ingress.target_port", looser: [9090], stricter: [8080] },
      { attribute: "ingress.transport", looser: ["tcp"], stricter: ["http2"] },
      { attribute: "ingress.exposed_port", ...MUST_BE_ABSENT(9090) },
      { attribute: "ingress.external_enabled", looser: [], stricter: [false] },
      { attribute: "ingress.ip_security_restriction", looser: [], stricter: [[{ action: "Deny" }]] },
      { attribute: "ingress.client_certificate_mode", looser: [], stricter: ["require"] },
    ],
  },
  {
    id: "own-ingress",
    resources: ["OwnContainer"],
    rows: [
      { attribute: "ingress", named: "ingress.external_enabled", looser: [undefined] },
      { attribute: "ingress.external_enabled", looser: [false, undefined], stricter: [true] },
      { attribute: "ingress.allow_insecure_connections", looser: [true], stricter: [false] },
      { attribute: "ingress.transport", looser: ["tcp"], stricter: ["http2"] },
      { attribute: "ingress.exposed_port", ...MUST_BE_ABSENT(9090) },
    ],
  },
  {
    id: "own-api-open",
    resources: ["OwnApi"],
    rows: [
      { attribute: "protocols", looser: [["http"], undefined] },
      { attribute: "subscription_required", looser: [false, "${var.key}"], stricter: [true, undefined] },
    ],
  },
  {
    id: "own-api-changed",
    resources: ["OwnApi"],
    rows: [
      { attribute: "name", looser: ["other"] },
      { attribute: "path", looser: ["other"] },
      { attribute: "subscription_key_parameter_names", looser: [{ header: "X-Other", query: "other" }] },
    ],
  },
  {
    id: "own-api-type",
    resources: ["OwnApi"],
    rows: [{ attribute: "api_type", looser: ["websocket", "${var.type}"], stricter: ["soap", "graphql"] }],
  },
  {
    id: "own-api-version",
    resources: ["OwnApi"],
    rows: [{ attribute: "version", looser: ["v2"], stricter: [undefined] }],
  },
  { id: "policy-changed", resources: ["Web/Policy", "Flex/OperationPolicy-get"], rows: POLICY },
  { id: "policy-changed", resources: ["Mcp/Policy", "Mcp/Metadata/Policy"], rows: POLICY },
  {
    id: "mcp-server-changed",
    resources: ["Mcp/Resource"],
    rows: [
      ...OF_AZAPI,
      { attribute: "body.properties.subscriptionRequired", named: "body", looser: [true, undefined] },
      { attribute: "body.properties.type", named: "body", looser: ["http"] },
      { attribute: "body.properties.serviceUrl", named: "body", ...MUST_BE_ABSENT("https://elsewhere") },
      { attribute: "body.properties.protocols", named: "body", looser: [["http"]] },
    ],
  },
  {
    id: "mcp-tool-changed",
    resources: ["Mcp/Tool-get_orders"],
    rows: [
      ...OF_AZAPI,
      { attribute: "body.properties.operationId", named: "body", looser: ["/other", undefined] },
      { attribute: "body.properties.description", named: "body", looser: ["Deletes the orders."] },
      { attribute: "locks", looser: [undefined] },
      { attribute: "replace_triggers_refs", looser: [undefined] },
    ],
  },
  {
    id: "mcp-metadata-changed",
    resources: ["Mcp/Metadata/Resource"],
    rows: [
      ...ONCE,
      { attribute: "name", looser: ["other"] },
      { attribute: "api_management_name", looser: ["other"] },
      { attribute: "resource_group_name", looser: ["other"] },
      { attribute: "path", looser: ["other", ""] },
      { attribute: "revision", looser: ["2"] },
      { attribute: "protocols", looser: [["http"]] },
      { attribute: "service_url", ...MUST_BE_ABSENT("https://elsewhere") },
      { attribute: "import", ...MUST_BE_ABSENT({ content_format: "openapi", content_value: "x" }) },
      { attribute: "source_api_id", ...MUST_BE_ABSENT("/other") },
    ],
  },
  {
    id: "policy-changed",
    resources: ["Flex/OperationPolicy-get"],
    rows: [{ attribute: "operation_id", looser: ["post", undefined] }],
  },
  {
    id: "policy-changed",
    resources: ["Web/Policy", "Mcp/Policy", "Mcp/Metadata/Policy"],
    rows: [{ attribute: "operation_id", ...MUST_BE_ABSENT("get") }],
  },
  {
    id: "api-changed",
    resources: ["Web/Api/Resource", "Document/Api/Resource"],
    rows: [
      ...ONCE,
      { attribute: "subscription_required", ...MUST_BE_TRUE },
      { attribute: "subscription_key_parameter_names", looser: [{ header: "X-Other" }, undefined] },
      { attribute: "service_url", looser: ["http://elsewhere"] },
      { attribute: "protocols", looser: [["http"], undefined] },
      { attribute: "name", looser: ["other"] },
      { attribute: "api_management_name", looser: ["other"] },
      { attribute: "resource_group_name", looser: ["other"] },
      { attribute: "source_api_id", ...MUST_BE_ABSENT("/apis/other") },
      { attribute: "revision", looser: ["2"] },
    ],
  },
  {
    id: "api-changed",
    resources: ["Web/Api/Resource"],
    rows: [{ attribute: "import", ...MUST_BE_ABSENT({ content_format: "openapi", content_value: "openapi: 3.0.1" }) }],
  },
  {
    id: "api-changed",
    resources: ["Document/Api/Resource"],
    rows: [{ attribute: "import.content_value", named: "import", looser: ["https://contoso.com/other.json"] }],
  },
  {
    id: "operation-changed",
    resources: ["Web/Api/GET"],
    rows: [...ONCE, { attribute: "method", looser: ["OPTIONS"] }, { attribute: "url_template", looser: ["/admin"] }],
  },
  {
    id: "backend-pool-changed",
    resources: ["Regions/BackendPool"],
    rows: [
      ...ONCE,
      { attribute: "type", looser: ["Microsoft.ApiManagement/service/apis@2024-05-01"] },
      { attribute: "schema_validation_enabled", looser: [true] },
      { attribute: "name", looser: ["other"] },
      { attribute: "parent_id", looser: ["/subscriptions/s/other"] },
      { attribute: "body.properties.pool", named: "body", looser: [{ services: [] }] },
      { attribute: "body.properties.url", named: "body", looser: ["https://elsewhere"] },
      { attribute: "sensitive_body", isOther: true, ...MUST_BE_ABSENT({ properties: {} }) },
    ],
  },
  {
    id: "backend-entity-changed",
    resources: ["Web/BackendEntity", "Regions/Member-west/BackendEntity"],
    rows: [
      ...ONCE,
      { attribute: "name", looser: ["other"] },
      { attribute: "url", looser: ["https://elsewhere"] },
      { attribute: "proxy", ...MUST_BE_ABSENT({ url: "https://proxy" }) },
      { attribute: "resource_id", ...MUST_BE_ABSENT("/subscriptions/s/app") },
      { attribute: "protocol", looser: ["soap"] },
      { attribute: "credentials", ...MUST_BE_ABSENT({ header: { Authorization: "other" } }) },
      { attribute: "service_fabric_cluster", ...MUST_BE_ABSENT({ management_endpoints: ["https://elsewhere"] }) },
    ],
  },
  {
    id: "backend-certificate-not-checked",
    resources: ["Web/BackendEntity", "Regions/Member-west/BackendEntity"],
    rows: [
      { attribute: "tls.validate_certificate_chain", named: "tls", looser: [false, undefined] },
      { attribute: "tls.validate_certificate_name", named: "tls", looser: [false, undefined] },
    ],
  },
  {
    id: "product-changed",
    resources: ["Partners/Resource"],
    rows: [
      ...ONCE,
      { attribute: "subscription_required", ...MUST_BE_TRUE },
      { attribute: "approval_required", looser: ["${var.approval}"], stricter: [true] },
    ],
  },
  {
    id: "product-changed",
    resources: ["Approved/Resource"],
    rows: [
      ...ONCE,
      { attribute: "subscription_required", ...MUST_BE_TRUE },
      { attribute: "approval_required", ...MUST_BE_TRUE },
    ],
  },
  {
    id: "membership-changed",
    resources: ["Web/Product-Partners"],
    rows: ["product_id", "api_name", "api_management_name", "resource_group_name"].map((attribute) => ({
      attribute,
      looser: ["other"],
    })),
  },
  {
    id: "role-assignment-changed",
    resources: ["Gateway", "Web/Backend"].map((resource) => `${resource}/RoleAssignments/support`),
    rows: [
      ...ONCE,
      { attribute: "scope", looser: ["/subscriptions/s"] },
      { attribute: "role_definition_name", looser: ["Owner", undefined] },
      {
        attribute: "role_definition_id",
        ...MUST_BE_ABSENT("/providers/Microsoft.Authorization/roleDefinitions/owner"),
      },
      { attribute: "principal_id", looser: ["other"] },
      { attribute: "condition", ...MUST_BE_ABSENT("true") },
    ],
  },
  {
    id: "fragment-changed",
    resources: ["Fragment/Resource"],
    rows: [
      ...ONCE,
      { attribute: "format", looser: ["xml", undefined] },
      { attribute: "value", looser: ["<fragment />", undefined] },
    ],
  },
  {
    id: "named-value-changed",
    resources: ["Region/Resource"],
    rows: [
      ...ONCE,
      { attribute: "value", looser: ["other", undefined] },
      { attribute: "secret", looser: ["${var.secret}"], stricter: [true] },
      {
        attribute: "value_from_key_vault",
        ...MUST_BE_ABSENT({ secret_id: "https://v.vault.azure.net/secrets/other" }),
      },
    ],
  },
  {
    id: "named-value-changed",
    resources: ["Secret/Resource"],
    rows: [
      ...ONCE,
      { attribute: "value", ...MUST_BE_ABSENT("secret") },
      { attribute: "secret", ...MUST_BE_TRUE },
      {
        attribute: "value_from_key_vault.secret_id",
        named: "value_from_key_vault",
        looser: ["https://other.vault.azure.net/secrets/other"],
      },
    ],
  },
  {
    id: "masks-changed",
    resources: ["Web/Diagnostics/ApplicationInsights"],
    rows: [...ONCE, ...LOGGED],
  },
  {
    id: "masks-changed",
    resources: ["Web/Diagnostics/AzureMonitor"],
    rows: [
      ...ONCE,
      { attribute: "body.properties.logClientIp", named: "body", looser: [true] },
      { attribute: "body.properties.frontend.request.dataMasking", named: "body", looser: [undefined] },
      { attribute: "sensitive_body", ...MUST_BE_ABSENT({ properties: { logClientIp: true } }) },
      { attribute: "sensitive_body_version", ...MUST_BE_ABSENT({ a: "1" }) },
    ],
  },
];
