// The API and its backend
export { SecureApimBackend, SecureApimBackendProps } from "./secure-apim-backend";
export { SecurePolicyFragment, SecurePolicyFragmentProps } from "./secure-policy-fragment";

// MCP servers
export { ApimMcpServer, ApimMcpServerProps } from "./apim-mcp-server";
export { McpSource, McpBackendOptions } from "./mcp-source";
export { McpAccess, McpEntraTokenProps } from "./mcp/mcp-access";
export { McpTool } from "./mcp/mcp-tool";

// Backends: what the gateway calls
export { IApimBackend, BackendBindOptions, BackendBranch, BackendConfig } from "./backends/backend";
export { Backend } from "./backends/backends";
export { BackendPoolMember, IBackendPool } from "./backends/pool";
export { CircuitBreaker, CircuitBreakerOptions, StatusCodeRange } from "./backends/circuit-breaker";

// Apps that are backends, and their sign-in
export { IAppBackend } from "./backends/apps/created-app";
export { AppCors } from "./backends/apps/app-cors";
export { AppProps, PlanAppProps } from "./backends/apps/app-props";
export { AppSlot, AppSlotResources } from "./backends/apps/app-slot";
export { ContainerRegistryAccess } from "./backends/apps/container-registry";
export { HealthCheck } from "./backends/apps/health-check";
export { VirtualNetworkIntegration } from "./backends/apps/virtual-network-integration";
export { AppRuntime } from "./backends/apps/app-runtime";
export { IAppServiceBackend } from "./backends/apps/app-service-app";
export {
  AppServicePlan,
  IServicePlanRef,
  ServicePlanRef,
  ServicePlanRefAttributes,
} from "./backends/apps/app-service-plan";
export { IContainerAppBackend } from "./backends/apps/container-app";
export {
  ContainerAppProps,
  ContainerAppEnvironmentRef,
  IContainerAppEnvironmentRef,
  ContainerAppEnvironmentRefAttributes,
} from "./backends/apps/container-app-props";
export {
  DeclaredAppOptions,
  DeclaredLinuxFunctionAppOptions,
  DeclaredLinuxWebAppOptions,
  DeclaredWindowsFunctionAppOptions,
  DeclaredWindowsWebAppOptions,
} from "./backends/apps/declared-app";
export { ExistingAppOptions } from "./backends/apps/existing-app";
export { DeclaredContainerAppOptions } from "./backends/apps/own-container-app";
export { DeclaredLogicAppOptions } from "./backends/apps/own-logic-app";
export { IFlexFunctionAppBackend, FlexFunctionAppProps } from "./backends/apps/flex-function-app";
export { FunctionAppProps, ILinuxFunctionAppBackend, IWindowsFunctionAppBackend } from "./backends/apps/function-app";
export { IFunctionAppBackend, FunctionsProps } from "./backends/apps/functions";
export { NetworkAccess } from "./backends/apps/network/network-access";
export { RestrictedAccessOptions } from "./backends/apps/network/restricted-access";
export { AnonymousPaths } from "./backends/apps/sign-in/anonymous-paths";
export { SignIn } from "./backends/apps/sign-in/sign-in";
export { StorageRole } from "./backends/apps/function-storage";
export { ILinuxWebAppBackend, WebAppProps, IWindowsWebAppBackend } from "./backends/apps/web-app";

// Azure services that are backends
export { AzureResourceProps } from "./backends/services/azure-resource";
export { IAzureServiceBackend, AzureServiceOptions } from "./backends/services/azure-service";

// APIs: what consumers see
export { ApiCallers, IUpstreamApi } from "./api/upstream-api";
export { ApiOperation, HttpMethod, OperationPolicy, UrlParameter, UrlParameterType } from "./api/api-operation";
export { IApiSurface, ApiSurfaceBindOptions, ApiSurfaceConfig } from "./api/api-surface";
export { ApiSurface } from "./api/api-surfaces";
export { ExistingApi, ExistingApiOptions } from "./api/existing-api";
export { OwnApi, OwnApiOptions } from "./api/own-api";
export { NewApiOptions, PublishedApiOptions } from "./api/new-api";
export { OpenApiFileOptions } from "./api/open-api/open-api-file";
export { OpenApiLinkFormat, OpenApiUrlProps } from "./api/open-api/open-api-url";
export { PublishedApi } from "./api/new-api";
export { ApiVersion, IApiVersionSet, VersioningScheme } from "./api/versions/api-version";
export { ApiVersionSet, ApiVersionSetLookupProps, ApiVersionSetProps } from "./api/versions/api-version-set";
export { WildcardApiOptions } from "./api/wildcard";

// Products, tags and named values
export { ApimNamedValue, ApimNamedValueProps } from "./publishing/apim-named-value";
export { ApimProduct, ApimProductProps, ApimProductLookupProps, IApimProduct } from "./publishing/apim-product";
export { ApimTag, IApimTag, ApimTagAttributes, ApimTagProps } from "./publishing/apim-tag";
export { KeyVaultSecretOptions, NamedValueContent } from "./publishing/named-value-content";
export { ProductAccess } from "./publishing/product-access";

// Diagnostics
export { DeploymentCheck } from "./composition/deployment-check";
export { ApiDiagnostics } from "./diagnostics/api-diagnostics";
export { ApimLogger, IApimLogger, ApimLoggerAttributes, ApimLoggerProps } from "./diagnostics/apim-logger";
export { DiagnosticsOptions, DiagnosticsVerbosity } from "./diagnostics/contents";

// Gateways
export { AdditionalLocation } from "./gateway/additional-location";
export { ApimGateway, ApimGatewayProps } from "./gateway/apim-gateway";
export { ApimSku } from "./gateway/apim-sku";
export { CaCertificate } from "./gateway/ca-certificate";
export { CustomDomain } from "./gateway/custom-domain";
export { DeclaredGatewayOptions } from "./gateway/declared-gateway";
export { IApimGateway } from "./gateway/gateway";
export { ApimGatewayAttributes } from "./gateway/gateway-from-attributes";
export { GatewayIdentity } from "./gateway/gateway-identity";
export { GatewayNetwork, InjectedNetworkOptions } from "./gateway/gateway-network";
export { ApimGatewayLookupProps } from "./gateway/looked-up-gateway";

// Entra ID: registrations, audiences, callers
export { AppRegistration, AppRegistrationProps } from "./entra/app-registration";
export { AppRegistrationAttributes } from "./entra/registration-from-attributes";
export { AppRegistrationLookupProps } from "./entra/looked-up-registration";
export { AppRegistrationRequestProps } from "./entra/request/requested-registration";
export { Audience } from "./entra/audience";
export { Caller, ICaller, CallerConfig } from "./entra/caller";
export { InvokeAssignment, InvokeAssignmentManagedElsewhere } from "./entra/invoke-assignment";
export { InvokeGrant } from "./entra/invoke-grant";
export { IAppRegistration } from "./entra/registration";

// Policies
export { BranchCondition } from "./policy/branch-condition";
export { ConflictResolution } from "./policy/conflict-resolution";
export { PolicyDocument } from "./policy/policy-document";
export { PolicySection } from "./policy/statement";
export { PolicyStatement } from "./policy/policy-statement";
export { PolicyValue } from "./policy/policy-value";
export { ForwardCallerIdentityOptions } from "./policy/statements/caller-identity";
export { QuotaByKeyProps, RateLimitByKeyProps, RateLimitOptions } from "./policy/statements/call-limits";
export { CorsProps } from "./policy/statements/cors";
export { RequireEntraTokenProps } from "./policy/statements/entra-token";
export { ExistsAction, RemoveHeaderOptions, SetHeaderOptions } from "./policy/statements/set-header";
export { ForwardRequestOptions } from "./policy/statements/forward-request";
export { IncludeFragmentOptions } from "./policy/statements/include-fragment";
export { IpAddressRange, IpFilterAction, IpFilterProps } from "./policy/statements/ip-filter";
export { RequireJwtProps } from "./policy/statements/jwt";
export { LlmEmitTokenMetricProps, TokenMetricDimension } from "./policy/statements/llm-emit-token-metric";
export { LlmTokenLimitProps, TokenQuotaPeriod } from "./policy/statements/llm-token-limit";
export { RequireHeaderProps } from "./policy/statements/require-header";
export { ClaimMatch, RequiredClaim } from "./policy/statements/token-validation";
export { RetryProps, RetryInterval } from "./policy/statements/retry";
export { RewriteUriOptions } from "./policy/statements/rewrite-uri";
export { SetQueryParameterOptions } from "./policy/statements/set-query-parameter";
export { SubscriptionKeyNames } from "./policy/names";

// Rules over a whole app
export {
  AcknowledgedFinding,
  AcknowledgeOptions,
  ApimSecurityRules,
  ApimSecurityRulesOptions,
} from "./rules/apim-security-rules";
export {
  ApimRuleFinding,
  ApimRuleSeverity,
  IApimSecurityRule,
  RenderedConfiguration,
  RenderedResource,
} from "./rules/own-rule";

// Azure roles and existing resources
export { AzureCloud } from "./azure/clouds/azure-cloud";
export { AzureRole } from "./azure/azure-role";
export { AzureTags } from "./azure/azure-tags";
export { DiagnosticSetting } from "./azure/diagnostic-setting";
export { LockKind, ResourceLock } from "./azure/resource-lock";
export { ManagementAccess } from "./azure/management-access";
export { PrincipalType, ResourceRoleAssignment } from "./azure/resource-role-assignment";
export { PrivateEndpointProps } from "./azure/private-endpoint";
export {
  ApplicationInsightsRef,
  IApplicationInsightsRef,
  ApplicationInsightsRefAttributes,
} from "./azure/refs/application-insights";
export {
  ILogAnalyticsWorkspaceRef,
  LogAnalyticsWorkspaceRef,
  LogAnalyticsWorkspaceRefAttributes,
} from "./azure/refs/log-analytics-workspace";
export {
  EventHubsNamespaceRef,
  IEventHubsNamespaceRef,
  EventHubsNamespaceRefAttributes,
} from "./backends/services/event-hubs";
export { IKeyVaultRef, KeyVaultRef, KeyVaultRefAttributes } from "./azure/refs/key-vault";
export { FoundryProjectOptions } from "./backends/services/foundry-project";
export { IOpenAiAccountRef, OpenAiAccountRef, OpenAiAccountRefAttributes } from "./backends/services/azure-open-ai";
export {
  IPrivateDnsZoneRef,
  PrivateDnsZoneRef,
  PrivateDnsZoneRefAttributes,
  IPublicIpAddressRef,
  PublicIpAddressRef,
  PublicIpAddressRefAttributes,
  ISubnetRef,
  SubnetRef,
  SubnetRefAttributes,
} from "./azure/refs/network";
export { IResourceGroupRef, ResourceGroupRef, ResourceGroupRefAttributes } from "./azure/refs/resource-group";
export { ISearchServiceRef, SearchServiceRef, SearchServiceRefAttributes } from "./backends/services/ai-search";
export {
  IServiceBusNamespaceRef,
  ServiceBusNamespaceRef,
  ServiceBusNamespaceRefAttributes,
} from "./backends/services/service-bus";
export { IStorageAccountRef, StorageAccountRef, StorageAccountRefAttributes } from "./backends/services/blob-storage";
export {
  IUserAssignedIdentityRef,
  UserAssignedIdentityRef,
  UserAssignedIdentityRefAttributes,
} from "./azure/refs/user-assigned-identity";
