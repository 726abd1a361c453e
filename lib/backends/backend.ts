import { ITerraformDependable, Precondition } from "cdktf";
import { Construct } from "constructs";
import { checkStrategy } from "../core/strategy";
import { Audience, checkedAudience } from "../entra/audience";
import { IApimGateway } from "../gateway/gateway";
import { BranchCondition } from "../policy/branch-condition";
import { checkedDocument, PolicyDocument } from "../policy/policy-document";
import { CircuitBreaker } from "./circuit-breaker";
import { requireGiven, requireList } from "../core/given";

/** What a backend gets when it is bound. */
export interface BackendBindOptions {
  /** The gateway that calls the backend. */
  readonly gateway: IApimGateway;

  /** Default name for what the backend creates, in kebab-case. */
  readonly defaultName: string;
}

/** What the gateway needs to know about a backend. */
export interface BackendConfig {
  /** `https://` address that the gateway forwards requests to, without a trailing slash. */
  readonly url: string;

  /** The audience of the gateway's token. */
  readonly audience: Audience;

  /** What the backend needs in a request besides the token, for example a header; `PolicyDocument.EMPTY` for nothing. */
  readonly policy: PolicyDocument;

  /** What must exist before the gateway's first call can succeed. */
  readonly dependencies: ITerraformDependable[];

  /**
   * Whether the backend sends its responses in parts, as models and server-sent events do. The gateway then passes on each part as it
   * comes: `<forward-request buffer-response="false" />`. A policy with forwarding of its own keeps it, and a warning says what collects
   * the response.
   *
   * @default false
   */
  readonly streams?: boolean;

  /**
   * What Terraform has to check before the gateway calls the backend.
   *
   * @internal
   */
  readonly _conditions?: Precondition[];

  /**
   * Whether the gateway calls the backend without a token, because its grant may not work yet.
   *
   * @internal
   */
  readonly _withoutToken?: boolean;
}

/** Something that a gateway can call. Create one with a factory of `Backend`, or implement this interface. */
export interface IApimBackend {
  /** The call that creates the backend, such as `Backend.functionApp`. Messages name the backend by it. */
  readonly factory: string;

  /** Creates what the backend consists of. `SecureApimBackend` calls this once. */
  bind(scope: Construct, options: BackendBindOptions): BackendConfig;
}

/** Another backend of an API. The gateway calls it instead of the main backend when a condition holds. */
export interface BackendBranch {
  /** A short name in kebab-case, a plain string. Construct ids and names on the gateway contain it. */
  readonly name: string;

  /** When the gateway calls this backend. Conditions are tried in the order of the branches, and the first match wins. */
  readonly when: BranchCondition;

  /** The backend. The gateway gets a token for this backend only. */
  readonly backend: IApimBackend;

  /**
   * When the gateway stops calling this backend because it fails. The Consumption tier does not support it.
   *
   * @default - never
   */
  readonly circuitBreaker?: CircuitBreaker;

  /**
   * Name of the branch's backend entity on the gateway, unique there; a plain string.
   *
   * @default - the name of the main backend entity, a hyphen and the name of the branch
   */
  readonly backendEntityName?: string;
}

/** What a backend returns from `bind`, if it is complete. */
export function checkedBackendConfig(scope: Construct, factory: string, config: BackendConfig): BackendConfig {
  const name = `the result of bind of ${factory}`;
  requireGiven(scope, config, {
    name,
    has: ["audience", "policy", "dependencies"],
    texts: ["url"],
    example:
      "a bind method that returns { url, audience, policy: PolicyDocument.EMPTY, dependencies: [] }, not a promise",
  });
  requireList(scope, `dependencies in ${name}`, config.dependencies, "dependencies: [] for none").forEach((each) =>
    requireGiven(scope, each, {
      name: `an entry of dependencies in ${name}`,
      has: ["fqn"],
      example: "a Terraform resource; for a construct, the resources that it creates",
    }),
  );
  checkedDocument(scope, `policy in ${name}`, config.policy);
  checkedAudience(scope, config.audience);
  return config;
}

/** Returns the backend. Fails for a factory that was not called, and for anything else that is no backend. */
export function checkBackend(
  scope: Construct,
  value: IApimBackend,
  factories: { readonly name: string },
): IApimBackend {
  return checkStrategy(scope, value, {
    property: "backend",
    factories,
    other: { property: "surface", factories: "ApiSurface" },
    implemented: "IApimBackend",
    example: 'Backend.functionApp({ ... }), Backend.fromLinuxWebApp(app) or Backend.url("https://...", audience)',
  });
}
