import { withoutEnd } from "../core/without-end";
import { Fn, ITerraformDependable } from "cdktf";
import { Construct, IConstruct } from "constructs";
import type { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import type { ApiManagementApiOperation } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import { requireLiteral } from "../core/literal";
import { checkStrategy } from "../core/strategy";
import { checkName } from "../core/names";
import { IApimGateway } from "../gateway/gateway";
import { NAME_RULES } from "../gateway/name-rules";
import { checkedDocument, PolicyDocument } from "../policy/policy-document";
import { canHoldKey, POLICY_NAMES, SERVICE_KEY_NAMES, SubscriptionKeyNames } from "../policy/names";
import { ApiVersion } from "./versions/api-version";
import { BindErrors } from "../core/bind-once";
import { fail, finding } from "../core/fail";
import { isToken } from "../core/tokens";
import { requireGiven, requireList, requireText } from "../core/given";
import { announce } from "../core/reason";
import { renderedAtTarget } from "../core/rendered";
import { stateOf } from "../core/state";
import { PropertyNames, requireOnly } from "../core/property-names";

/** The names of its properties. */
const SUBSCRIPTION_KEY_NAMES: PropertyNames<SubscriptionKeyNames> = { header: true, query: true };

/** What an API surface gets when it is bound. */
export interface ApiSurfaceBindOptions {
  /** The gateway to publish the API on. */
  readonly gateway: IApimGateway;

  /** Default path and name of the API, in kebab-case. */
  readonly defaultPath: string;

  /** Default title of the API. */
  readonly defaultDisplayName: string;

  /** `https://` address of the backend. */
  readonly backendUrl: string;

  /**
   * Whether the policy admits only requests with a token of a listed caller. Such an API requires no subscription key.
   *
   * @default false
   */
  readonly requiresToken?: boolean;
}

/** What `SecureApimBackend` needs to know about an API. */
export interface ApiSurfaceConfig {
  /** Name of the API on the gateway, without a revision. */
  readonly apiName: string;

  /** Path of the API below the gateway's address, including a version in the path. Empty for the root. */
  readonly path: string;

  /**
   * The version that the API is.
   *
   * @default - the API has no versions
   */
  readonly version?: ApiVersion;

  /** Names of the header and the query parameter with the subscription key, which must not reach the backend. */
  readonly subscriptionKeyNames: SubscriptionKeyNames;

  /** Whether the API has an OPTIONS operation, which gets preflight requests instead of a `cors` policy. */
  readonly passesOptions: boolean;

  /** The policy that the API already has. Your statements and those of the gateway are merged into it. */
  readonly policy: PolicyDocument;

  /**
   * Azure resource id of the policy that the API already has, which Terraform takes over. azurerm uses the id of the API.
   *
   * @default - the API has no policy, and one is created
   */
  readonly existingPolicyId?: string;

  /**
   * Names of all operations of the API.
   *
   * @default - not known at synth
   */
  readonly operationIds?: string[];

  /**
   * What must exist before an operation can have a policy.
   *
   * @default - `dependencies`
   */
  readonly operationsDependencies?: ITerraformDependable[];

  /**
   * The API that was created.
   *
   * @default - an existing API
   */
  readonly api?: ApiManagementApi;

  /**
   * The operations that were created.
   *
   * @default - none: the API exists, or API Management creates the operations from a document
   */
  readonly operations?: ApiManagementApiOperation[];

  /** What must exist before the API can have a policy. */
  readonly dependencies: ITerraformDependable[];

  /**
   * Terraform references without `${}`, such as `azurerm_api_management_api.orders.id`. When one changes, Terraform replaces the API,
   * which loses its policy and everything else that refers to it by name; Terraform then replaces these too. Empty for an existing API.
   */
  readonly replaceTriggers: string[];
}

/** What consumers see of a backend. Create one with a factory of `ApiSurface`, or implement this interface. */
export interface IApiSurface {
  /** The call that creates the surface, such as `ApiSurface.wildcard`. Messages name the surface by it. */
  readonly factory: string;

  /** Publishes the API. `SecureApimBackend` calls this once. */
  bind(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig;
}

/** Returns the surface. Fails for a factory that was not called, and for anything else that is no surface. */
export function checkSurface(scope: Construct, value: IApiSurface, factories: { readonly name: string }): IApiSurface {
  return checkStrategy(scope, value, {
    property: "surface",
    factories,
    other: { property: "backend", factories: "Backend" },
    implemented: "IApiSurface",
    example: "ApiSurface.wildcard()",
  });
}

/** The APIs that the library creates and guards, and whether each relies on a token instead of a subscription key. */
export function createdApis(scope: Construct): Map<IConstruct, boolean> {
  return stateOf(scope.node.root, "created-apis", () => new Map());
}

/** Checks at synth that the API of a user's own surface is closed. */
function checkClosed(scope: Construct, factory: string, api: ApiManagementApi, requiresToken: boolean): void {
  const reliesOnToken = createdApis(scope).get(api);
  if (reliesOnToken === requiresToken || reliesOnToken === false) return;
  scope.node.addValidation({
    validate: () => {
      const { subscription_required: needsKey = true, protocols = [] } = renderedAtTarget(api) ?? {};
      const problems = [
        ...(needsKey === true || requiresToken ? [] : ["requires no subscription key"]),
        ...([protocols].flat().every((protocol) => protocol === "https") ? [] : ["accepts plain HTTP"]),
      ];
      if (problems.length === 0) return [];
      return [
        finding(
          "open-surface",
          `The API "${api.node.path}" of ${factory} ${problems.join(" and ")}, and no reason was given.`,
          `Set subscriptionRequired: true and protocols: ["https"] on it. For an open API, write ` +
            `ApiSurface.operations([...]).withoutSubscriptionKey("why").`,
        ),
      ];
    },
  });
}

/** What a surface returns from `bind`, if it is complete, and its API is closed. */
export function checkedSurfaceConfig(
  scope: Construct,
  factory: string,
  config: ApiSurfaceConfig,
  requiresToken: boolean,
): ApiSurfaceConfig {
  const name = `the result of bind of ${factory}`;
  requireGiven(scope, config, {
    name,
    has: ["subscriptionKeyNames", "passesOptions", "policy", "dependencies", "replaceTriggers"],
    texts: ["apiName", "path"],
    example: "a bind method that returns an ApiSurfaceConfig, not a promise",
  });
  requireList(scope, `dependencies in ${name}`, config.dependencies, "dependencies: [] for none");
  requireList(scope, `replaceTriggers in ${name}`, config.replaceTriggers, "replaceTriggers: [] for none");
  checkedDocument(scope, `policy in ${name}`, config.policy);
  if (config.api) checkClosed(scope, factory, config.api, requiresToken);
  return config;
}

/** The names are parts of a policy, in which values that only Terraform knows cannot be checked. The default is those of the service. */
export function checkedKeyNames(scope: Construct, given: SubscriptionKeyNames | undefined): SubscriptionKeyNames {
  const names = given ?? SERVICE_KEY_NAMES;
  requireOnly(scope, "subscriptionKeyNames", names, {
    names: SUBSCRIPTION_KEY_NAMES,
    example: 'subscriptionKeyNames: { header: "X-Api-Key", query: "api-key" }',
  });
  requireLiteral(scope, "The value of subscriptionKeyNames.header", names.header);
  requireLiteral(scope, "The value of subscriptionKeyNames.query", names.query);
  checkName(scope, POLICY_NAMES.header, names.header);
  checkName(scope, NAME_RULES.queryName, names.query);
  if (!canHoldKey(names.header))
    fail(
      scope,
      "key-header-reserved",
      `The header "${names.header}" has another meaning, so it cannot hold the subscription key.`,
      'Write another name, such as subscriptionKeyNames: { header: "X-Api-Key", query: "api-key" }.',
    );
  return names;
}

/** Says at synth why consumers need no subscription key; nothing if they need one. */
export function announceKeyless(scope: Construct, reason: string | undefined): void {
  if (reason !== undefined)
    announce(scope, "Open to consumers without a subscription key", "withoutSubscriptionKey", reason);
}

/** Azure resource id of an API by its name without a revision. */
export function apiIdOn(gateway: IApimGateway, apiName: string): string {
  return Fn.join("/", [gateway.apimId, "apis", apiName]);
}

function never(factory: string, attribute: string): never {
  fail(
    factory,
    "never-bound",
    `${attribute} of this ${factory}(...) does not exist yet, because the resources are created by the construct that it is passed to.`,
    `Pass it to a SecureApimBackend before you read ${attribute}: new SecureApimBackend(this, "Orders", { gateway, backend }).`,
  );
}

/** The errors of a surface whose API is created with it. */
export const BOUND_SURFACE: BindErrors = {
  twice: (scope, factory, boundAt) =>
    fail(
      scope,
      "surface-bound-twice",
      `This ${factory}(...) is already used at "${boundAt}", and it can create its API only once.`,
      `Call ${factory}(...) again for another API.`,
    ),
  never,
};

/** The errors of what creates nothing, and is used by one API. */
export const BOUND_CALL: BindErrors = {
  twice: (scope, factory, boundAt) =>
    fail(
      scope,
      "call-bound-twice",
      `This ${factory}(...) is already used at "${boundAt}", and each call serves one API.`,
      `Call ${factory}(...) again, with the same arguments, for another API.`,
    ),
  never,
};

/** The path of an API or a version set, if API Management accepts it. */
export function checkedPath(scope: Construct, path: string): string {
  requireText(scope, "API path", path, NAME_RULES.apiPath.allowed);
  const beforeParameter = /^([^{}]*)\{[^{}]*\}/.exec(path)?.[1];
  if (beforeParameter !== undefined && !isToken(path))
    fail(
      scope,
      "parameter-in-api-path",
      `The API path "${path}" contains a parameter, but only the URL template of an operation can have one.`,
      `Write path: "${withoutEnd(beforeParameter.replace(/^\/+/, ""), "/")}", and the rest in urlTemplate of ApiSurface.operations([...]).`,
    );
  const suggestion = withoutEnd(path.replace(/^\/+/, ""), "/").replace(/[^\w\-/.:]+/g, "-");
  return checkName(scope, NAME_RULES.apiPath, path, suggestion);
}
