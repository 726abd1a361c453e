import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { ContainerApp } from "@cdktf/provider-azurerm/lib/container-app";
import { LogicAppStandard } from "@cdktf/provider-azurerm/lib/logic-app-standard";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { TerraformStack } from "cdktf";
import * as packed from "cdktf-secure-apim-backend";
import { NEW } from "../backends/gateways";
import { attributesOf, SERVICES } from "../backends/services/every-service";
import { OWN_APP, OWN_CONTAINER_APP, OWN_LOGIC_APP } from "../backends/kinds";
import { CERTIFICATES, pemOf } from "../gateway/certificates";
import { refusal } from "../helpers/refusal";
import { STATEMENTS, statementOf } from "../policy/statements/every-statement";
import { GROUP, Json, stackWithProviders, synth } from "../helpers/synth";

/*
 * Every public call with wrong values in every place: whatever happens, it is right, or it is a message with an id. Plain JavaScript
 * and tsx pass anything.
 */

const lib: Json = packed;

/** Whether an error was thrown on purpose: one of the library has an id, and cdktf says at which attribute it stopped. */
function isMessage(error: unknown): boolean {
  const { name, message } = error as Error;
  return name === "Error" && /\([a-z]+(?:-[a-z0-9]+)+\)|^Trying to '?resolve/.test(message);
}

type Wrong = readonly [what: string, value: () => unknown];

const WRONG: readonly Wrong[] = [
  ["undefined", () => undefined],
  ["null", () => null],
  ["a number", () => 5],
  ["a text", () => "x"],
  ["an object", () => ({})],
  ["a list", () => []],
  ["a list of nothing", () => [undefined]],
  ["a function", () => () => 1],
  ["another construct", () => new ResourceGroup(stackWithProviders(), "Wrong", GROUP)],
];

/** What a call did that must not happen: nothing else of an error is of interest. */
function mistakeOf(what: string, action: () => unknown): string[] {
  try {
    action();
    return [];
  } catch (error) {
    return isMessage(error)
      ? []
      : [
          `${what}: ${String((error as Error).stack)
            .split("\n")
            .slice(0, 3)
            .join(" ")}`,
        ];
  }
}

const GUID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const VAULT = { id: "/vault", vaultUri: "https://v.vault.azure.net" };
const ADDRESS = "https://orders.contoso.com";
const { Audience, Backend, ApiSurface, PolicyDocument, PolicyStatement, PolicyValue, BranchCondition } = lib;
const { NetworkAccess, AppRuntime, AppServicePlan, AnonymousPaths, SignIn, ApimSku, GatewayNetwork, GatewayIdentity } =
  lib;
const {
  CaCertificate,
  CircuitBreaker,
  AzureRole,
  Caller,
  ApiDiagnostics,
  ProductAccess,
  NamedValueContent,
  InvokeAssignment,
} = lib;

const gatewayOf = (stack: TerraformStack): Json =>
  lib.ApimGateway.fromAttributes(stack, "Gateway", {
    apimName: "contoso",
    resourceGroupName: "rg",
    sku: ApimSku.PREMIUM,
    principalId: GUID,
    publicIpAddresses: ["203.0.113.7"],
  });

const url = (): Json => Backend.url(ADDRESS, Audience.clientId(GUID));
const SUBNET = { id: "/subscriptions/s/subnets/a" };
const MADE = { resourceGroup: GROUP, runtime: AppRuntime.node("22") };

/** An API with these properties. */
const secure = (stack: TerraformStack, props: Json): unknown =>
  new lib.SecureApimBackend(stack, "Orders", { gateway: gatewayOf(stack), backend: url(), ...props });

interface Call {
  readonly make: (stack: TerraformStack, values: Json) => unknown;
  /** Right values, by name: each is replaced by wrong ones. */
  readonly values: (stack: TerraformStack) => Json;
}

const backendOf = (factory: string, values: (stack: TerraformStack) => Json): Call => ({
  make: (stack, props) => secure(stack, { backend: Backend[factory](props) }),
  values,
});
const APP = {
  ...MADE,
  registration: undefined,
  anonymousPaths: AnonymousPaths.of(["/health"], "agreed"),
  networkAccess: NetworkAccess.fromGatewayAddresses(),
  appName: "orders",
  appSettings: { A: "b" },
  applicationInsights: { id: "/insights", connectionString: "InstrumentationKey=1" },
  tags: { a: "b" },
  planName: "orders",
  registrationName: "Orders",
  accessLogs: { id: "/logs" },
  accessLogName: "access",
  additionalIdentities: [{ id: "/identity", principalId: GUID, clientId: GUID }],
  virtualNetworkIntegration: { subnet: SUBNET, routeAll: true },
  cors: { allowedOrigins: [ADDRESS], supportCredentials: true },
  lock: { kind: lib.LockKind.CAN_NOT_DELETE, name: "lock" },
  diagnosticSettings: [{ name: "platform", workspace: { id: "/logs" }, logGroups: ["audit"] }],
  roleAssignments: [{ key: "support", roleDefinitionIdOrName: "Reader", principalId: GUID }],
};
const PLAN_APP = {
  ...APP,
  plan: AppServicePlan.dedicated("S1"),
  routePrefix: "api",
  alwaysOn: true,
  healthCheck: { path: "/health", evictionTimeInMinutes: 5 },
  slots: [{ name: "staging", appSettings: { A: "b" } }],
  stickySettings: ["A"],
};
const FUNCTIONS = {
  extraStorageRoles: [lib.StorageRole.QUEUE_DATA_CONTRIBUTOR],
  storageProvider: undefined,
  storageAccountName: "orders",
};

/** A function whose arguments are values by position. */
const positional = (values: readonly unknown[], make: (stack: TerraformStack, ...values: Json[]) => unknown): Call => ({
  make: (stack, given) => make(stack, ...values.map((_, at) => given[at])),
  values: () => Object.fromEntries(values.entries()),
});

const serviceOf = (factory: string, resource: Json): Call => ({
  make: (stack, { options, ...attributes }) => secure(stack, { backend: Backend[factory](attributes, options) }),
  values: () => ({ ...resource, options: { role: AzureRole.of("Reader"), roleScope: resource.id } }),
});

const statement = (factory: string, values: Json): Call => ({
  make: (stack, props) => secure(stack, { policy: PolicyDocument.of(PolicyStatement[factory](props)) }),
  values: () => values,
});

/** The services of every-service.ts. */
const CALLS_OF_SERVICES = Object.entries(SERVICES).map(([factory, { served }]): [string, Call] => [
  `Backend.${factory}`,
  serviceOf(factory, attributesOf(factory, served.public![0])),
]);

/** The statements of every-statement.ts. Those with a row below have more properties there. */
const CALLS_OF_STATEMENTS = Object.entries(STATEMENTS).map(([name, args]): [string, Call] => [
  `PolicyStatement.${name}`,
  positional(args, (stack, ...values) => secure(stack, { policy: PolicyDocument.of(statementOf(name, values)) })),
]);

const CALLS: Record<string, Call> = {
  ...Object.fromEntries([...CALLS_OF_SERVICES, ...CALLS_OF_STATEMENTS]),
  SecureApimBackend: {
    make: (stack, props) => new lib.SecureApimBackend(stack, "Orders", props),
    values: (stack) => {
      const gateway = gatewayOf(stack);
      return {
        gateway,
        backend: url(),
        surface: ApiSurface.wildcard({ path: "orders" }),
        branches: [{ name: "old", when: BranchCondition.header("v", "1"), backend: url() }],
        circuitBreaker: CircuitBreaker.onFailures(5, { statusCodes: [{ min: 500, max: 599 }], errorReasons: ["x"] }),
        policy: PolicyDocument.EMPTY,
        operationPolicies: [{ operationId: "get", policy: PolicyDocument.EMPTY }],
        callers: { allowed: [gateway] },
        products: [new lib.ApimProduct(stack, "P", { gateway })],
        tags: [new lib.ApimTag(stack, "T", { gateway })],
        diagnostics: [ApiDiagnostics.azureMonitor()],
        backendEntityName: "orders",
      };
    },
  },
  SecurePolicyFragment: {
    make: (stack, props) => new lib.SecurePolicyFragment(stack, "F", props),
    values: (stack) => ({
      gateway: gatewayOf(stack),
      backend: url(),
      policy: PolicyDocument.EMPTY,
      circuitBreaker: CircuitBreaker.onFailures(5),
      fragmentName: "orders",
    }),
  },
  ApimGateway: {
    make: (stack, props) => new lib.ApimGateway(stack, "New", props),
    values: () => ({
      resourceGroup: GROUP,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      sku: ApimSku.PREMIUM,
      identity: GatewayIdentity.SYSTEM_ASSIGNED,
      network: GatewayNetwork.external(SUBNET),
      zones: ["1"],
      apimName: "contoso",
      tags: { a: "b" },
      grantedIdentities: [GatewayIdentity.userAssigned({ id: "/identity", principalId: GUID, clientId: GUID })],
      additionalIdentities: [],
      additionalLocations: [{ location: "northeurope", subnet: SUBNET }],
      customDomains: [{ hostName: "api.contoso.com", keyVault: VAULT, certificateName: "api" }],
      caCertificates: [CaCertificate.fromFile(CERTIFICATES.root)],
      diagnosticSettings: [{ name: "platform", workspace: { id: "/logs" } }],
      roleAssignments: APP.roleAssignments,
      lock: APP.lock,
    }),
  },
  "a private endpoint of ApimGateway": {
    make: (stack, endpoint) =>
      new lib.ApimGateway(stack, "New", { ...NEW, sku: ApimSku.STANDARD_V2, privateEndpoints: [endpoint] }),
    values: () => ({
      subnet: SUBNET,
      privateDnsZone: { id: "/zone" },
      resourceGroup: GROUP,
      endpointName: "contoso-endpoint",
    }),
  },
  "a custom domain of ApimGateway": {
    make: (stack, { whole, ...domain }) =>
      new lib.ApimGateway(stack, "New", { ...NEW, sku: ApimSku.PREMIUM, customDomains: [whole ?? domain] }),
    values: () => ({
      whole: undefined,
      hostName: "api.contoso.com",
      keyVault: VAULT,
      certificateName: "api",
      defaultSslBinding: true,
      negotiateClientCertificate: true,
      role: AzureRole.KEY_VAULT_SECRETS_USER,
    }),
  },
  "an additional location of ApimGateway": {
    make: (stack, { whole, ...location }) =>
      new lib.ApimGateway(stack, "New", {
        ...NEW,
        sku: ApimSku.PREMIUM,
        network: GatewayNetwork.external(SUBNET),
        additionalLocations: [whole ?? location],
      }),
    values: () => ({
      whole: undefined,
      location: "northeurope",
      units: 1,
      zones: ["1"],
      subnet: SUBNET,
      publicIpAddress: { id: "/ip" },
      gatewayDisabled: false,
    }),
  },
  "CaCertificate.fromFile": positional([CERTIFICATES.root], (stack, path) => {
    new lib.ApimGateway(stack, "New", { ...NEW, sku: ApimSku.PREMIUM, caCertificates: [CaCertificate.fromFile(path)] });
  }),
  "CaCertificate.fromPem": positional([pemOf("root")], (stack, pem) => {
    new lib.ApimGateway(stack, "New", { ...NEW, sku: ApimSku.PREMIUM, caCertificates: [CaCertificate.fromPem(pem)] });
  }),
  "ApimGateway.fromApiManagement": {
    make: (stack, { apiManagement, whole, ...options }) => {
      const service = apiManagement ?? new lib.ApimGateway(stack, "New", NEW).apiManagement;
      secure(stack, {
        gateway: lib.ApimGateway.fromApiManagement(stack, "Other", service, whole ?? options),
        backend: url(),
      });
    },
    values: () => ({
      apiManagement: undefined,
      whole: undefined,
      identity: GatewayIdentity.SYSTEM_ASSIGNED,
      gatewayUrl: "https://api.contoso.com",
    }),
  },
  "ApimGateway.fromAttributes": {
    make: (stack, props) =>
      secure(stack, { gateway: lib.ApimGateway.fromAttributes(stack, "Other", props), backend: url() }),
    values: () => ({
      apimName: "contoso",
      resourceGroupName: "rg",
      sku: ApimSku.PREMIUM,
      principalId: GUID,
      tenantId: GUID,
      publicIpAddresses: ["203.0.113.7"],
    }),
  },
  "ApimGateway.fromLookup": {
    make: (stack, props) => secure(stack, { gateway: lib.ApimGateway.fromLookup(stack, "Other", props) }),
    values: () => ({
      apimName: "contoso",
      resourceGroupName: "rg",
      identity: GatewayIdentity.SYSTEM_ASSIGNED,
      gatewayUrl: "https://api.contoso.com",
    }),
  },
  "Backend.webApp": backendOf("webApp", () => PLAN_APP),
  "Backend.windowsWebApp": backendOf("windowsWebApp", () => PLAN_APP),
  "Backend.functionApp": backendOf("functionApp", () => ({ ...PLAN_APP, ...FUNCTIONS })),
  "Backend.windowsFunctionApp": backendOf("windowsFunctionApp", () => ({ ...PLAN_APP, ...FUNCTIONS })),
  "Backend.flexFunctionApp": backendOf("flexFunctionApp", () => ({
    ...APP,
    ...FUNCTIONS,
    instanceMemoryMegabytes: 512,
    maximumInstanceCount: 40,
    packageContainerName: "packages",
  })),
  "Backend.containerApp": backendOf("containerApp", () => ({
    resourceGroup: GROUP,
    image: "contoso/orders:1",
    targetPort: 8080,
    environment: { id: "/environment" },
    registry: { server: "contoso.azurecr.io", identity: { id: "/identity", principalId: GUID, clientId: GUID } },
    registration: undefined,
    appName: "orders",
    routePrefix: "api",
    environmentVariables: { A: "b" },
    cpu: 1,
    memory: "2Gi",
    minReplicas: 0,
    maxReplicas: 3,
    tags: { a: "b" },
    registrationName: "Orders",
    additionalIdentities: APP.additionalIdentities,
    lock: APP.lock,
    diagnosticSettings: APP.diagnosticSettings,
    roleAssignments: APP.roleAssignments,
  })),
  "Backend.fromLinuxWebApp": {
    make: (stack, { app, ...options }) => secure(stack, { backend: Backend.fromLinuxWebApp(app, options) }),
    values: (stack) => ({
      app: new LinuxWebApp(stack, "App", OWN_APP),
      registration: undefined,
      anonymousPaths: AnonymousPaths.of(["/health"], "agreed"),
      signIn: SignIn.acceptBoth("agreed"),
      routePrefix: "api",
      slots: [],
    }),
  },
  "the options of Backend.fromLinuxWebApp": positional([{}], (stack, options) =>
    secure(stack, { backend: Backend.fromLinuxWebApp(new LinuxWebApp(stack, "App", OWN_APP), options) }),
  ),
  "Backend.fromContainerApp": {
    make: (stack, { app, ...options }) => secure(stack, { backend: Backend.fromContainerApp(app, options) }),
    values: (stack) => ({
      app: new ContainerApp(stack, "App", OWN_CONTAINER_APP),
      registration: undefined,
      signIn: SignIn.acceptBoth("agreed"),
      routePrefix: "v2",
    }),
  },
  "Backend.fromLogicAppStandard": {
    make: (stack, { app, ...options }) => secure(stack, { backend: Backend.fromLogicAppStandard(app, options) }),
    values: (stack) => ({
      app: new LogicAppStandard(stack, "App", OWN_LOGIC_APP),
      registration: undefined,
      signIn: SignIn.acceptBoth("agreed"),
      routePrefix: "api",
    }),
  },
  "the options of Backend.fromContainerApp": positional([{}], (stack, options) =>
    secure(stack, { backend: Backend.fromContainerApp(new ContainerApp(stack, "App", OWN_CONTAINER_APP), options) }),
  ),
  "Backend.existingApp": positional(
    ["/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/a", ADDRESS, { registration: undefined }],
    (stack, ...values) => secure(stack, { backend: Backend.existingApp(...values) }),
  ),
  "SignIn.acceptBoth": positional(["agreed"], (stack, ...values) =>
    secure(stack, {
      backend: Backend.fromLinuxWebApp(new LinuxWebApp(stack, "App", OWN_APP), {
        signIn: SignIn.acceptBoth(...values),
      }),
    }),
  ),
  "Backend.url": positional([ADDRESS, Audience.clientId(GUID)], (stack, ...values) =>
    secure(stack, { backend: Backend.url(...values) }),
  ),
  "Backend.upstreamApim": positional([{}], (stack, api) => secure(stack, { backend: Backend.upstreamApim(api) })),
  "Backend.azureOpenAiV1": serviceOf("azureOpenAiV1", { id: "/a", endpoint: "https://contoso.openai.azure.com/" }),
  "Backend.foundryProject": positional(
    [{ id: "/a", endpoint: "https://contoso.openai.azure.com/" }, "orders", { role: AzureRole.of("Agents User") }],
    (stack, ...values) => secure(stack, { backend: Backend.foundryProject(...values) }),
  ),
  "a member of Backend.pool": {
    make: (stack, { members, ...member }) => secure(stack, { backend: Backend.pool(members ?? [member]) }),
    values: () => ({
      members: undefined,
      name: "west",
      backend: url(),
      priority: 1,
      weight: 1,
      circuitBreaker: CircuitBreaker.onFailures(5),
    }),
  },
  "the resource of a service": positional([{}, {}], (stack, ...values) =>
    secure(stack, { backend: Backend.keyVault(...values) }),
  ),
  "Backend.azureResource": backendOf("azureResource", () => ({
    url: "https://a.azconfig.io",
    tokenResource: "https://azconfig.io",
    scope: "/subscriptions/s/a",
    role: AzureRole.of("App Configuration Data Reader"),
    policy: PolicyDocument.EMPTY,
  })),
  "NetworkAccess.fromSubnet": positional([SUBNET, { publishFrom: ["203.0.113.7/32"] }], (stack, ...values) =>
    secure(stack, { backend: Backend.webApp({ ...MADE, networkAccess: NetworkAccess.fromSubnet(...values) }) }),
  ),
  "publishFrom of NetworkAccess": {
    make: (stack, options) =>
      secure(stack, { backend: Backend.webApp({ ...MADE, networkAccess: NetworkAccess.fromSubnet(SUBNET, options) }) }),
    values: () => ({ publishFrom: ["203.0.113.7/32"] }),
  },
  "NetworkAccess.privateEndpoint": {
    make: (stack, props) =>
      secure(stack, { backend: Backend.webApp({ ...MADE, networkAccess: NetworkAccess.privateEndpoint(props) }) }),
    values: () => ({ subnet: SUBNET, privateDnsZone: { id: "/zone" }, resourceGroup: GROUP }),
  },
  "CircuitBreaker.onFailures": {
    make: (stack, { count, ...options }) =>
      secure(stack, { circuitBreaker: CircuitBreaker.onFailures(count, options) }),
    values: () => ({
      count: 5,
      intervalSeconds: 60,
      tripSeconds: 60,
      acceptRetryAfter: true,
      statusCodes: [{ min: 500, max: 599 }],
      errorReasons: ["x"],
    }),
  },
  "the options of CircuitBreaker": positional([5, {}], (stack, ...values) =>
    secure(stack, { circuitBreaker: CircuitBreaker.onFailurePercentage(...values) }),
  ),
  "a status range of CircuitBreaker": {
    make: (stack, { whole, ...range }) =>
      secure(stack, { circuitBreaker: CircuitBreaker.onFailures(5, { statusCodes: [whole ?? range] }) }),
    values: () => ({ min: 500, max: 599, whole: undefined }),
  },
  "AnonymousPaths.of": positional([["/health"], "agreed"], (stack, ...values) =>
    secure(stack, { backend: Backend.webApp({ ...MADE, anonymousPaths: AnonymousPaths.of(...values) }) }),
  ),
  "ApiSurface.wildcard": {
    make: (stack, options) => secure(stack, { surface: ApiSurface.wildcard(options) }),
    values: () => ({ path: "a", apiName: "a", displayName: "A", methods: ["GET"], version: undefined }),
  },
  "ApiSurface.operations": {
    make: (stack, { options, whole, ...operation }) =>
      secure(stack, { surface: ApiSurface.operations([whole ?? operation], options) }),
    values: () => ({
      method: "GET",
      urlTemplate: "/a",
      operationId: "get",
      displayName: "Get",
      whole: undefined,
      options: {},
    }),
  },
  "ApiSurface.fromApi": {
    make: (stack, { api, ...options }) => secure(stack, { surface: ApiSurface.fromApi(api, options) }),
    values: (stack) => ({
      api: new ApiManagementApi(stack, "Api", {
        name: "own",
        apiManagementName: "contoso",
        resourceGroupName: "rg",
        revision: "1",
        path: "own",
        protocols: ["https"],
      }),
      version: undefined,
      operations: [],
    }),
  },
  "ApiSurface.existingApi": positional(["a", PolicyDocument.EMPTY, {}], (stack, ...values) =>
    secure(stack, { surface: ApiSurface.existingApi(...values) }),
  ),
  "ApiSurface.openApiUrl": positional(
    ["https://a.com/b.json", { format: "openapi-link", path: "a", displayName: "A" }],
    (stack, ...values) => secure(stack, { surface: ApiSurface.openApiUrl(...values) }),
  ),
  "ApiSurface.openApiFile": positional(["missing.yaml", {}], (stack, ...values) =>
    secure(stack, { surface: ApiSurface.openApiFile(...values) }),
  ),
  ApimProduct: {
    make: (stack, props) => new lib.ApimProduct(stack, "New", props),
    values: (stack) => ({
      gateway: gatewayOf(stack),
      access: ProductAccess.OPEN,
      productId: "a",
      displayName: "A",
      description: "a",
    }),
  },
  "ApimProduct.fromLookup": {
    make: (stack, props) => lib.ApimProduct.fromLookup(stack, "New", props),
    values: (stack) => ({ gateway: gatewayOf(stack), productId: "a" }),
  },
  ApimTag: {
    make: (stack, props) => new lib.ApimTag(stack, "New", props),
    values: (stack) => ({ gateway: gatewayOf(stack), tagName: "a", displayName: "A" }),
  },
  "ApimTag.fromAttributes": {
    make: (stack, props) => lib.ApimTag.fromAttributes(stack, "New", props),
    values: (stack) => ({ gateway: gatewayOf(stack), tagName: "a" }),
  },
  ApimNamedValue: {
    make: (stack, props) => new lib.ApimNamedValue(stack, "New", props),
    values: (stack) => ({
      gateway: gatewayOf(stack),
      value: NamedValueContent.plainAcknowledged("a", "agreed"),
      namedValueName: "a",
    }),
  },
  "NamedValueContent.keyVaultSecret": positional(
    [{ id: "/v", vaultUri: "https://v.vault.azure.net" }, "secret"],
    (stack, ...values) =>
      new lib.ApimNamedValue(stack, "New", {
        gateway: gatewayOf(stack),
        value: NamedValueContent.keyVaultSecret(...values),
      }),
  ),
  "NamedValueContent.plain": positional(
    ["a"],
    (stack, ...values) =>
      new lib.ApimNamedValue(stack, "New", { gateway: gatewayOf(stack), value: NamedValueContent.plain(...values) }),
  ),
  ApimLogger: {
    make: (stack, props) => new lib.ApimLogger(stack, "New", props),
    values: (stack) => ({
      gateway: gatewayOf(stack),
      applicationInsights: { id: "/insights", connectionString: "a" },
      loggerName: "a",
    }),
  },
  "ApimLogger.fromAttributes": {
    make: (stack, props) => lib.ApimLogger.fromAttributes(stack, "New", props),
    values: (stack) => ({ gateway: gatewayOf(stack), loggerName: "a" }),
  },
  ApiVersionSet: {
    make: (stack, props) => new lib.ApiVersionSet(stack, "New", props),
    values: (stack) => ({
      gateway: gatewayOf(stack),
      scheme: lib.VersioningScheme.PATH,
      versionSetName: "a",
      displayName: "A",
      path: "a",
    }),
  },
  "ApiVersionSet.fromLookup": {
    make: (stack, props) => lib.ApiVersionSet.fromLookup(stack, "New", props),
    values: (stack) => ({
      gateway: gatewayOf(stack),
      scheme: lib.VersioningScheme.PATH,
      versionSetName: "a",
      path: "a",
    }),
  },
  AppRegistration: {
    make: (stack, props) => new lib.AppRegistration(stack, "New", props),
    values: () => ({ displayName: "A", owners: [GUID], appRoleId: GUID, assignment: undefined }),
  },
  "AppRegistration.fromAttributes": {
    make: (stack, props) =>
      secure(stack, {
        backend: Backend.webApp({ ...MADE, registration: lib.AppRegistration.fromAttributes(stack, "New", props) }),
      }),
    values: () => ({
      clientId: GUID,
      tenantId: GUID,
      assignment: InvokeAssignment.managedElsewhere("agreed"),
    }),
  },
  "AppRegistration.fromLookup": {
    make: (stack, props) =>
      secure(stack, {
        backend: Backend.webApp({ ...MADE, registration: lib.AppRegistration.fromLookup(stack, "New", props) }),
      }),
    values: () => ({ clientId: GUID, appRole: "Invoke", assignment: undefined }),
  },
  "AppRegistration.fromRequest": {
    make: (stack, props) =>
      secure(stack, {
        backend: Backend.webApp({ ...MADE, registration: lib.AppRegistration.fromRequest(stack, "New", props) }),
      }),
    values: () => ({
      reason: "agreed",
      clientId: GUID,
      displayName: "A",
      owners: [GUID],
      appRoleId: GUID,
      servicePrincipalObjectId: GUID,
      tenantId: GUID,
    }),
  },
  grantInvoke: positional(
    [Caller.servicePrincipal(GUID), InvokeAssignment.managedElsewhere("agreed")],
    (stack, caller, assignment) => new lib.AppRegistration(stack, "New").grantInvoke(caller, assignment),
  ),
  "ApiDiagnostics.applicationInsights": positional([{}], (stack, logger) =>
    secure(stack, { diagnostics: [ApiDiagnostics.applicationInsights(logger)] }),
  ),
  ApimMcpServer: {
    make: (stack, props) => new lib.ApimMcpServer(stack, "Mcp", props),
    values: (stack) => ({
      gateway: gatewayOf(stack),
      source: lib.McpSource.backend(url()),
      access: lib.McpAccess.subscriptionKey("agreed"),
      path: "mcp",
      apiName: "mcp",
      displayName: "A",
      description: "A",
      gatewayUrl: ADDRESS,
      policy: PolicyDocument.EMPTY,
      diagnostics: [ApiDiagnostics.azureMonitor()],
      products: [],
    }),
  },
  "McpAccess.entraToken": {
    make: (stack, props) =>
      new lib.ApimMcpServer(stack, "Mcp", {
        gateway: gatewayOf(stack),
        source: lib.McpSource.backend(url()),
        access: lib.McpAccess.entraToken(props),
      }),
    values: () => ({
      tenantId: GUID,
      audiences: [GUID],
      clientIds: [GUID],
      scopes: ["api://orders/Use"],
      requiredClaims: [{ name: "scp", values: ["Use"] }],
    }),
  },
  "a tool": {
    make: (stack, tool) => {
      const gateway = gatewayOf(stack);
      const surface = ApiSurface.operations([{ method: "GET", urlTemplate: "/a", operationId: "a" }]);
      const api = { gateway, backend: url(), surface, callers: { allowed: [gateway] } };
      const orders = new lib.SecureApimBackend(stack, "Orders", api);
      const access = lib.McpAccess.subscriptionKey("agreed");
      return new lib.ApimMcpServer(stack, "Mcp", { gateway, access, source: lib.McpSource.operations(orders, [tool]) });
    },
    values: () => ({ name: "a", description: "A", operationId: "a" }),
  },
  callers: {
    make: (stack, callers) => secure(stack, { callers }),
    values: () => ({ allowed: [Caller.servicePrincipal(GUID)], registration: undefined }),
  },
  "a branch": {
    make: (stack, branch) => secure(stack, { branches: [branch] }),
    values: () => ({ name: "old", when: BranchCondition.header("v", "1"), backend: url(), circuitBreaker: undefined }),
  },
  "an operation policy": {
    make: (stack, policy) => secure(stack, { operationPolicies: [policy] }),
    values: () => ({ operationId: "get", policy: PolicyDocument.EMPTY }),
  },
  "a bound backend": {
    make: (stack, result) => secure(stack, { backend: { factory: "new Mine", bind: () => result } }),
    values: () => ({ url: ADDRESS, audience: Audience.clientId(GUID), policy: PolicyDocument.EMPTY, dependencies: [] }),
  },
  "PolicyStatement.cors": statement("cors", {
    allowedOrigins: [ADDRESS],
    allowedMethods: ["GET"],
    allowedHeaders: ["A"],
    exposeHeaders: ["B"],
    allowCredentials: false,
    preflightMaxAgeSeconds: 60,
  }),
  "PolicyStatement.rateLimitByKey": statement("rateLimitByKey", {
    calls: 5,
    renewalPeriodSeconds: 60,
    counterKey: PolicyValue.literal("a"),
    incrementCondition: PolicyValue.expression("true"),
  }),
  "PolicyStatement.quotaByKey": statement("quotaByKey", {
    calls: 5,
    bandwidthKilobytes: 5,
    renewalPeriodSeconds: 3600,
    counterKey: PolicyValue.literal("a"),
  }),
  "PolicyStatement.llmTokenLimit": statement("llmTokenLimit", {
    counterKey: PolicyValue.literal("a"),
    tokensPerMinute: 5,
    tokenQuota: 5,
    tokenQuotaPeriod: "Daily",
    remainingTokensVariableName: "left",
  }),
  "PolicyStatement.llmEmitTokenMetric": statement("llmEmitTokenMetric", {
    dimensions: [{ name: "a", value: PolicyValue.literal("a") }],
    namespace: "a",
  }),
  "PolicyStatement.requireHeader": statement("requireHeader", {
    name: "X-Azure-FDID",
    values: [PolicyValue.literal(GUID)],
    ignoreCase: false,
    statusCode: 403,
    failureMessage: "Forbidden.",
  }),
  "PolicyStatement.ipFilter": statement("ipFilter", {
    action: "allow",
    addresses: ["203.0.113.7"],
    addressRanges: [{ first: "203.0.113.7", last: "203.0.113.9" }],
  }),
  "a slot of Backend.webApp": {
    make: (stack, slot) =>
      secure(stack, { backend: Backend.webApp({ ...MADE, plan: AppServicePlan.dedicated("S1"), slots: [slot] }) }),
    values: () => ({ name: "staging", appSettings: { A: "b" }, networkAccess: NetworkAccess.anywhere() }),
  },
  "AppRuntime.container": positional(
    ["contoso.azurecr.io/orders:1", { server: "contoso.azurecr.io", identity: { id: "/i", clientId: GUID } }],
    (stack, ...values) =>
      secure(stack, {
        backend: Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.container(...values) }),
      }),
  ),
  "a diagnostic setting of Backend.webApp": {
    make: (stack, setting) => secure(stack, { backend: Backend.webApp({ ...MADE, diagnosticSettings: [setting] }) }),
    values: () => ({
      name: "platform",
      workspace: { id: "/logs" },
      logGroups: ["audit"],
      logCategories: ["AppServiceHTTPLogs"],
      metricCategories: ["AllMetrics"],
      logAnalyticsDestinationType: "Dedicated",
      storageAccountResourceId: "/storage",
      eventHubAuthorizationRuleResourceId: "/rule",
      eventHubName: "logs",
      marketplacePartnerResourceId: "/partner",
    }),
  },
  "a role assignment of Backend.webApp": {
    make: (stack, assignment) => secure(stack, { backend: Backend.webApp({ ...MADE, roleAssignments: [assignment] }) }),
    values: () => ({
      key: "support",
      roleDefinitionIdOrName: "Owner",
      principalId: GUID,
      principalType: lib.PrincipalType.SERVICE_PRINCIPAL,
      managementAccess: lib.ManagementAccess.acknowledged("agreed"),
      description: "Reads metrics.",
      condition: "true",
      conditionVersion: "2.0",
      skipServicePrincipalAadCheck: true,
      delegatedManagedIdentityResourceId: "/identity",
    }),
  },
  "ManagementAccess.acknowledged": positional(["agreed"], (stack, reason) => {
    const managementAccess = lib.ManagementAccess.acknowledged(reason);
    const role = { key: "a", roleDefinitionIdOrName: "Owner", principalId: GUID, managementAccess };
    secure(stack, { backend: Backend.webApp({ ...MADE, roleAssignments: [role] }) });
  }),
  "PrivateDnsZoneRef.managedElsewhere": positional(["Azure Policy"], (stack, reason) => {
    const privateDnsZone = lib.PrivateDnsZoneRef.managedElsewhere(reason);
    const privateEndpoints = [{ subnet: SUBNET, privateDnsZone }];
    new lib.ApimGateway(stack, "New", { ...NEW, sku: ApimSku.STANDARD_V2, privateEndpoints });
  }),
  "AzureTags.addTo": { make: (stack, tags) => lib.AzureTags.addTo(stack, tags), values: () => ({ a: "b" }) },
  "AzureCloud.of": { make: (_, { scope }) => lib.AzureCloud.of(scope), values: (stack) => ({ scope: stack }) },
  "AzureCloud.use": positional([lib.AzureCloud.PUBLIC], (stack, cloud) => lib.AzureCloud.use(stack, cloud)),
  "PolicyStatement.requireEntraToken": statement("requireEntraToken", {
    cloud: lib.AzureCloud.PUBLIC,
    tenantId: GUID,
    audiences: ["a"],
    clientIds: [GUID],
    requiredClaims: [{ name: "roles", values: ["a"] }],
  }),
  "PolicyStatement.requireJwt": statement("requireJwt", {
    openIdConfigUrl: "https://a.com/.well-known/openid-configuration",
    audiences: ["a"],
    issuers: ["a"],
  }),
  "PolicyStatement.retry": statement("retry", {
    count: 3,
    condition: PolicyValue.expression("true"),
    interval: lib.RetryInterval.fixed(10),
  }),
  "PolicyStatement.setHeader": positional(["X-A", PolicyValue.literal("a"), {}], (stack, ...values) =>
    secure(stack, { policy: PolicyDocument.of(PolicyStatement.setHeader(...values)) }),
  ),
  "PolicyStatement.raw": positional(["inbound", "<trace />"], (stack, ...values) =>
    secure(stack, { policy: PolicyDocument.of(PolicyStatement.raw(...values)) }),
  ),
};

/** What takes names or objects of the user, which can have any property. */
const ANY_NAMES = ["AzureTags.addTo", "AzureCloud.of", "a bound backend"];

const isOwnObject = (name: string): boolean => "id" in CALLS[name].values(stackWithProviders());

/** The classes whose constructor takes a scope and an id; all others have only static members. */
const CONSTRUCTS = Object.keys(lib).filter((name) =>
  /^(Secure(ApimBackend|PolicyFragment)|Apim(Gateway|Product|Tag|NamedValue|Logger|McpServer)|AppRegistration|ApiVersionSet)$/.test(
    name,
  ),
);

describe.each(Object.entries(CALLS))("%s", (name, { make, values }) => {
  const names = Object.keys(values(stackWithProviders()));

  test("with wrong values never ends in a raw error", () => {
    const mistakes = names.flatMap((property) =>
      WRONG.flatMap(([what, wrong]) => {
        const stack = stackWithProviders();
        return mistakeOf(`${name} with ${property} = ${what}`, () => {
          make(stack, { ...values(stack), [property]: wrong() });
          synth(stack);
        });
      }),
    );
    expect(mistakes).toEqual([]);
  });

  if (CONSTRUCTS.includes(name))
    test("takes the properties of a subclass", () => {
      const stack = stackWithProviders();
      expect(() => make(stack, { ...values(stack), zebra: 1 })).not.toThrow();
    });
  else if (!names.includes("0") && !ANY_NAMES.includes(name) && !isOwnObject(name))
    test("refuses a property that it does not know", () => {
      const stack = stackWithProviders();
      const act = (): void => {
        make(stack, { ...values(stack), zebra: 1 });
        synth(stack);
      };
      expect(act).toThrow(refusal("unknown-property", "zebra"));
    });
});

/** Factories whose code is that of another one with a row. */
const LIKE_ANOTHER = {
  fromLinuxFunctionApp: "fromLinuxWebApp",
  fromWindowsFunctionApp: "fromLinuxWebApp",
  fromFlexFunctionApp: "fromLinuxWebApp",
  fromWindowsWebApp: "fromLinuxWebApp",
  pool: "a member of Backend.pool",
};

test("every factory of Backend has a row in CALLS, or in every-service.ts", () => {
  const factories = Object.getOwnPropertyNames(Backend).filter(
    (name) => !name.startsWith("_") && typeof Backend[name] === "function",
  );
  expect(factories.filter((name) => !(`Backend.${name}` in CALLS) && !(name in LIKE_ANOTHER))).toEqual([]);
});

test.each(CONSTRUCTS)("new %s(...) without properties never ends in a raw error", (name) => {
  const mistakes = WRONG.flatMap(([what, wrong]) =>
    mistakeOf(what, () => new lib[name](stackWithProviders(), "New", wrong())),
  );
  expect(mistakes).toEqual([]);
});

const isConstructFactory = (type: string, method: string): boolean => CONSTRUCTS.includes(type) && /^from/.test(method);

const STATICS = Object.entries<Json>(lib).flatMap(([type, value]) =>
  Object.getOwnPropertyNames(Object(value))
    .filter((method) => !method.startsWith("_") && typeof value[method] === "function")
    .map((method): [string, string] => [type, method]),
);

test.each(STATICS)("%s.%s never ends in a raw error", (type, method) => {
  const mistakes = WRONG.flatMap(([first, one]) =>
    WRONG.flatMap(([second, two]) => {
      const scope = isConstructFactory(type, method) ? [stackWithProviders(), "New"] : [];
      return mistakeOf(`${first}, ${second}`, () => lib[type][method](...scope, one(), two()));
    }),
  );
  expect(mistakes).toEqual([]);
});
