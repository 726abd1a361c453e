import { Fn, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import { ApiCallers } from "./api/api-callers";
import { ApiSurfaceConfig, IApiSurface } from "./api/api-surface";
import { ApiSurface } from "./api/api-surfaces";
import { ApiVersion } from "./api/versions/api-version";
import { OperationPolicy } from "./api/operation-policy";
import { IUpstreamApi } from "./api/upstream-api";
import { IApimBackend, BackendBranch } from "./backends/backend";
import { CircuitBreaker } from "./backends/circuit-breaker";
import { claim, originalOf } from "./core/claims";
import { dependenciesWithin } from "./core/dependencies";
import { readNamedValues } from "./gateway/named-value-order";
import { defaultName, kebabCase } from "./core/names";
import { replacedWith } from "./core/replacement";
import { ImportBlock } from "./core/import-block";
import { asArgument, isToken } from "./core/tokens";
import { ApiDiagnostics } from "./diagnostics/api-diagnostics";
import { ICaller } from "./entra/caller";
import { IAppRegistration } from "./entra/registration";
import { IApimGateway } from "./gateway/gateway";
import { PolicyDocument } from "./policy/policy-document";
import { AdmittedCallers } from "./composition/admitted-callers";
import { GatewayCalls } from "./composition/gateway-calls";
import { operationPolicies } from "./composition/operation-policies";
import { atConstruct, checkPolicy, keepPolicy } from "./composition/policy-checks";
import { addTags, addToProducts } from "./publishing/membership";
import { IApimProduct } from "./publishing/product";
import { IApimTag } from "./publishing/apim-tag";
import { fail } from "./core/fail";

/** Properties of a secured backend. */
export interface SecureApimBackendProps {
  /** The API Management service that calls the backend. */
  readonly gateway: IApimGateway;

  /** What is called. */
  readonly backend: IApimBackend;

  /**
   * Other backends of the same API, each called when a condition holds, each with a token of its own.
   *
   * @default - none: every request goes to `backend`
   */
  readonly branches?: BackendBranch[];

  /**
   * When the backend is left alone because it fails. Not on the Consumption tier.
   *
   * @default - never
   */
  readonly circuitBreaker?: CircuitBreaker;

  /**
   * What consumers see of it.
   *
   * @default ApiSurface.wildcard()
   */
  readonly surface?: IApiSurface;

  /**
   * Who alone may call the API, by identity: another gateway, or a job. They are granted access, bring a token that Entra ID
   * gives to nobody else, and need no subscription key; everybody else gets 401.
   *
   * @default - whoever has a subscription key
   */
  readonly callers?: ApiCallers;

  /**
   * The policy of the API, or the statements to add to it. The gateway's own statements are merged into it; of what somebody has
   * written every byte stays.
   *
   * @default - the gateway's own statements alone
   */
  readonly policy?: PolicyDocument;

  /**
   * What single operations do beside that: further checks before the policy of the API runs, or a document of their own around it.
   *
   * @default - nothing
   * @see https://learn.microsoft.com/azure/api-management/set-edit-policies#configure-policies-at-different-scopes
   */
  readonly operationPolicies?: OperationPolicy[];

  /**
   * Where requests of the API are logged: to Application Insights, to Azure Monitor, or to both. Credentials are masked.
   *
   * @default - nothing of this API alone; what the service logs of all its APIs it logs of this one
   */
  readonly diagnostics?: ApiDiagnostics[];

  /**
   * The products that the API is a part of, by whose subscriptions consumers call it.
   *
   * @default - none: consumers need a subscription for this API, or for all APIs
   */
  readonly products?: IApimProduct[];

  /**
   * Tags by which consumers find the API. They are no tags of Azure.
   *
   * @default - none
   */
  readonly tags?: IApimTag[];
}

/**
 * An API on an API Management gateway whose backend the gateway calls with its managed identity. Apps that are made or locked
 * here let in nobody else. No secret opens anything.
 */
export class SecureApimBackend extends Construct implements IUpstreamApi {
  /** `https://` address of the API, for consumers. */
  public readonly apiUrl: string;

  /**
   * `https://` address of the backend. Of an app that is made or locked here it answers 401 to who brings no token, and 403 to who
   * was not granted access.
   */
  public readonly backendUrl: string;

  /**
   * The Entra app registration that stands for the backend.
   *
   * @default - none: the backend was given with an audience that lives elsewhere
   */
  public readonly registration?: IAppRegistration;

  /**
   * The Entra app registration that stands for the API itself, towards its callers. Who is granted access on it must be among
   * `callers` of an API that it stands for: anybody else is an error at synth.
   *
   * @default - none: consumers bring a subscription key
   */
  public readonly apiRegistration?: IAppRegistration;

  /**
   * Which version of an API this is. Where consumers say the version in a header or a query parameter, `apiUrl` does not.
   *
   * @default - the API has no versions
   */
  public readonly apiVersion?: ApiVersion;

  /** What must exist before the API answers, and lets in nobody but its callers. */
  public readonly apiDependencies: ITerraformDependable[];

  private readonly callers?: AdmittedCallers;

  constructor(scope: Construct, id: string, props: SecureApimBackendProps) {
    super(scope, id);
    const { gateway } = props;
    const name = defaultName(this);
    const calls = new GatewayCalls(this, props, name);
    this.backendUrl = calls.url;
    this.registration = calls.registration;
    this.callers = props.callers && new AdmittedCallers(this, props.callers, name, calls.registrations);
    this.apiRegistration = this.callers?.registration;

    const api = (props.surface ?? ApiSurface.wildcard()).bind(new Construct(this, "Api"), {
      gateway,
      defaultPath: name,
      defaultDisplayName: id,
      backendUrl: this.backendUrl,
      requiresToken: this.callers !== undefined,
    });
    this.claimOnGateway(gateway, api);
    this.apiVersion = api.version;
    this.apiUrl = urlBelow(gateway.gatewayUrl, api.path);

    const entityName = (isToken(api.apiName) ? "" : kebabCase(api.apiName)) || name;
    const policy = api.policy
      .merge(this.callers?.policy ?? PolicyDocument.EMPTY)
      .merge(props.policy ?? PolicyDocument.EMPTY);
    const document = calls.policy(policy, entityName, api.subscriptionKeyNames);
    checkPolicy(this, document, { gateway, passesOptions: api.passesOptions });
    const text = atConstruct(this, () => document._toTerraform());
    const ofOperations = operationPolicies(this, props.operationPolicies ?? [], { gateway, api });
    const apiPolicy = new ApiManagementApiPolicy(this, "Policy", {
      apiName: api.apiName,
      apiManagementName: gateway.apimName,
      resourceGroupName: gateway.resourceGroupName,
      provider: gateway.provider,
      xmlContent: text,
      dependsOn: dependenciesWithin(this, [...api.dependencies, ...calls.dependencies, ...ofOperations]),
      lifecycle: replacedWith(api.replaceTriggers),
    });
    keepPolicy(this, apiPolicy);
    readNamedValues(gateway, apiPolicy, text);
    if (api.existingPolicyId !== undefined) new ImportBlock(apiPolicy, api.existingPolicyId);
    this.log(props.diagnostics ?? [], gateway, api, document);
    addToProducts(this, props.products ?? [], { gateway, api, apiPolicy });
    addTags(this, props.tags ?? [], { gateway, api });
    this.apiDependencies = [apiPolicy];
  }

  /** Whether the API lets the caller in by its identity. */
  public admits(caller: ICaller): boolean {
    return this.callers?.includes(caller) ?? false;
  }

  private log(
    diagnostics: readonly ApiDiagnostics[],
    gateway: IApimGateway,
    api: ApiSurfaceConfig,
    policy: PolicyDocument,
  ): void {
    if (diagnostics.length === 0) return;
    const scope = new Construct(this, "Diagnostics");
    const destinations = new Set<string>();
    for (const each of diagnostics) {
      if (destinations.has(each._destination))
        fail(
          this,
          "diagnostics-twice",
          `There are two diagnostics that go to ${each._destination}, of which an API can have one. Write one, with what both hold.`,
        );
      destinations.add(each._destination);
      each._write(scope, gateway, api, policy);
    }
  }

  private claimOnGateway(gateway: IApimGateway, api: ApiSurfaceConfig): void {
    const owner = api.version ? originalOf(api.version.versionSet) : this;
    const samePath = claim(gateway, "path", api.path, owner);
    if (samePath !== undefined && samePath !== owner.node.path) {
      if (api.version)
        fail(
          this,
          "path-of-version-taken",
          `The path "${api.path}" of the version "${api.version.name}" is taken by "${samePath}" on the gateway "${gateway.node.path}". Write another name for the ` +
            `version, or another path on its version set.`,
        );
      fail(
        this,
        "path-taken",
        `The path "${api.path}" on the gateway "${gateway.node.path}" is taken by "${samePath}". ` +
          `Write another one: surface: ApiSurface.wildcard({ path: "..." }).`,
      );
    }
    const sameName = claim(gateway, "name", api.apiName, this);
    if (sameName !== undefined)
      fail(
        this,
        "api-name-taken",
        `The API name "${api.apiName}" on the gateway "${gateway.node.path}" is taken by "${sameName}". ` +
          `Write another one: surface: ApiSurface.wildcard({ apiName: "..." }).`,
      );
  }
}

/** Where consumers find what is at the path; a path that Terraform alone knows may be that of the root, which is empty. */
function urlBelow(gatewayUrl: string, path: string): string {
  if (path === "") return gatewayUrl;
  return isToken(path) ? Fn.trimsuffix(Fn.join("/", [gatewayUrl, asArgument(path)]), "/") : `${gatewayUrl}/${path}`;
}
