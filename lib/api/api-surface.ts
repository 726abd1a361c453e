import { ITerraformDependable, Fn } from "cdktf";
import { Construct } from "constructs";
import { IApimGateway } from "../gateway/gateway";
import { PolicyDocument } from "../policy/policy-document";
import { SubscriptionKeyNames } from "../policy/subscription-key-names";
import { ApiVersion } from "./versions/api-version";
import { requireLiteral } from "../core/literal";
import { checkName } from "../core/names";
import { NAME_RULES } from "../gateway/name-rules";

/** What an API surface is told when it is bound. */
export interface ApiSurfaceBindOptions {
  /** The gateway to publish the API on. */
  readonly gateway: IApimGateway;

  /** Path and name of the API, in kebab-case, unless the user gave one. */
  readonly defaultPath: string;

  /** Title of the API, unless the user gave one. */
  readonly defaultDisplayName: string;

  /** `https://` address of the backend. */
  readonly backendUrl: string;

  /**
   * Whether the policy lets in nobody without a token of a named caller. Such an API asks for no subscription key.
   *
   * @default false
   */
  readonly requiresToken?: boolean;
}

/** What the policy needs to know of an API. */
export interface ApiSurfaceConfig {
  /** Name of the API on the gateway, without revision. */
  readonly apiName: string;

  /** Path below the gateway's address at which consumers find the API, its version included; empty for the root. */
  readonly path: string;

  /**
   * Which version of an API this is.
   *
   * @default - the API has no versions
   */
  readonly version?: ApiVersion;

  /** Where the subscription key comes in, so that it can be kept from the backend. */
  readonly subscriptionKeyNames: SubscriptionKeyNames;

  /** Whether the API has an OPTIONS operation, which takes preflight requests from a `cors` policy. */
  readonly passesOptions: boolean;

  /** The policy that the API has by itself; the user's and the gateway's statements are merged into it. */
  readonly policy: PolicyDocument;

  /**
   * Azure resource id of the policy that the API has already, in azurerm's form: that of the API. Terraform takes it over.
   *
   * @default - it has none, and gets one
   */
  readonly existingPolicyId?: string;

  /**
   * The names of all operations that the API has.
   *
   * @default - not known here
   */
  readonly operationIds?: string[];

  /**
   * What must exist before the operations can have policies of their own.
   *
   * @default - `ready`
   */
  readonly operationsDependencies?: ITerraformDependable[];

  /** What must exist before the API can have a policy. */
  readonly dependencies: ITerraformDependable[];

  /**
   * Terraform references, without `${}`, such as `azurerm_api_management_api.orders.id`: when one changes, the API is a new one
   * that has lost its policy and whatever else hangs on its name, and all of that is made anew. Empty where the API stays.
   */
  readonly replaceTriggers: string[];
}

/** What consumers see of a backend: a strategy, made by `ApiSurface`, that is bound to one backend. */
export interface IApiSurface {
  /** Called by `SecureApimBackend`, once. */
  bind(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig;
}

/** The names stand in the text of a policy, where Terraform's values cannot be checked. */
export function checkedKeyNames(scope: Construct, names: SubscriptionKeyNames): SubscriptionKeyNames {
  requireLiteral(scope, "subscriptionKeyNames.header", names.header);
  requireLiteral(scope, "subscriptionKeyNames.query", names.query);
  checkName(scope, NAME_RULES.headerName, names.header);
  checkName(scope, NAME_RULES.queryName, names.query);
  return names;
}

/** Azure resource id of an API by its name, without a revision. */
export function apiIdOn(gateway: IApimGateway, apiName: string): string {
  return Fn.join("/", [gateway.apimId, "apis", apiName]);
}
