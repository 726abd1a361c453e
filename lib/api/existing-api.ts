import { Fn, Postcondition } from "cdktf";
import { Construct } from "constructs";
import { DataAzurermApiManagementApi } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management-api";
import { BindOnce } from "../core/bind-once";
import * as errors from "../core/errors";
import * as existing from "../core/existing-api-errors";
import { checkName, NAME_RULES } from "../core/names";
import { isToken } from "../core/tokens";
import { PolicyDocument } from "../policy/policy-document";
import { ApiSurfaceBindOptions, ApiSurfaceConfig, IApiSurface, SubscriptionKeyNames } from "./api-surface";
import { checkedKeyNames, SERVICE_KEY_NAMES } from "./private/key-names";

/** Properties of an API that is there already. */
export interface ExistingApiProps {
  /**
   * The current revision of the API, which is the one that consumers call and that can have a policy. Terraform checks it at plan.
   *
   * @default "1"
   */
  readonly revision?: string;

  /**
   * Names under which consumers of the API send their subscription key. Terraform checks them at plan.
   *
   * @default - the service's: `Ocp-Apim-Subscription-Key` and `subscription-key`
   */
  readonly subscriptionKeyNames?: SubscriptionKeyNames;
}

/** An API that somebody else publishes. Made by `ApiSurface.existingApi`. */
export class ExistingApi implements IApiSurface {
  private readonly bound = new BindOnce<ApiSurfaceConfig>("ApiSurface.existingApi", errors.callBoundTwice);

  constructor(
    private readonly apiName: string,
    private readonly currentPolicy: PolicyDocument,
    private readonly props: ExistingApiProps,
  ) {}

  public bind(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig {
    return this.bound.bind(scope, () => this.read(scope, options));
  }

  private read(scope: Construct, { gateway, requiresToken }: ApiSurfaceBindOptions): ApiSurfaceConfig {
    const { apiName, currentPolicy } = this;
    if (isToken(apiName)) throw errors.tokenForLiteral(scope, "the name of an existing API");
    checkName(scope, NAME_RULES.api, apiName);
    const keyNames = checkedKeyNames(scope, this.props.subscriptionKeyNames ?? SERVICE_KEY_NAMES);
    const api = new DataAzurermApiManagementApi(scope, "Resource", {
      name: apiName,
      apiManagementName: gateway.apimName,
      resourceGroupName: gateway.resourceGroupName,
      provider: gateway.provider,
      revision: checkName(scope, NAME_RULES.revision, this.props.revision ?? "1"),
      lifecycle: { postcondition: [IS_CURRENT, hasKeyNames(keyNames), ...(requiresToken ? [NEEDS_NO_KEY] : [])] },
    });
    return {
      apiName,
      path: api.path,
      subscriptionKeyNames: keyNames,
      passesOptions: false,
      policy: currentPolicy,
      existingPolicyId: currentPolicy._isWritten ? Fn.join("/", [gateway.apimId, "apis", apiName]) : undefined,
      ready: [api],
      replaceTriggers: [],
    };
  }
}

const IS_CURRENT: Postcondition = {
  condition: "${self.is_current}",
  errorMessage: existing.notTheCurrentRevision(),
};

const NEEDS_NO_KEY: Postcondition = {
  condition: "${!self.subscription_required}",
  errorMessage: existing.keyBesideCallers(),
};

function hasKeyNames({ header, query }: SubscriptionKeyNames): Postcondition {
  const names = "self.subscription_key_parameter_names[0]";
  return {
    condition: `\${try(lower(join("/", [${names}.header, ${names}.query])), "") == "${`${header}/${query}`.toLowerCase()}"}`,
    errorMessage: existing.otherKeyNames(header, query),
  };
}
