import { TerraformStack } from "cdktf";
import { GROUP, Json, stackWithProviders } from "./synth";

/* The table of docs/reference/security-defaults.md: what closes a resource, with values that are looser, and some that are stricter. */

/** Everything that the table is about, once, made with these exports of the package. */
export function everything(lib: Json, stack = stackWithProviders()): TerraformStack {
  const { ApimGateway, ApimProduct, ApimSku, ApiSurface, AppRuntime, Backend, GatewayNetwork } = lib;
  const { PolicyDocument, PolicyStatement, SecureApimBackend } = lib;
  const MADE = { resourceGroup: GROUP, runtime: AppRuntime.node("22") };
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    sku: ApimSku.PREMIUM,
    network: GatewayNetwork.external({ id: "/subscriptions/s/subnets/apim" }),
  });
  new ApimGateway(stack, "Private", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    sku: ApimSku.PREMIUM,
    network: GatewayNetwork.NONE.withoutPublicAccess(),
  });
  const partners = new ApimProduct(stack, "Partners", { gateway });
  new SecureApimBackend(stack, "Web", { gateway, backend: Backend.webApp(MADE), products: [partners] });
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
  return stack;
}

export interface Row {
  readonly attribute: string;
  readonly looser: readonly unknown[];
  readonly stricter?: readonly unknown[];
}

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
];
const FTP: Row[] = [
  { attribute: "ftp_publish_basic_authentication_enabled", ...MUST_BE_FALSE },
  { attribute: "site_config.ftps_state", looser: ["AllAllowed", "FtpsOnly"], stricter: ["Disabled"] },
];
const PLAN_APPS = ["Web", "WindowsWeb", "Functions", "WindowsFunctions"].map((app) => `${app}/Backend/Resource`);
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
  "frontend_ssl30_enabled",
  "frontend_tls10_enabled",
  "frontend_tls11_enabled",
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
      { attribute: "min_tls_version", looser: ["TLS1_0", "TLS1_1", undefined], stricter: ["TLS1_2", "TLS1_3"] },
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
      { attribute: "app_role", looser: [undefined] },
      { attribute: "app_role.0.allowed_member_types", looser: [["User"]] },
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
      { attribute: "security", looser: [undefined, [{}, {}]] },
      ...[...PROTOCOLS, ...CIPHERS].map((name) => ({
        attribute: `security.${name}`,
        looser: [true],
        stricter: [false],
      })),
      { attribute: "security.enable_backend_tls10", looser: [true], stricter: [false, undefined] },
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
    id: "ingress-changed",
    resources: ["Container/Backend/Resource"],
    rows: [
      ...ONCE,
      { attribute: "ingress", looser: [undefined] },
      { attribute: "ingress.allow_insecure_connections", looser: [true], stricter: [false] },
      { attribute: "ingress.target_port", looser: [9090], stricter: [8080] },
      { attribute: "ingress.transport", looser: ["tcp"], stricter: ["http2"] },
      { attribute: "ingress.exposed_port", ...MUST_BE_ABSENT(9090) },
      { attribute: "ingress.external_enabled", looser: [], stricter: [false] },
      { attribute: "ingress.ip_security_restriction", looser: [], stricter: [[{ action: "Deny" }]] },
      { attribute: "ingress.client_certificate_mode", looser: [], stricter: ["require"] },
    ],
  },
  { id: "policy-changed", resources: ["Web/Policy", "Flex/OperationPolicy-get"], rows: POLICY },
  {
    id: "policy-changed",
    resources: ["Flex/OperationPolicy-get"],
    rows: [{ attribute: "operation_id", looser: ["post"] }],
  },
  {
    id: "api-changed",
    resources: ["Web/Api/Resource"],
    rows: [
      ...ONCE,
      { attribute: "subscription_required", ...MUST_BE_TRUE },
      { attribute: "service_url", looser: ["http://elsewhere"] },
      { attribute: "protocols", looser: [["http"], undefined] },
      { attribute: "name", looser: ["other"] },
      { attribute: "api_management_name", looser: ["other"] },
      { attribute: "resource_group_name", looser: ["other"] },
    ],
  },
  {
    id: "operation-changed",
    resources: ["Web/Api/GET"],
    rows: [...ONCE, { attribute: "method", looser: ["OPTIONS"] }, { attribute: "url_template", looser: ["/admin"] }],
  },
  {
    id: "backend-entity-changed",
    resources: ["Web/BackendEntity"],
    rows: [
      ...ONCE,
      { attribute: "name", looser: ["other"] },
      { attribute: "url", looser: ["https://elsewhere"] },
      { attribute: "proxy", ...MUST_BE_ABSENT({ url: "https://proxy" }) },
      { attribute: "resource_id", ...MUST_BE_ABSENT("/subscriptions/s/app") },
      { attribute: "tls.validate_certificate_chain", looser: [false, undefined] },
    ],
  },
  {
    id: "product-changed",
    resources: ["Partners/Resource"],
    rows: [...ONCE, { attribute: "subscription_required", ...MUST_BE_TRUE }],
  },
];
