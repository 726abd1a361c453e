import { Fn, ITerraformDependable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import type { ApiManagementApiDiagnostic } from "@cdktf/provider-azurerm/lib/api-management-api-diagnostic";
import type { ApiManagementApiOperation } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import type { ApiManagementApiOperationPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-operation-policy";
import type { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import type { ApiManagementApiTag } from "@cdktf/provider-azurerm/lib/api-management-api-tag";
import type { ApiManagementBackend } from "@cdktf/provider-azurerm/lib/api-management-backend";
import type { ApiManagementProductApi } from "@cdktf/provider-azurerm/lib/api-management-product-api";
import { ApiCallers, IUpstreamApi } from "./api/upstream-api";
import { checkedSurfaceConfig, checkSurface, IApiSurface } from "./api/api-surface";
import { ApiSurface } from "./api/api-surfaces";
import { ApiVersion } from "./api/versions/api-version";
import { OperationPolicy } from "./api/api-operation";
import { suspendCreationStacks } from "./core/creation-stacks";
import { dependenciesWithin } from "./core/dependencies";
import { waitForNamedValues } from "./gateway/named-value-order";
import { defaultName, kebabCase } from "./core/names";
import { within } from "./core/fail";
import { ImportBlock } from "./core/import-block";
import { asTemplate } from "./core/template";
import { asArgument, isToken } from "./core/tokens";
import { PropertyNames, requireConstructProps } from "./core/property-names";
import { ApiDiagnostics, createDiagnostics } from "./diagnostics/api-diagnostics";
import { ICaller } from "./entra/caller";
import { AppRegistration } from "./entra/app-registration";
import { IAppRegistration } from "./entra/registration";
import { domainsOf } from "./gateway/apim-gateway";
import { IApimGateway, onGateway } from "./gateway/gateway";
import { liveOn } from "./gateway/gateway-child";
import { checkedDocument, PolicyDocument } from "./policy/policy-document";
import { AdmittedCallers } from "./composition/admitted-callers";
import { claimApi } from "./composition/claim-api";
import { createDeploymentChecks, DeploymentCheck } from "./composition/deployment-check";
import { GatewayCalls, GatewayCallsProps } from "./composition/gateway-calls";
import { forbidSelfHosted } from "./composition/self-hosted";
import { createOperationPolicies } from "./composition/operation-policies";
import { forbidPoliciesBeside } from "./composition/policies-beside";
import { forbidSecuredTwice } from "./composition/secured-twice";
import { warnOfBuffering, warnOfLoggedBodies } from "./composition/streaming";
import { withStreaming } from "./policy/gateway/streaming";
import { checkPolicy, guardPolicy } from "./composition/policy-checks";
import { addTags, addToProducts } from "./publishing/membership";
import { IApimProduct } from "./publishing/apim-product";
import { IApimTag } from "./publishing/apim-tag";
import { azurerm } from "./providers/azurerm";

/** Properties of a secured backend. */
export interface SecureApimBackendProps extends GatewayCallsProps {
  /**
   * The API that consumers see: its path, its operations, its version.
   *
   * @default ApiSurface.wildcard()
   */
  readonly surface?: IApiSurface;

  /**
   * The identities that may call the API, such as another gateway or a job. Each is granted access, calls with a token that Entra ID
   * issues to no one else, and needs no subscription key. All other requests get status 401. With its own gateway in the list, an
   * `ApimMcpServer` on the gateway can call the operations as tools.
   *
   * @default - every consumer with a subscription key
   */
  readonly callers?: ApiCallers;

  /**
   * The policy of the API, or the statements to add to it. The gateway's statements are merged into it, and every byte of a
   * document that you wrote stays.
   *
   * @default - only the gateway's statements
   */
  readonly policy?: PolicyDocument;

  /**
   * Policies of single operations: checks that run before the policy of the API, or a document around it.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/api-management/set-edit-policies#configure-policies-at-different-scopes
   */
  readonly operationPolicies?: OperationPolicy[];

  /**
   * Where requests of the API are logged: in Application Insights, in Azure Monitor, or in both. Credentials are masked.
   *
   * @default - what the service logs for all its APIs
   */
  readonly diagnostics?: ApiDiagnostics[];

  /**
   * The products that contain the API. Consumers call it with a subscription of one of them.
   *
   * @default - none: consumers need a subscription for this API or for all APIs
   */
  readonly products?: IApimProduct[];

  /**
   * API Management tags, by which consumers find the API. They are not Azure resource tags.
   *
   * @default - none
   */
  readonly tags?: IApimTag[];

  /**
   * Calls that Terraform makes at each plan and apply, to see whether only the gateway gets in.
   *
   * @default - none
   */
  readonly deploymentChecks?: DeploymentCheck[];
}

/** The names of its properties. */
const SECURE_APIM_BACKEND_PROPS: PropertyNames<SecureApimBackendProps> = {
  backend: true,
  gateway: true,
  backendEntityName: true,
  branches: true,
  callers: true,
  circuitBreaker: true,
  deploymentChecks: true,
  diagnostics: true,
  operationPolicies: true,
  policy: true,
  products: true,
  surface: true,
  tags: true,
};

/**
 * An API on an API Management gateway that calls its backend with its managed identity. Apps that are created or locked here
 * admit no other caller, and no secret gives access.
 *
 * The created resources are properties. Use them to set what has no property here: `orders.api?.addOverride("description", "...")`. A
 * change that would open the API is an error at synth.
 */
export class SecureApimBackend extends Construct implements IUpstreamApi {
  /** `https://` address of the API for consumers. */
  public readonly apiUrl: string;

  /**
   * `https://` address of the backend. An app that is created or locked here answers 401 to a request without a token, and 403 to a
   * caller without access.
   */
  public readonly backendUrl: string;

  /**
   * The Entra app registration of the backend.
   *
   * @default - none: the audience of the backend is managed elsewhere
   */
  public readonly registration?: IAppRegistration;

  /**
   * The same registration if this app creates it, to set anything else on its `application` and `servicePrincipal`.
   *
   * @default - none: the registration exists, or there is none
   */
  public readonly createdRegistration?: AppRegistration;

  /**
   * The Entra app registration of the API, for which its callers get tokens. A caller that is granted access on it must be in
   * `callers` of an API that uses it: any other is an error at synth.
   *
   * @default - none: consumers have a subscription key
   */
  public readonly apiRegistration?: IAppRegistration;

  /**
   * `apiRegistration` if this app creates it, to set anything else on its `application` and `servicePrincipal`.
   *
   * @default - none: the registration exists, or there is none
   */
  public readonly createdApiRegistration?: AppRegistration;

  /**
   * The version of the API. `apiUrl` does not contain it if consumers send it in a header or a query parameter.
   *
   * @default - the API has no versions
   */
  public readonly apiVersion?: ApiVersion;

  /** Name of the API on the gateway. */
  public readonly apiName: string;

  /**
   * The created API.
   *
   * @default - none: the API exists
   */
  public readonly api?: ApiManagementApi;

  /** The created operations. Empty if the API exists or API Management creates them from a document. */
  public readonly operations: ApiManagementApiOperation[];

  /** The created policy of the API. */
  public readonly apiPolicy: ApiManagementApiPolicy;

  /** The created policies of operations, by operation id. */
  public readonly operationPolicies: { [operationId: string]: ApiManagementApiOperationPolicy };

  /**
   * The created backend entity of `backend`.
   *
   * @default - none: the backend is a pool, and its entities are properties of it
   */
  public readonly backendEntity?: ApiManagementBackend;

  /** The created backend entities of `branches`, by the name of the branch. Those of a pool are properties of the pool. */
  public readonly branchEntities: { [branch: string]: ApiManagementBackend };

  /**
   * The created diagnostics in Application Insights.
   *
   * @default - none
   */
  public readonly applicationInsightsDiagnostic?: ApiManagementApiDiagnostic;

  /**
   * The created diagnostics in Azure Monitor, a resource of the azapi provider.
   *
   * @default - none
   */
  public readonly azureMonitorDiagnostic?: TerraformResource;

  /** The created memberships in products, in the order of `products`, to set anything else on them. */
  public readonly productApis: ApiManagementProductApi[];

  /** The created assignments of tags, in the order of `tags`, to set anything else on them. */
  public readonly apiTags: ApiManagementApiTag[];

  /** What must exist before the API answers and admits only its callers. */
  public readonly apiDependencies: ITerraformDependable[];

  /** @internal */
  public readonly _gateway: IApimGateway;

  /**
   * Names of all operations, if they are known.
   *
   * @internal
   */
  public readonly _operationIds?: readonly string[];

  private readonly callers?: AdmittedCallers;

  constructor(scope: Construct, id: string, props: SecureApimBackendProps) {
    super(scope, id);
    const resume = suspendCreationStacks(this);
    try {
      requireConstructProps(this, props, {
        names: SECURE_APIM_BACKEND_PROPS,
        example: `new SecureApimBackend(this, "${id}", { gateway, backend })`,
      });
      const { gateway, surface = ApiSurface.wildcard() } = props;
      const name = defaultName(this);
      const calls = new GatewayCalls(this, props, name);
      this.backendUrl = calls.url;
      this.registration = calls.registration;
      this.createdRegistration = createdOf(this.registration);
      const callers = props.callers ?? undefined;
      if (callers !== undefined)
        this.callers = new AdmittedCallers(this, callers, name, { gateway, ofBackends: calls.registrations });
      this.apiRegistration = this.callers?.registration;
      this.createdApiRegistration = createdOf(this.apiRegistration);

      const published = checkSurface(this, surface, ApiSurface).bind(new Construct(this, "Api"), {
        gateway,
        defaultPath: name,
        defaultDisplayName: id,
        backendUrl: this.backendUrl,
        requiresToken: this.callers !== undefined,
      });
      const api = checkedSurfaceConfig(this, surface.factory, published, this.callers !== undefined);
      claimApi(this, gateway, surface.factory, api);
      this._gateway = gateway;
      this._operationIds = api.operationIds;
      this.apiVersion = api.version;
      this.apiName = api.apiName;
      this.api = api.api;
      this.operations = api.operations ?? [];
      this.apiUrl = urlBelow(gateway.gatewayUrl, api.path);

      const entityName = (isToken(api.apiName) ? "" : kebabCase(api.apiName)) || name;
      const written = checkedDocument(this, "policy", props.policy ?? PolicyDocument.EMPTY);
      const policy = within(this, () => api.policy.merge(this.callers?.policy ?? PolicyDocument.EMPTY).merge(written));
      const forwarded = calls.streams ? withStreaming(policy) : policy;
      const composed = calls.composePolicy(forwarded, entityName, api.subscriptionKeyNames);
      const { document } = composed;
      this.backendEntity = composed.backendEntity;
      this.branchEntities = composed.branchEntities;
      checkPolicy(this, document, { gateway, passesOptions: api.passesOptions });
      if (calls.streams) warnOfBuffering(this, document);
      const text = within(this, () => document._toTerraform());
      this.operationPolicies = createOperationPolicies(this, props.operationPolicies ?? [], {
        gateway,
        api,
        policy: document,
      });
      if (calls.streams) props.operationPolicies?.forEach((each) => warnOfBuffering(this, each.policy, true));
      const before = [...api.dependencies, ...calls.dependencies, ...Object.values(this.operationPolicies)];
      const apiPolicy = new azurerm.ApiManagementApiPolicy(this, "Policy", {
        apiName: api.apiName,
        ...onGateway(gateway),
        xmlContent: asTemplate(text),
        dependsOn: dependenciesWithin(this, before),
      });
      liveOn(apiPolicy, gateway, { lostWith: api.replaceTriggers });
      guardPolicy(apiPolicy, text);
      const operationIds = Object.keys(this.operationPolicies);
      const takes = "policy and operationPolicies";
      forbidPoliciesBeside(this, { resource: apiPolicy, document, gateway, takes, operationIds }, api.api);
      forbidSecuredTwice(this, gateway, api);
      forbidSelfHosted(this, gateway, api);
      this.callers?.checkAtPlan(apiPolicy);
      waitForNamedValues(gateway, apiPolicy, text);
      if (api.existingPolicyId !== undefined) new ImportBlock(apiPolicy, api.existingPolicyId);
      const diagnostics = createDiagnostics(this, props.diagnostics ?? [], { gateway, api, policy: document });
      if (calls.streams) warnOfLoggedBodies(this, props.diagnostics ?? []);
      this.applicationInsightsDiagnostic = diagnostics.applicationInsights;
      this.azureMonitorDiagnostic = diagnostics.azureMonitor;
      this.productApis = addToProducts(this, props.products ?? [], { gateway, api, apiPolicy });
      this.apiTags = addTags(this, props.tags ?? [], { gateway, api });
      this.apiPolicy = apiPolicy;
      this.apiDependencies = [apiPolicy, ...domainsOf(gateway)];
      const { apiUrl, backendUrl } = this;
      const dependencies = dependenciesWithin(this, this.apiDependencies);
      createDeploymentChecks(this, props.deploymentChecks ?? [], { apiUrl, backendUrl, dependencies });
    } finally {
      resume();
    }
  }

  // References, so that what uses an ID waits for what it names. Made on demand: cdktf fixes the address of what is referenced.

  /** Azure resource ID of the API, without a revision: the scope for what azurerm and azapi add to it. */
  public get apiId(): string {
    return `${this._gateway.apimId}/apis/${this.api?.name ?? this.apiName}`;
  }

  /** Azure resource ID of the API's policy. */
  public get policyId(): string {
    return `${this._gateway.apimId}/apis/${this.apiPolicy.apiName}/policies/policy`;
  }

  /** Whether the API admits the caller by its identity. */
  public admits(caller: ICaller): boolean {
    return this.callers?.includes(caller) ?? false;
  }
}

function createdOf(registration: IAppRegistration | undefined): AppRegistration | undefined {
  return registration instanceof AppRegistration ? registration : undefined;
}

/** The address of a path for consumers. A path that only Terraform knows may be empty, which means the root. */
function urlBelow(gatewayUrl: string, path: string): string {
  if (path === "") return gatewayUrl;
  return isToken(path) ? Fn.trimsuffix(Fn.join("/", [gatewayUrl, asArgument(path)]), "/") : `${gatewayUrl}/${path}`;
}
