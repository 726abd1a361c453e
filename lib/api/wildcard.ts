import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { ApiManagementApiOperation } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import { BindOnce } from "../core/bind-once";
import * as errors from "../core/errors";
import { checkName, kebabCase, NAME_RULES } from "../core/names";
import { checkReason } from "../core/reason";
import { PolicyDocument } from "../policy/policy-document";
import { ApiSurfaceBindOptions, ApiSurfaceConfig, IApiSurface, SubscriptionKeyNames } from "./api-surface";
import { checkedKeyNames, SERVICE_KEY_NAMES } from "./private/key-names";

/** Properties of an API that passes all paths on. */
export interface WildcardApiProps {
  /**
   * Path of the API below the gateway's address, without a slash at either end; empty for the root.
   *
   * @default - the construct id in kebab-case
   */
  readonly path?: string;

  /**
   * Name of the API on the gateway, unique there.
   *
   * @default - the construct id in kebab-case
   */
  readonly apiName?: string;

  /**
   * Title that consumers see.
   *
   * @default - the construct id
   */
  readonly displayName?: string;

  /**
   * Description that consumers see.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Names under which consumers send their subscription key.
   *
   * @default - the service's: `Ocp-Apim-Subscription-Key` and `subscription-key`
   */
  readonly subscriptionKeyNames?: SubscriptionKeyNames;
}

/** TRACE is never among them: it sends a request back as it arrived, the gateway's token included. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/** An API with one operation a method, each on every path. Made by `ApiSurface.wildcard`. */
export class WildcardApi implements IApiSurface {
  private readonly bound = new BindOnce<ApiSurfaceConfig>("ApiSurface.wildcard", errors.surfaceBoundTwice);

  private keylessReason?: string;
  private optionsReason?: string;

  constructor(private readonly props: WildcardApiProps) {}

  /**
   * The same API, open to consumers without a subscription key.
   *
   * @param reason why; shown at synthesis
   */
  public withoutSubscriptionKey(reason: string): WildcardApi {
    return this.copy({ keylessReason: reason });
  }

  /**
   * The same API, with OPTIONS passed on to the backend. A `cors` policy then answers no preflight requests any more.
   *
   * @param reason why; shown at synthesis
   */
  public passThroughOptions(reason: string): WildcardApi {
    return this.copy({ optionsReason: reason });
  }

  public bind(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig {
    return this.bound.bind(scope, () => this.publish(scope, options));
  }

  private publish(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig {
    const { props, keylessReason, optionsReason } = this;
    const { gateway } = options;
    const path = props.path ?? options.defaultPath;
    const name = props.apiName ?? options.defaultPath;
    const keyNames = checkedKeyNames(scope, props.subscriptionKeyNames ?? SERVICE_KEY_NAMES);
    announce(scope, "Open to consumers without a subscription key", "withoutSubscriptionKey", keylessReason);
    announce(scope, "OPTIONS requests reach the backend", "passThroughOptions", optionsReason);

    const api = new ApiManagementApi(scope, "Resource", {
      name: checkName(scope, NAME_RULES.api, name, kebabCase(name)),
      apiManagementName: gateway.apimName,
      resourceGroupName: gateway.resourceGroupName,
      provider: gateway.provider,
      revision: "1",
      displayName: props.displayName ?? options.defaultDisplayName,
      description: props.description,
      path: checkName(scope, NAME_RULES.apiPath, path, pathSuggestion(path)),
      protocols: ["https"],
      serviceUrl: options.backendUrl,
      subscriptionRequired: keylessReason === undefined && !options.requiresToken,
      subscriptionKeyParameterNames: { header: keyNames.header, query: keyNames.query },
    });
    for (const method of optionsReason === undefined ? METHODS : [...METHODS, "OPTIONS"]) {
      new ApiManagementApiOperation(scope, method, {
        operationId: method.toLowerCase(),
        apiName: api.name,
        apiManagementName: gateway.apimName,
        resourceGroupName: gateway.resourceGroupName,
        provider: gateway.provider,
        displayName: `${method} on any path`,
        method,
        urlTemplate: "/*",
      });
    }
    return {
      apiName: name,
      path,
      subscriptionKeyNames: keyNames,
      passesOptions: optionsReason !== undefined,
      policy: PolicyDocument.EMPTY,
      ready: [api],
    };
  }

  private copy(reasons: { readonly keylessReason?: string; readonly optionsReason?: string }): WildcardApi {
    const copy = new WildcardApi(this.props);
    copy.keylessReason = reasons.keylessReason ?? this.keylessReason;
    copy.optionsReason = reasons.optionsReason ?? this.optionsReason;
    return copy;
  }
}

function pathSuggestion(path: string): string {
  return path.replace(/^\/+|\/+$/g, "").replace(/[^\w\-/.:]+/g, "-");
}

function announce(scope: Construct, what: string, call: string, reason: string | undefined): void {
  if (reason === undefined) return;
  Annotations.of(scope).addInfo(`${what}: ${checkReason(scope, call, reason)}`);
}
