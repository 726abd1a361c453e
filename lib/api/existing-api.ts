import { Postcondition } from "cdktf";
import { Construct } from "constructs";
import { BindOnce } from "../core/bind-once";
import {
  BOUND_CALL,
  ApiSurfaceBindOptions,
  ApiSurfaceConfig,
  IApiSurface,
  announceKeyless,
  apiIdOn,
  checkedKeyNames,
} from "./api-surface";
import { guardLifecycle } from "../core/guard";
import { conditionMessage } from "../core/fail";
import { requireLiteral } from "../core/literal";
import { checkName } from "../core/names";
import { givenReason } from "../core/reason";
import { IApimGateway, onGateway } from "../gateway/gateway";
import { AzapiReading } from "../azure/azapi";
import { NAME_RULES } from "../gateway/name-rules";
import { SubscriptionKeyNames } from "../policy/names";
import { checkedDocument, PolicyDocument } from "../policy/policy-document";
import { refuseDeclared } from "./declared-apis";
import { ApiVersion, checkedVersion } from "./versions/api-version";
import { azurerm } from "../providers/azurerm";

/** Options of an existing API. */
export interface ExistingApiOptions {
  /**
   * The current revision of the API. Consumers call this one, and only this one can have a policy. Terraform checks it at plan.
   *
   * @default "1"
   */
  readonly revision?: string;

  /**
   * Names of the header and the query parameter with the subscription key. Terraform checks them at plan.
   *
   * @default - the defaults of API Management: `Ocp-Apim-Subscription-Key` and `subscription-key`
   */
  readonly subscriptionKeyNames?: SubscriptionKeyNames;

  /**
   * The version that the API is. Terraform checks it at plan.
   *
   * @default - the API has no versions
   */
  readonly version?: ApiVersion;
}

/** An existing API that another state owns. Returned by `ApiSurface.existingApi`. */
export class ExistingApi implements IApiSurface {
  /** @internal */
  public static _of(apiName: string, currentPolicy: PolicyDocument, props: ExistingApiOptions): ExistingApi {
    return new ExistingApi(apiName, currentPolicy, props);
  }

  public readonly factory: string = "ApiSurface.existingApi";
  private readonly bound = new BindOnce<ApiSurfaceConfig>(this.factory, BOUND_CALL);

  private constructor(
    private readonly apiName: string,
    private readonly currentPolicy: PolicyDocument,
    private readonly props: ExistingApiOptions,
    private readonly keylessReason?: string,
  ) {}

  /**
   * The same API, which is open to consumers without a subscription key. The plan fails if an API is open without this call.
   *
   * @param reason why; shown at synth
   */
  public withoutSubscriptionKey(reason: string): ExistingApi {
    return new ExistingApi(this.apiName, this.currentPolicy, this.props, givenReason(reason));
  }

  public bind(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig {
    return this.bound.bind(scope, () => this.read(scope, options));
  }

  private read(scope: Construct, { gateway, requiresToken }: ApiSurfaceBindOptions): ApiSurfaceConfig {
    const { apiName, currentPolicy, props, keylessReason } = this;
    refuseDeclared(scope, gateway, apiName);
    requireLiteral(scope, "The name of an existing API", apiName);
    checkedDocument(scope, "the second argument of ApiSurface.existingApi", currentPolicy);
    checkName(scope, NAME_RULES.existingApi, apiName, apiName.replace(/;rev=.*/, ""));
    const keyNames = checkedKeyNames(scope, props.subscriptionKeyNames);
    const version = props.version && checkedVersion(scope, gateway, props.version, undefined);
    announceKeyless(scope, keylessReason);
    const aboutKeys = requiresToken ? [NEEDS_NO_KEY] : keylessReason === undefined ? [NEEDS_KEY] : [];
    const api = new azurerm.DataAzurermApiManagementApi(scope, "Resource", {
      name: apiName,
      ...onGateway(gateway),
      revision: checkName(scope, NAME_RULES.existingRevision, props.revision ?? "1"),
      lifecycle: {
        postcondition: [
          IS_CURRENT,
          IS_NO_WEB_SOCKET,
          IS_ENCRYPTED,
          isVersion(version?.name),
          hasKeyNames(keyNames),
          ...aboutKeys,
        ],
      },
    });
    guardLifecycle(api);
    const dependencies = requiresToken ? [api, onlyRevision(scope, gateway, apiName)] : [api];
    return {
      apiName,
      path: version ? version.versionSet.scheme._pathOf(api.path, version.name) : api.path,
      version,
      subscriptionKeyNames: keyNames,
      passesOptions: false,
      policy: currentPolicy,
      existingPolicyId: currentPolicy._isWritten ? apiIdOn(gateway, apiName) : undefined,
      dependencies,
      replaceTriggers: [],
    };
  }
}

/** Reads the revisions of an API whose policy admits callers by their token: each revision has a policy of its own. */
export function onlyRevision(scope: Construct, gateway: IApimGateway, apiName: string): AzapiReading {
  const online = "[for each in self.output.value : each.apiRevision if each.isOnline && !each.isCurrent]";
  // Put together in a call, so that the page of all messages shows a placeholder.
  const otherRevisions = ['${join(", ", ', online, ")}"].join("");
  const revisions = new AzapiReading(scope, "Revisions", {
    type: "Microsoft.ApiManagement/service/apis@2022-08-01",
    resourceId: apiIdOn(gateway, apiName),
    action: "revisions",
    postcondition: {
      condition: `\${length(${online}) == 0}`,
      errorMessage: conditionMessage(
        "other-revisions-online",
        `The API "${apiName}" has other revisions online: ${otherRevisions}. Each stays callable at ;rev=N with a policy of its ` +
          "own, which does not require a token of a listed caller.",
        "Take these revisions offline, or delete them.",
      ),
    },
  });
  guardLifecycle(revisions);
  return revisions;
}

const IS_CURRENT: Postcondition = {
  condition: "${self.is_current}",
  errorMessage: conditionMessage(
    "not-current-revision",
    'Revision ${self.revision} of the API "${self.name}" is not the current revision, and only the current revision can have a policy.',
    'Write the current revision: ApiSurface.existingApi("${self.name}", policy, { revision: "..." }).',
  ),
};

const IS_ENCRYPTED: Postcondition = {
  condition: '${length(setsubtract(self.protocols, ["https", "ws", "wss"])) == 0}',
  errorMessage: conditionMessage(
    "api-accepts-http",
    'The API "${self.name}" accepts plain HTTP, which would send subscription keys and tokens unencrypted.',
    'Turn HTTP off on the API: protocols = ["https"].',
  ),
};

/** @see https://github.com/hashicorp/terraform-provider-azurerm/issues/24544 */
const IS_NO_WEB_SOCKET: Postcondition = {
  condition: '${length(setintersection(self.protocols, ["ws", "wss"])) == 0}',
  errorMessage: conditionMessage(
    "web-socket-api",
    'The API "${self.name}" is a WebSocket API, which can have no policy: API Management accepts one only for its operation onHandshake.',
    "Pass an HTTP, SOAP or GraphQL API.",
  ),
};

const NEEDS_KEY: Postcondition = {
  condition: "${self.subscription_required}",
  errorMessage: conditionMessage(
    "api-open-without-key",
    'The API "${self.name}" requires no subscription key, so everybody could reach the backend through it.',
    "Require a key on the API (subscription_required = true), or give a reason why it is open: " +
      'ApiSurface.existingApi(...).withoutSubscriptionKey("why").',
  ),
};

const NEEDS_NO_KEY: Postcondition = {
  condition: "${!self.subscription_required}",
  errorMessage: conditionMessage(
    "key-with-callers",
    'The API "${self.name}" requires a subscription key, which callers by identity do not have.',
    "Turn the key off on the API (subscription_required = false). The API still requires a token of a listed caller.",
  ),
};

function isVersion(name: string | undefined): Postcondition {
  const given = name === undefined ? "no version" : `the version "${name}"`;
  return {
    condition: `\${(self.version == null ? "" : self.version) == "${name ?? ""}"}`,
    errorMessage: conditionMessage(
      "other-api-version",
      `The API "\${self.name}" has the version "\${self.version == null ? "" : self.version}", but you set ${given}. The library ` +
        "would compute the address of another API.",
      'Write the version of the API: ApiSurface.existingApi("${self.name}", policy, { version: { versionSet, name: "..." } }), where versionSet is ' +
        "ApiVersionSet.fromLookup(...).",
    ),
  };
}

function hasKeyNames({ header, query }: SubscriptionKeyNames): Postcondition {
  const names = "self.subscription_key_parameter_names[0]";
  return {
    condition: `\${try(lower(join("/", [${names}.header, ${names}.query])), "") == "${`${header}/${query}`.toLowerCase()}"}`,
    errorMessage: conditionMessage(
      "other-key-names",
      `The API "\${self.name}" does not accept its subscription key as header "${header}" and query parameter "${query}", so the key ` +
        "would reach the backend.",
      'Write the names that the API has: ApiSurface.existingApi("${self.name}", policy, { subscriptionKeyNames: { header: "...", ' +
        'query: "..." } }).',
    ),
  };
}
