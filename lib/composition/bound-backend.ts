import { Construct } from "constructs";
import { beginsUnknown, literalOutline, asArgument } from "../core/tokens";
import { fail, finding } from "../core/fail";
import { Fn, ITerraformDependable } from "cdktf";
import { ApiManagementBackend } from "@cdktf/provider-azurerm/lib/api-management-backend";
import { CircuitBreaker } from "../backends/circuit-breaker";
import { IApimBackend } from "../backends/backend";
import { claim } from "../core/claims";
import { keepAttributes, keepConditions } from "../core/guards";
import { checkName } from "../core/names";
import { NAME_RULES } from "../gateway/name-rules";
import { IAppRegistration } from "../entra/registration";
import { IApimGateway } from "../gateway/gateway";
import { PolicyDocument } from "../policy/policy-document";
import { refuseConsumption } from "../gateway/tiers";

/** Where a part is known to Terraform only, this character stands for it. */
const UNKNOWN = "0";

/**
 * The address without a slash at its end, once it is one that a token can be sent to: HTTPS, and nothing but host and path.
 * Of an address that begins with what only Terraform knows, the rest is checked.
 */
export function checkBackendUrl(scope: Construct, url: string): string {
  const outline = literalOutline(url, UNKNOWN);
  const address = beginsUnknown(url) ? outline.replace(/^0(:\/\/)?/, "https://0") : outline;
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1];
  if (scheme === undefined) invalidBackendUrl(scope, url, "does not begin with https://");
  if (/^[^/]*:\/\/[^/?#]*@/.test(address))
    fail(
      scope,
      "credentials-in-backend-url",
      "The backend URL has a user name or password in it (not shown here): it would be stored in plain text in Terraform's " +
        'state. Write the address without it, such as "https://orders.contoso.com/v1": the gateway signs in with its identity.',
    );
  if (scheme.toLowerCase() !== "https") {
    invalidBackendUrl(scope, url, `has the scheme ${scheme}, and would carry the token in clear text`);
  }
  if (address.includes("?")) invalidBackendUrl(scope, url, "has a query");
  if (address.includes("#")) invalidBackendUrl(scope, url, "has a fragment");
  if (!URL.canParse(address) || /[\s"\\<>{}|^`]/.test(address)) {
    invalidBackendUrl(scope, url, "has characters that a URL cannot have");
  }
  return url.replace(/\/+$/, "");
}
// Policy
// Entra ID

export function invalidBackendUrl(scope: Construct, url: string, reason: string): never {
  fail(
    scope,
    "invalid-backend-url",
    `The backend URL "${url}" ${reason}. Write an address such as "https://orders.contoso.com/v1", with host and path alone.`,
  );
}

/** A backend that is bound to a gateway and has let it in, and that still needs a name on it. */
export class BoundBackend {
  public readonly url: string;
  public readonly registration?: IAppRegistration;
  public readonly tokenResource: string;
  /** What the backend needs of a request besides the token. */
  public readonly policy: PolicyDocument;
  /** What must exist before the gateway's first call can succeed. */
  public readonly dependencies: readonly ITerraformDependable[];

  constructor(
    private readonly scope: Construct,
    private readonly gateway: IApimGateway,
    backend: IApimBackend,
    defaultName: string,
  ) {
    const config = backend.bind(new Construct(scope, "Backend"), { gateway, defaultName });
    this.url = checkBackendUrl(scope, config.url);
    this.tokenResource = config.audience._tokenResource(scope);
    this.registration = config.audience._registration;
    this.policy = config.policy;
    const grant = this.registration?.grantInvoke(gateway);
    this.dependencies = [...config.dependencies, ...(grant?.dependencies ?? [])];
  }

  /**
   * Makes the backend entity, by which policies name the backend, and says its name in a form that policies can hold.
   *
   * @param circuitBreaker when the backend is left alone; never, if none is given
   */
  public entity(name: string, circuitBreaker?: CircuitBreaker): string {
    const { scope, gateway, url } = this;
    const holder = claim(gateway, "backend", checkName(scope, NAME_RULES.backend, name), scope);
    if (holder !== undefined)
      fail(
        scope,
        "backend-name-taken",
        `The backend entity "${name}" on the gateway "${gateway.node.path}" is taken by "${holder}". Its name is made of the API name: ` +
          `write another one: surface: ApiSurface.wildcard({ apiName: "..." }).`,
      );
    const preconditions = [
      ...(circuitBreaker ? refuseConsumption(scope, gateway, "A circuit breaker", "leave circuitBreaker out") : []),
      // Where Terraform alone knows how the address begins, Terraform checks it.
      ...(beginsUnknown(url)
        ? [
            {
              condition: Fn.startswith(asArgument(url), "https://"),
              errorMessage: finding(
                "insecure-url-at-plan",
                'The backend URL must begin with "https://": over anything else the gateway\'s token would travel in clear text.',
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
      tls: { validateCertificateChain: true, validateCertificateName: true },
      circuitBreakerRule: circuitBreaker?._rule(scope),
      lifecycle: preconditions.length > 0 ? { precondition: preconditions } : undefined,
    });
    keepConditions(entity);
    keepAttributes(entity, /^(url|tls|protocol|credentials|service_fabric_cluster)$/, backendEntityChanged);
    return entity.name;
  }
}
// Policy

export function backendEntityChanged(entity: string): string {
  return (
    `The backend entity "${entity}" was changed after it was made: the gateway's token could go somewhere else, or over a connection that ` +
    `nobody checks. Remove what changes url, tls, protocol or credentials on it (addOverride, an aspect), and give the backend ` +
    `its address where it is made: Backend.url("https://...", audience).`
  );
}
