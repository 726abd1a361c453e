import { requireCloudAtPlan } from "../azure/clouds/stack-cloud";
import { withoutEnd } from "../core/without-end";
import { Construct } from "constructs";
import { checkLazy } from "../core/at-synth";
import { isLocalAddress } from "../core/local-host";
import { beginsUnknown, literalOutline } from "../core/tokens";
import { fail, finding } from "../core/fail";
import { ITerraformDependable, Precondition } from "cdktf";
import type { ApiManagementBackend } from "@cdktf/provider-azurerm/lib/api-management-backend";
import { CircuitBreaker } from "../backends/circuit-breaker";
import { checkBackend, checkedBackendConfig, IApimBackend } from "../backends/backend";
import { guard, ONCE } from "../core/guard";
import { IAppRegistration } from "../entra/registration";
import { IApimGateway, onGateway } from "../gateway/gateway";
import { liveOn } from "../gateway/gateway-child";
import { PolicyDocument } from "../policy/policy-document";
import { requireTier } from "../gateway/tiers";
import { Backend } from "../backends/backends";
import { requireGiven } from "../core/given";
import { addressConditions } from "./address-conditions";
import { tenantConditions } from "./tenant-conditions";
import { BackendEntity, Bound, claimEntityName } from "./bound";
import { isCalledWithoutToken } from "./called-without-token";
import { azurerm } from "../providers/azurerm";

const CIRCUIT_BREAKER = { what: "A circuit breaker", instead: "omit circuitBreaker" };

/** Certificates are checked in full. */
const TLS = { validateCertificateChain: true, validateCertificateName: true };

/** A backend that is bound to a gateway and grants it access. */
export class BoundBackend implements Bound {
  public readonly url: string;
  public readonly registration?: IAppRegistration;
  public readonly tokenResource: string;
  /** What Terraform has to check before the gateway sends a token to the backend. */
  private readonly conditions: readonly Precondition[];
  /** What the backend needs in a request besides the token. */
  public readonly policy: PolicyDocument;
  /** What must exist before the gateway's first call can succeed. */
  public readonly dependencies: readonly ITerraformDependable[];
  public readonly streams: boolean;
  public readonly withoutToken: boolean;

  constructor(
    private readonly scope: Construct,
    private readonly gateway: IApimGateway,
    backend: IApimBackend,
    defaultName: string,
  ) {
    const bound = checkBackend(scope, backend, Backend).bind(new Construct(scope, "Backend"), { gateway, defaultName });
    const config = checkedBackendConfig(scope, backend.factory, bound);
    this.url = checkBackendUrl(scope, config.url);
    this.tokenResource = config.audience._tokenResource(scope);
    this.registration = config.audience._registration;
    checkLazy(scope, this.url, (literal) => {
      checkBackendUrl(scope, literal);
      addressConditions(scope, this.tokenResource, literal);
    });
    this.conditions = [
      ...addressConditions(scope, this.tokenResource, this.url),
      ...config.audience._conditions(scope),
      ...(config._conditions ?? []),
      ...tenantConditions(scope, gateway, this.registration),
    ];
    this.policy = config.policy;
    this.streams = config.streams ?? false;
    this.withoutToken = isCalledWithoutToken(scope, this.url, config._withoutToken);
    const grant = this.registration?.grantInvoke(gateway);
    this.dependencies = [...config.dependencies, ...(grant?.dependencies ?? [])];
  }

  public createEntity(name: string, circuitBreaker?: CircuitBreaker): SingleEntity {
    const { scope, gateway, url } = this;
    if (circuitBreaker !== undefined)
      requireGiven(scope, circuitBreaker, {
        name: "circuitBreaker",
        has: ["_rule"],
        example: "circuitBreaker: what a factory of CircuitBreaker returns",
      });
    claimEntityName(scope, gateway, name);
    const precondition = [
      ...(circuitBreaker ? requireTier(scope, gateway, "circuitBreaker", CIRCUIT_BREAKER) : []),
      ...this.conditions,
    ];
    const entity = new azurerm.ApiManagementBackend(scope, "BackendEntity", {
      name,
      ...onGateway(gateway),
      protocol: "http",
      url,
      tls: TLS,
      circuitBreakerRule: circuitBreaker?._rule(scope),
      lifecycle: precondition.length > 0 ? { precondition } : undefined,
    });
    liveOn(entity, gateway, { named: [url] });
    guard(entity, {
      attributes: {
        ...ONCE,
        name,
        protocol: "http",
        url,
        credentials: undefined,
        proxy: undefined,
        resource_id: undefined,
        service_fabric_cluster: undefined,
      },
      changed: (attributes) =>
        finding(
          "backend-entity-changed",
          `The backend entity "${entity.node.path}" was changed after it was created, so the gateway's token could go to another ` +
            `address.`,
          `Remove what changes ${attributes} on it (addOverride, an aspect). Write the address on the backend: Backend.url("https://...", audience).`,
        ),
    });
    guardTls(entity);
    requireCloudAtPlan(entity);
    return { reference: entity.name, name, single: entity };
  }
}

/** The backend entity of a single backend. */
type SingleEntity = BackendEntity & Required<Pick<BackendEntity, "single">>;

/** Guards that the gateway checks the certificate of the backend. */
function guardTls(entity: ApiManagementBackend): void {
  guard(entity, {
    attributes: { tls: azurerm.apiManagementBackendTlsToTerraform(TLS) },
    changed: (attributes) =>
      finding(
        "backend-certificate-not-checked",
        `The backend entity "${entity.node.path}" was changed after it was created, so the gateway would not check the backend's certificate, ` +
          `and its token could go to another server.`,
        `Remove what changes ${attributes} on it (addOverride, an aspect). If an internal CA issues the certificate, let the gateway trust that ` +
          `CA: caCertificates: [CaCertificate.fromFile("internal-ca.cer")] on the ApimGateway, or on an existing service in the portal ` +
          `(Security > Certificates > CA certificates).`,
      ),
  });
}

/** Replaces each part of an address that only Terraform knows. */
const UNKNOWN = "0";

/**
 * The address without a trailing slash. A token can be sent to it: it is HTTPS, with host and path only. Where only Terraform
 * knows how the address begins, the rest is checked.
 */
function checkBackendUrl(scope: Construct, url: string): string {
  const outline = literalOutline(url, UNKNOWN);
  const address = beginsUnknown(url) ? outline.replace(/^0(:\/\/)?/, "https://0") : outline;
  if (/^[^/]*:\/\/[^/?#]*@/.test(address))
    fail(
      scope,
      "credentials-in-backend-url",
      "The backend URL contains a user name or password (not shown here), which Terraform would store in its state in plain text.",
      'Write the address without credentials, such as "https://orders.contoso.com/v1". The gateway signs in with its managed identity.',
    );
  const problem = problemOf(address) ?? (isLocalAddress(url) ? "is local to the gateway, which calls it" : undefined);
  if (problem !== undefined)
    fail(
      scope,
      "invalid-backend-url",
      `The backend URL "${url}" ${problem}.`,
      'Write an address such as "https://orders.contoso.com/v1", with host and path only.',
    );
  return withoutEnd(url, "/");
}

function problemOf(address: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1];
  if (scheme === undefined) return "does not begin with https://";
  if (scheme.toLowerCase() !== "https") return `has the scheme ${scheme}, which would send the token in clear text`;
  if (address.includes("?")) return "has a query";
  if (address.includes("#")) return "has a fragment";
  if (!URL.canParse(address) || /[\s"\\<>{}|^`]/.test(address)) return "contains characters that a URL cannot have";
  return undefined;
}
