import { Fn } from "cdktf";
import { Construct } from "constructs";
import { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import { ApiManagementBackend } from "@cdktf/provider-azurerm/lib/api-management-backend";
import { ApiSurfaceConfig, IApiSurface } from "./api/api-surface";
import { ApiSurface } from "./api/api-surfaces";
import { IApimBackend } from "./backends/backend";
import { checkBackendUrl } from "./core/backend-url";
import { claim } from "./core/claims";
import * as errors from "./core/errors";
import { checkName, defaultName, kebabCase, NAME_RULES } from "./core/names";
import { asReference, isToken, literalOutline } from "./core/tokens";
import { IAppRegistration } from "./entra/registration";
import { IApimGateway } from "./gateway/gateway";
import { PolicyDocument } from "./policy/policy-document";
import { gatewayStatements } from "./policy/private/gateway-policy";

/** Properties of a secured backend. */
export interface SecureApimBackendProps {
  /** The API Management service that calls the backend. */
  readonly gateway: IApimGateway;

  /** What is called. */
  readonly backend: IApimBackend;

  /**
   * What consumers see of it.
   *
   * @default ApiSurface.wildcard()
   */
  readonly surface?: IApiSurface;
}

/**
 * An API on an API Management gateway whose backend the gateway calls with its managed identity, and that lets nobody else
 * in. No secret opens anything.
 */
export class SecureApimBackend extends Construct {
  /** `https://` address of the API, for consumers. */
  public readonly apiUrl: string;

  /** `https://` address of the backend. It answers 401 to everybody but the gateway. */
  public readonly backendUrl: string;

  /**
   * The Entra app registration that stands for the backend.
   *
   * @default - none: the backend was given with an audience that lives elsewhere
   */
  public readonly registration?: IAppRegistration;

  constructor(scope: Construct, id: string, props: SecureApimBackendProps) {
    super(scope, id);
    const { gateway } = props;
    const name = defaultName(this);

    const backend = props.backend.bind(new Construct(this, "Backend"), { gateway, defaultName: name });
    this.backendUrl = checkBackendUrl(this, backend.url);
    const tokenResource = backend.audience._tokenResource(this);

    this.registration = backend.audience._registration;
    const grant = this.registration?.grantInvoke(gateway);

    const api = (props.surface ?? ApiSurface.wildcard()).bind(new Construct(this, "Api"), {
      gateway,
      defaultPath: name,
      defaultDisplayName: id,
      backendUrl: this.backendUrl,
    });
    this.claimOnGateway(gateway, api);
    this.apiUrl = api.path === "" ? gateway.gatewayUrl : `${gateway.gatewayUrl}/${api.path}`;

    const entity = this.backendEntity(gateway, isToken(api.apiName) ? name : kebabCase(api.apiName));
    const clientId = gateway.identity._userAssigned?.clientId;
    new ApiManagementApiPolicy(this, "Policy", {
      apiName: api.apiName,
      apiManagementName: gateway.apimName,
      resourceGroupName: gateway.resourceGroupName,
      provider: gateway.provider,
      xmlContent: PolicyDocument.of(
        ...gatewayStatements({
          backendId: entity.name,
          tokenResource: asReference(tokenResource),
          identityClientId: clientId === undefined ? undefined : asReference(clientId),
          subscriptionKeyNames: api.subscriptionKeyNames,
        }),
      )._toTerraform(),
      dependsOn: [...api.ready, ...backend.ready, ...(grant?.dependencies ?? [])],
    });
  }

  private claimOnGateway(gateway: IApimGateway, api: ApiSurfaceConfig): void {
    const samePath = claim(gateway, "path", api.path, this);
    if (samePath !== undefined) throw errors.pathTaken(this, api.path, gateway.node.path, samePath);
    const sameName = claim(gateway, "name", api.apiName, this);
    if (sameName !== undefined) throw errors.apiNameTaken(this, api.apiName, gateway.node.path, sameName);
  }

  private backendEntity(gateway: IApimGateway, name: string): ApiManagementBackend {
    // Where Terraform alone knows how the address begins, Terraform checks it.
    const unknownScheme = literalOutline(this.backendUrl, "") === undefined;
    return new ApiManagementBackend(this, "BackendEntity", {
      name: checkName(this, NAME_RULES.backend, name),
      apiManagementName: gateway.apimName,
      resourceGroupName: gateway.resourceGroupName,
      provider: gateway.provider,
      protocol: "http",
      url: this.backendUrl,
      tls: { validateCertificateChain: true, validateCertificateName: true },
      lifecycle: {
        // API Management deletes no backend that a policy names: a new name is made first, then the policy changes.
        createBeforeDestroy: true,
        precondition: unknownScheme
          ? [{ condition: Fn.startswith(this.backendUrl, "https://"), errorMessage: errors.insecureUrlAtPlan() }]
          : undefined,
      },
    });
  }
}
