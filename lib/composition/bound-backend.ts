import { Construct } from "constructs";
import { beginsUnknown, asArgument } from "../core/tokens";
import { fail, finding } from "../core/fail";
import { Fn, ITerraformDependable } from "cdktf";
import {
  ApiManagementBackend,
  apiManagementBackendTlsToTerraform,
} from "@cdktf/provider-azurerm/lib/api-management-backend";
import { CircuitBreaker } from "../backends/circuit-breaker";
import { checkBackend, IApimBackend } from "../backends/backend";
import { claim } from "../core/claims";
import { guard } from "../core/guard";
import { checkName } from "../core/names";
import { NAME_RULES } from "../gateway/name-rules";
import { IAppRegistration } from "../entra/registration";
import { IApimGateway } from "../gateway/gateway";
import { PolicyDocument } from "../policy/policy-document";
import { requireTier } from "../gateway/tiers";
import { checkBackendUrl } from "./backend-url";

const CIRCUIT_BREAKER = { what: "A circuit breaker", instead: "omit circuitBreaker" };

/** Certificates are checked in full. */
const TLS = { validateCertificateChain: true, validateCertificateName: true };

/** A backend that is bound to a gateway and grants it access. */
export class BoundBackend {
  public readonly url: string;
  public readonly registration?: IAppRegistration;
  public readonly tokenResource: string;
  /** What the backend needs in a request besides the token. */
  public readonly policy: PolicyDocument;
  /** What must exist before the gateway's first call can succeed. */
  public readonly dependencies: readonly ITerraformDependable[];

  constructor(
    private readonly scope: Construct,
    private readonly gateway: IApimGateway,
    backend: IApimBackend,
    defaultName: string,
  ) {
    const config = checkBackend(scope, backend).bind(new Construct(scope, "Backend"), { gateway, defaultName });
    this.url = checkBackendUrl(scope, config.url);
    this.tokenResource = config.audience._tokenResource(scope);
    this.registration = config.audience._registration;
    this.policy = config.policy;
    const grant = this.registration?.grantInvoke(gateway);
    this.dependencies = [...config.dependencies, ...(grant?.dependencies ?? [])];
  }

  /**
   * Creates the backend entity, whose name policies use for the backend.
   *
   * @param circuitBreaker when requests to the backend are suspended; never, if omitted
   */
  public createEntity(name: string, circuitBreaker?: CircuitBreaker): ApiManagementBackend {
    const { scope, gateway, url } = this;
    const holder = claim(gateway, "backend", checkName(scope, NAME_RULES.backend, name), scope);
    if (holder !== undefined)
      fail(
        scope,
        "backend-name-taken",
        `The backend entity name "${name}" on gateway "${gateway.node.path}" is already used by "${holder}".`,
        `The name is made of the API name, so choose another one: surface: ApiSurface.wildcard({ apiName: "..." }), or ` +
          `fragmentName on a SecurePolicyFragment.`,
      );
    const preconditions = [
      ...(circuitBreaker ? requireTier(scope, gateway, "circuitBreaker", CIRCUIT_BREAKER) : []),
      // Where only Terraform knows how the address begins, Terraform checks it.
      ...(beginsUnknown(url)
        ? [
            {
              condition: Fn.startswith(asArgument(url), "https://"),
              errorMessage: finding(
                "insecure-url-at-plan",
                'The backend URL must begin with "https://": any other scheme would send the gateway\'s token in clear text.',
                "Use an https:// address.",
              ),
            },
          ]
        : []),
    ];
    const entity = new ApiManagementBackend(scope, "BackendEntity", {
      name,
      apiManagementName: gateway.apimName,
      resourceGroupName: gateway.resourceGroupName,
      provider: gateway.provider,
      protocol: "http",
      url,
      tls: TLS,
      circuitBreakerRule: circuitBreaker?._rule(scope),
      lifecycle: preconditions.length > 0 ? { precondition: preconditions } : undefined,
    });
    guard(entity, {
      attributes: {
        protocol: "http",
        url,
        tls: apiManagementBackendTlsToTerraform(TLS),
        credentials: undefined,
        service_fabric_cluster: undefined,
      },
      changed: () =>
        finding(
          "backend-entity-changed",
          `The backend entity "${entity.node.path}" was changed after it was created, so the gateway's token could go to another ` +
            `address, or over a connection without certificate checks.`,
          `Remove what changes url, tls, protocol, credentials or service_fabric_cluster on it (addOverride, an aspect). Write the ` +
            `address on the backend: Backend.url("https://...", audience).`,
        ),
    });
    return entity;
  }
}
