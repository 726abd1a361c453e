import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ApiManagementBackend } from "@cdktf/provider-azurerm/lib/api-management-backend";
import { CircuitBreaker } from "../backends/circuit-breaker";
import { claim } from "../core/claims";
import { fail } from "../core/fail";
import { checkName } from "../core/names";
import { IAppRegistration } from "../entra/registration";
import { IApimGateway } from "../gateway/gateway";
import { NAME_RULES } from "../gateway/name-rules";
import { PolicyDocument } from "../policy/policy-document";

/** What a policy calls: a backend, or a pool of backends, that is bound to a gateway. */
export interface Bound {
  /** Its address; that of the first member of a pool. */
  readonly url: string;
  /** The registration of the backend, or of all members of a pool. */
  readonly registration?: IAppRegistration;
  readonly tokenResource: string;
  /** What it needs in a request besides the token. */
  readonly policy: PolicyDocument;
  /** What must exist before the gateway's first call can succeed. */
  readonly dependencies: readonly ITerraformDependable[];
  /** Whether it sends its responses in parts. */
  readonly streams: boolean;
  /** Whether it is called without a token. */
  readonly withoutToken: boolean;

  /**
   * Creates the backend entity, whose name policies use.
   *
   * @param circuitBreaker when requests to the backend are suspended; never, if omitted
   */
  createEntity(name: string, circuitBreaker?: CircuitBreaker): BackendEntity;
}

/** A backend entity as policies name it. */
export interface BackendEntity {
  /** A reference to its name. */
  readonly reference: string;
  readonly name: string;
  /** The resource, if it is that of a single backend. */
  readonly single?: ApiManagementBackend;
}

/** The name of a backend entity, which no other has on the gateway. */
export function claimEntityName(scope: Construct, gateway: IApimGateway, name: string): string {
  const holder = claim(gateway, "backend", checkName(scope, NAME_RULES.backend, name), scope);
  if (holder !== undefined)
    fail(
      scope,
      "backend-name-taken",
      `The backend entity name "${name}" on gateway "${gateway.node.path}" is already used by "${holder}".`,
      `Choose another name: backendEntityName: "...". Without it, the name is made of the API name or the fragment name. If a branch and a member of a pool get the same name, rename one of them.`,
    );
  return name;
}
