import { dependable, Fn, Op, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import type { ApiManagementApiOperation } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import { atSynth } from "../core/at-synth";
import { BindOnce } from "../core/bind-once";
import { claim } from "../core/claims";
import { idReference } from "../core/dependencies";
import { conditionMessage, fail, finding } from "../core/fail";
import { requireGiven, requireList } from "../core/given";
import { guard, oneOf, requireAtPlan, requireOnceMade } from "../core/guard";
import { checkName } from "../core/names";
import { requireOneObject } from "../core/one-object";
import { givenReason } from "../core/reason";
import { renderedAttributes } from "../core/rendered";
import { asArgument, isToken, resolved } from "../core/tokens";
import { IApimGateway } from "../gateway/gateway";
import { liveOn } from "../gateway/gateway-child";
import { NAME_RULES } from "../gateway/name-rules";
import { SERVICE_KEY_NAMES } from "../policy/names";
import { PolicyDocument } from "../policy/policy-document";
import { HttpMethod } from "./api-operation";
import {
  ApiSurfaceBindOptions,
  ApiSurfaceConfig,
  announceKeyless,
  BOUND_CALL,
  checkedKeyNames,
  createdApis,
  IApiSurface,
} from "./api-surface";
import { isSame, serviceTexts } from "./declared-apis";
import { onlyRevision } from "./existing-api";
import { refuseSecondBackend } from "./second-backend";
import { ApiVersion, checkedVersion } from "./versions/api-version";
import { azurerm } from "../providers/azurerm";

/** What the library needs to know about your API. */
export interface OwnApiOptions {
  /**
   * The version that the API is, with its version set. `version` and `versionSetId` of your object must name the same.
   *
   * @default - the API has no versions
   */
  readonly version?: ApiVersion;

  /**
   * All operations of the API, if you declare them. With `operationPolicies`, Terraform creates the operations first.
   *
   * @default - not known: API Management creates them from a document, or they have no policies
   */
  readonly operations?: ApiManagementApiOperation[];
}

const CALL = "ApiSurface.fromApi";
const EXAMPLE = `${CALL}(api) with your ApiManagementApi object. For an API of another state, use ApiSurface.existingApi(...)`;

/** Your own API. Returned by `ApiSurface.fromApi`. */
export class OwnApi implements IApiSurface {
  /** @internal */
  public static _of(api: ApiManagementApi, options: OwnApiOptions): OwnApi {
    return new OwnApi(api, options);
  }

  public readonly factory: string = CALL;
  private readonly bound = new BindOnce<ApiSurfaceConfig>(this.factory, BOUND_CALL);

  private constructor(
    private readonly api: ApiManagementApi,
    private readonly options: OwnApiOptions,
    private readonly keylessReason?: string,
  ) {}

  /**
   * The same API, which is open to consumers without a subscription key. Without this call, an API without a key is an error at synth.
   *
   * @param reason why; shown at synth
   */
  public withoutSubscriptionKey(reason: string): OwnApi {
    return new OwnApi(this.api, this.options, givenReason(reason));
  }

  public bind(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig {
    return this.bound.bind(scope, () => this.adopt(scope, options));
  }

  private adopt(scope: Construct, { gateway, requiresToken = false }: ApiSurfaceBindOptions): ApiSurfaceConfig {
    const { options, keylessReason } = this;
    const api = checkedApi(scope, this.api);
    const operations = checkedOperations(scope, api, options.operations);
    const version = options.version && checkedVersion(scope, gateway, options.version, undefined);
    const keyNames = checkedKeyNames(scope, api.subscriptionKeyParameterNamesInput);
    const path = api.pathInput ?? api.path;
    announceKeyless(scope, keylessReason);
    createdApis(scope).set(api, requiresToken);
    guardIdentity(api, version, keyNames);
    guardOpenings(api, requiresToken || keylessReason !== undefined);
    if (requiresToken) guardKeyless(api);
    requireGateway(scope, api, gateway);
    liveOn(api, gateway);
    requireOnceMade(api, [IS_CURRENT]);
    const dependencies = requiresToken ? [api, onlyOneRevision(scope, gateway, api)] : [api];
    const ids = operations?.map(({ operationIdInput: id }) => id ?? "");
    return {
      apiName: api.nameInput ?? api.name,
      path: version ? version.versionSet.scheme._pathOf(path, version.name) : path,
      version,
      subscriptionKeyNames: keyNames,
      passesOptions: operations?.some(({ methodInput }) => methodInput === HttpMethod.OPTIONS) ?? false,
      policy: PolicyDocument.EMPTY,
      operationIds: ids?.some(isToken) ? undefined : ids,
      operationsDependencies: operations,
      api,
      operations,
      dependencies,
      replaceTriggers: [idReference(api)],
    };
  }
}

/** The object, if it is an API of the stack that can have a policy, and no other backend has it. */
function checkedApi(scope: Construct, api: ApiManagementApi): ApiManagementApi {
  requireGiven(scope, api, { name: `the api of ${CALL}`, has: ["terraformResourceType"], example: EXAMPLE });
  const { path } = requireGiven(scope, api.node, { name: `the api of ${CALL}`, texts: ["path"], example: EXAMPLE });
  if (api.terraformResourceType !== "azurerm_api_management_api")
    fail(
      scope,
      "api-of-another-type",
      `${CALL}(api) received "${path}", which is of type ${api.terraformResourceType}.`,
      `Write ${EXAMPLE}.`,
    );
  requireGiven(scope, api, { name: `the api of ${CALL}`, has: ["putSubscriptionKeyParameterNames"], example: EXAMPLE });
  requireOneObject(scope, api);
  if (TerraformStack.of(api) !== TerraformStack.of(scope))
    fail(
      scope,
      "api-in-another-stack",
      `The API "${path}" is in another stack, so this stack cannot check that it stays closed.`,
      `Create the SecureApimBackend in the stack of the API, or write ApiSurface.existingApi("...", PolicyDocument.EMPTY) with its name.`,
    );
  const holder = claim(api, "surface", "", scope);
  if (holder !== undefined) refuseSecondBackend(scope, path, holder);
  if (api.apiTypeInput === "websocket") refuseWebSocket(scope, path);
  checkName(scope, NAME_RULES.existingApi, api.nameInput ?? api.name);
  return api;
}

/** @see https://github.com/hashicorp/terraform-provider-azurerm/issues/24544 */
function refuseWebSocket(scope: Construct, path: string): never {
  fail(
    scope,
    "own-web-socket-api",
    `The API "${path}" is a WebSocket API, which can have no policy: API Management accepts one only for its operation "onHandshake".`,
    "Pass an API of type http, soap or graphql.",
  );
}

function checkedOperations(
  scope: Construct,
  api: ApiManagementApi,
  operations: ApiManagementApiOperation[] | undefined,
): ApiManagementApiOperation[] | undefined {
  if (operations === undefined) return undefined;
  const example = "operations: [operation] with your ApiManagementApiOperation objects";
  requireList(scope, "operations", operations, example).forEach((operation) =>
    requireGiven(scope, operation, {
      name: "an entry of operations",
      has: ["operationIdInput", "urlTemplateInput"],
      example,
    }),
  );
  scope.node.addValidation({ validate: () => operations.flatMap((operation) => foreignOperation(api, operation)) });
  return operations;
}

const API_NAME = /^\$\{azurerm_api_management_api\.[\w-]+\.name\}$/;

/** Names that only Terraform knows are not compared. */
function foreignOperation(api: ApiManagementApi, operation: ApiManagementApiOperation): string[] {
  const textOf = (value: unknown): string => String(resolved(api, value));
  const given = textOf(renderedAttributes(operation).api_name);
  const [reference, name] = [api.name, renderedAttributes(api).name].map(textOf);
  const isOther = API_NAME.test(given) || ![given, name].some(isToken);
  if (!isOther || isSame(given, reference) || isSame(given, name)) return [];
  return [
    finding(
      "operation-of-another-api",
      `The operation "${operation.node.path}" in ${CALL} belongs to the API "${given.replace(/^\$\{|\}$/g, "")}", not to "${api.node.path}".`,
      "Set apiName: api.name on it, or remove it from operations.",
    ),
  ];
}

/** Guards what the policy and the address of the API rely on. */
function guardIdentity(
  api: ApiManagementApi,
  version: ApiVersion | undefined,
  keyNames: { readonly header: string; readonly query: string },
): void {
  const isService = keyNames.header === SERVICE_KEY_NAMES.header && keyNames.query === SERVICE_KEY_NAMES.query;
  const asGiven = azurerm.apiManagementApiSubscriptionKeyParameterNamesToTerraform(keyNames);
  guard(api, {
    attributes: {
      name: api.nameInput,
      path: api.pathInput,
      ...(isService && api.subscriptionKeyParameterNamesInput === undefined
        ? { subscription_key_parameter_names: undefined }
        : { subscription_key_parameter_names: asGiven }),
    },
    changed: (attributes) =>
      finding(
        "own-api-changed",
        `The API "${api.node.path}" was changed after ${CALL} received it, so its policy could miss requests or pass subscription keys on.`,
        `Set ${attributes} on it before you pass it to ${CALL}.`,
      ),
  });
  guard(api, {
    attributes: { api_type: oneOf(undefined, "http", "soap", "graphql") },
    changed: (attributes) =>
      finding(
        "own-api-type",
        `The type of the API "${api.node.path}" is not http, soap or graphql, or is not known at synth. An API of another type can have ` +
          `no policy.`,
        `Set ${attributes} on it, as in apiType: "http".`,
      ),
  });
  guard(api, {
    attributes: { version: (given: unknown) => (given ?? "") === (version?.name ?? "") },
    changed: (attributes) =>
      finding(
        "own-api-version",
        `The version of the API "${api.node.path}" is not the one in ${CALL} (${version?.name ?? "none"}), so its address would be wrong.`,
        `Create the version set with new ApiVersionSet(this, "...", { gateway }). Set ${attributes} on it, and versionSetId, and write ` +
          `${CALL}(api, { version: { versionSet, name: "..." } }).`,
      ),
  });
}

/** Guards that nobody reaches the API over plain HTTP or, unless there is a reason, without a subscription key. */
function guardOpenings(api: ApiManagementApi, mayBeKeyless: boolean): void {
  guard(api, {
    attributes: {
      protocols: (given: unknown) => {
        const protocols: unknown[] = [given ?? []].flat();
        return protocols.length > 0 && protocols.every((protocol) => protocol === "https");
      },
      ...(mayBeKeyless ? {} : { subscription_required: oneOf(undefined, null, true) }),
    },
    changed: (attributes) =>
      finding(
        "own-api-open",
        `The API "${api.node.path}" could accept plain HTTP or requests without a subscription key, and no reason was given.`,
        `Set ${attributes} on it, as in protocols: ["https"], subscriptionRequired: true. For an API without a key, write ` +
          `${CALL}(api).withoutSubscriptionKey("why").`,
      ),
  });
}

function guardKeyless(api: ApiManagementApi): void {
  guard(api, {
    attributes: { subscription_required: false },
    changed: (attributes) =>
      finding(
        "own-api-key-with-callers",
        `The API "${api.node.path}" requires a subscription key, which callers by identity do not have.`,
        `Set ${attributes} on it to false. The API still requires a token of a listed caller.`,
      ),
  });
}

/** Makes sure that the API is on the gateway, at synth if both names are known. */
function requireGateway(scope: Construct, api: ApiManagementApi, gateway: IApimGateway): void {
  const serviceOf = (): unknown => resolved(api, renderedAttributes(api).api_management_name);
  const isLiteral = (text: unknown): text is string => typeof text === "string" && !isToken(text);
  const isKnown = (service: unknown): boolean => serviceTexts(scope, gateway).some((text) => isSame(text, service));
  scope.node.addValidation({
    validate: () => {
      const service = serviceOf();
      const other = serviceTexts(scope, gateway).find(isLiteral);
      if (isKnown(service) || !isLiteral(service) || other === undefined) return [];
      return [
        finding(
          "own-api-on-another-gateway",
          `The API "${api.node.path}" is on the API Management service "${service}", but the gateway is "${other}".`,
          "Pass the gateway of the API, or set apiManagementName: gateway.apimName on the API.",
        ),
      ];
    },
  });
  atSynth(api, () => {
    const service = serviceOf();
    if (isKnown(service) || typeof service !== "string") return;
    if (isLiteral(service) && serviceTexts(scope, gateway).some(isLiteral)) return;
    requireAtPlan(api, [
      {
        condition: Op.eq(Fn.lower(asArgument(service)), Fn.lower(asArgument(gateway.apimName))),
        errorMessage: conditionMessage(
          "own-api-gateway-at-plan",
          "The API must be on the API Management service of the gateway.",
          "Set apiManagementName: gateway.apimName on the API.",
        ),
      },
    ]);
  });
}

/** Each revision has a policy of its own. Terraform reads the others once the API exists. */
function onlyOneRevision(scope: Construct, gateway: IApimGateway, api: ApiManagementApi) {
  const revisions = onlyRevision(scope, gateway, api.name);
  revisions.dependsOn = [dependable(api)];
  return revisions;
}

const IS_CURRENT = {
  condition: "${self.is_current}",
  errorMessage: conditionMessage(
    "own-api-not-current",
    'Revision ${self.revision} of the API "${self.name}" is not the current revision, and only the current revision can have a policy.',
    "Make it current (azurerm_api_management_api_release), or pass the ApiManagementApi object of the current revision.",
  ),
};
