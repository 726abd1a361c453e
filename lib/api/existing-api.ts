import { requireLiteral } from "../core/literal";
import { Postcondition } from "cdktf";
import { Construct } from "constructs";
import { DataAzurermApiManagementApi } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management-api";
import { BindOnce, BOUND } from "../core/bind-once";
import { keepConditions } from "../core/guards";
import { checkName } from "../core/names";
import { NAME_RULES } from "../gateway/name-rules";
import { announce } from "../core/reason";
import { SERVICE_KEY_NAMES, SubscriptionKeyNames } from "../policy/subscription-key-names";
import { PolicyDocument } from "../policy/policy-document";
import { ApiSurfaceBindOptions, ApiSurfaceConfig, IApiSurface, apiIdOn, checkedKeyNames } from "./api-surface";
import { ApiVersion } from "./versions/api-version";
import { checkedVersion } from "./versions/checked-version";
import { finding } from "../core/fail";

/** Properties of an API that is there already. */
export interface ExistingApiOptions {
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

  /**
   * Which version of an API it is. Terraform checks it at plan.
   *
   * @default - the API has no versions
   */
  readonly version?: ApiVersion;
}

/** An API that somebody else publishes. Made by `ApiSurface.existingApi`. */
export class ExistingApi implements IApiSurface {
  private readonly bound = new BindOnce<ApiSurfaceConfig>("ApiSurface.existingApi", BOUND.call);
  private keylessReason?: string;

  constructor(
    private readonly apiName: string,
    private readonly currentPolicy: PolicyDocument,
    private readonly props: ExistingApiOptions,
  ) {}

  /**
   * The same API, known to be open to consumers without a subscription key. Without this Terraform stops at plan if it is.
   *
   * @param reason why; shown at synthesis
   */
  public withoutSubscriptionKey(reason: string): ExistingApi {
    const copy = new ExistingApi(this.apiName, this.currentPolicy, this.props);
    copy.keylessReason = reason;
    return copy;
  }

  public bind(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig {
    return this.bound.bind(scope, () => this.read(scope, options));
  }

  private read(scope: Construct, { gateway, requiresToken }: ApiSurfaceBindOptions): ApiSurfaceConfig {
    const { apiName, currentPolicy, props, keylessReason } = this;
    requireLiteral(scope, "the name of an existing API", apiName);
    checkName(scope, NAME_RULES.existingApi, apiName, apiName.replace(/;rev=.*/, ""));
    const keyNames = checkedKeyNames(scope, props.subscriptionKeyNames ?? SERVICE_KEY_NAMES);
    const version = props.version && checkedVersion(scope, gateway, props.version, undefined);
    announce(scope, "Open to consumers without a subscription key", "withoutSubscriptionKey", keylessReason);
    const asksForKey = requiresToken ? [NEEDS_NO_KEY] : keylessReason === undefined ? [NEEDS_KEY] : [];
    const api = new DataAzurermApiManagementApi(scope, "Resource", {
      name: apiName,
      apiManagementName: gateway.apimName,
      resourceGroupName: gateway.resourceGroupName,
      provider: gateway.provider,
      revision: checkName(scope, NAME_RULES.existingRevision, props.revision ?? "1"),
      lifecycle: {
        postcondition: [IS_CURRENT, IS_ENCRYPTED, isVersion(version?.name), hasKeyNames(keyNames), ...asksForKey],
      },
    });
    keepConditions(api);
    return {
      apiName,
      path: version ? version.versionSet.scheme._pathOf(api.path, version.name) : api.path,
      version,
      subscriptionKeyNames: keyNames,
      passesOptions: false,
      policy: currentPolicy,
      existingPolicyId: currentPolicy._isWritten ? apiIdOn(gateway, apiName) : undefined,
      dependencies: [api],
      replaceTriggers: [],
    };
  }
}

const IS_CURRENT: Postcondition = {
  condition: "${self.is_current}",
  errorMessage: finding(
    "not-the-current-revision",
    'Revision ${self.revision} of the API "${self.name}" is not its current one, and only that can have a policy. Write the current ' +
      'one: ApiSurface.existingApi("${self.name}", policy, { revision: "..." }).',
  ),
};

const IS_ENCRYPTED: Postcondition = {
  condition: '${length(setsubtract(self.protocols, ["https", "wss"])) == 0}',
  errorMessage: finding(
    "plain-http",
    'The API "${self.name}" takes plain HTTP: subscription keys and tokens would be sent in clear. Switch HTTP off on the API ' +
      '(protocols = ["https"]).',
  ),
};

const NEEDS_KEY: Postcondition = {
  condition: "${self.subscription_required}",
  errorMessage: finding(
    "open-without-key",
    'The API "${self.name}" asks for no subscription key: everybody could reach the backend through it. Switch that on on the API ' +
      '(subscription_required = true), or write why it is open: ApiSurface.existingApi(...).withoutSubscriptionKey("why").',
  ),
};

const NEEDS_NO_KEY: Postcondition = {
  condition: "${!self.subscription_required}",
  errorMessage: finding(
    "key-beside-callers",
    'The API "${self.name}" asks for a subscription key, which the callers by identity do not have. Switch that off on the API ' +
      "(subscription_required = false): nobody gets in without a token of a named caller.",
  ),
};

function isVersion(name: string | undefined): Postcondition {
  return {
    condition: `\${(self.version == null ? "" : self.version) == "${name ?? ""}"}`,
    errorMessage: otherVersion(name),
  };
}

function hasKeyNames({ header, query }: SubscriptionKeyNames): Postcondition {
  const names = "self.subscription_key_parameter_names[0]";
  return {
    condition: `\${try(lower(join("/", [${names}.header, ${names}.query])), "") == "${`${header}/${query}`.toLowerCase()}"}`,
    errorMessage: finding(
      "other-key-names",
      `The API "\${self.name}" takes its subscription key under other names than "${header}" and "${query}", and the key would reach ` +
        `the backend. Write the names that it has: ApiSurface.existingApi("\${self.name}", policy, { subscriptionKeyNames: { header: "...", ` +
        `query: "..." } }).`,
    ),
  };
}

export function otherVersion(given: string | undefined): string {
  const what = given === undefined ? "no version was given" : `the version "${given}" was given`;
  return (
    'The API "${self.name}" has the version "${self.version == null ? "" : self.version}", and ' +
    `${what}: its address would be another API's. Write the one that it has: ` +
    'ApiSurface.existingApi("${self.name}", policy, { version: { versionSet, name: "..." } }), where versionSet is ' +
    "ApiVersionSet.fromLookup(...)."
  );
}
