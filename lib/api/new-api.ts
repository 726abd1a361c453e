import { asWritten } from "../core/terraform-template";
import { checkedTexts } from "../core/text-limits";
import { Construct } from "constructs";
import type { ApiManagementApi, ApiManagementApiConfig } from "@cdktf/provider-azurerm/lib/api-management-api";
import type {
  ApiManagementApiOperation,
  ApiManagementApiOperationConfig,
} from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import { finding } from "../core/fail";
import { guard, GuardedAttributes, ONCE } from "../core/guard";
import { checkName, kebabCase } from "../core/names";
import { IApimGateway, onGateway } from "../gateway/gateway";
import { liveOn } from "../gateway/gateway-child";
import { NAME_RULES } from "../gateway/name-rules";
import { TEXT_LIMITS } from "../gateway/text-limits";
import { announce, givenReason } from "../core/reason";
import { idReference } from "../core/dependencies";
import { SubscriptionKeyNames } from "../policy/names";
import { PolicyDocument } from "../policy/policy-document";
import {
  ApiSurfaceBindOptions,
  ApiSurfaceConfig,
  announceKeyless,
  checkedKeyNames,
  checkedPath,
  createdApis,
  BOUND_SURFACE,
  IApiSurface,
} from "./api-surface";
import { HttpMethod } from "./api-operation";
import { checkedVersion, ApiVersion } from "./versions/api-version";
import { BindOnce } from "../core/bind-once";
import { azurerm } from "../providers/azurerm";

/** What every API that is created here can have besides path and title. */
export interface PublishedApiOptions {
  /**
   * Name of the API on the gateway, unique there. If you set it, or `path`, a renamed construct needs `moved` blocks: Azure refuses
   * the new API while the old one exists.
   *
   * @default - the construct id in kebab-case
   */
  readonly apiName?: string;

  /**
   * Names of the header and the query parameter in which consumers send their subscription key.
   *
   * @default - the defaults of API Management: `Ocp-Apim-Subscription-Key` and `subscription-key`
   */
  readonly subscriptionKeyNames?: SubscriptionKeyNames;

  /**
   * The version that the API is, with its version set.
   *
   * @default - the API has no versions
   */
  readonly version?: ApiVersion;

  /**
   * Number of the revision, 1 to 100 letters and digits. When it changes, azurerm deletes the API and creates it again, and consumers
   * get 404 meanwhile. To change the API without an outage, publish another `version`.
   *
   * @default "1"
   * @see https://learn.microsoft.com/azure/api-management/api-management-revisions
   */
  readonly revision?: string;

  /**
   * What is new in the revision, for the maintainers of the API: at most 256 characters.
   *
   * @default - none
   */
  readonly revisionDescription?: string;
}

/** What every API that is created here can have. */
export interface NewApiOptions extends PublishedApiOptions {
  /**
   * Path of the API below the gateway's address, without a slash at either end. Empty for the root.
   *
   * @default - the path of the version set, if the API is a version; else the construct id in kebab-case
   */
  readonly path?: string;

  /**
   * Title that consumers see, 1 to 300 characters.
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
}

/** An operation to create: its construct id, which is also in its Terraform address, and its attributes. */
export type NewOperation = { readonly id: string } & Pick<
  ApiManagementApiOperationConfig,
  "operationId" | "method" | "urlTemplate" | "templateParameter" | "displayName" | "description"
>;

/** A document that API Management creates the operations from, and its fields that an API has too, escaped for Terraform. */
export type ImportedDocument = Pick<ApiManagementApiConfig, "import"> & DocumentInfo;

/** What a document says about itself, unless the API says it. */
export type DocumentInfo = Pick<
  ApiManagementApiConfig,
  "displayName" | "description" | "termsOfServiceUrl" | "contact" | "license"
>;

/** Why an API opens more than others. */
export interface OpeningReasons {
  /** Why consumers need no subscription key; without a reason they need one. */
  readonly keyless?: string;
  /** Why OPTIONS requests reach the backend; without a reason there are no OPTIONS operations. */
  readonly options?: string;
}

/** What an API consists of: operations that are created here, or a document. */
export interface NewApiContent {
  readonly operations?: readonly NewOperation[];
  readonly document?: ImportedDocument;
  readonly reasons: OpeningReasons;
}

/** Creates an API and its operations: HTTPS only, and with a subscription key unless there is a reason against it. */
export function createApi(
  scope: Construct,
  options: ApiSurfaceBindOptions,
  props: NewApiOptions,
  { operations, document, reasons }: NewApiContent,
): ApiSurfaceConfig {
  const { gateway, requiresToken = false } = options;
  const version = props.version && checkedVersion(scope, gateway, props.version, props.path);
  const path = version?.versionSet.path ?? props.path ?? options.defaultPath;
  const { name } = asWritten({ name: props.apiName ?? options.defaultPath });
  const keyNames = checkedKeyNames(scope, props.subscriptionKeyNames);
  announceKeyless(scope, reasons.keyless);
  if (reasons.options !== undefined)
    announce(scope, "OPTIONS requests reach the backend", "passThroughOptions", reasons.options);

  const { displayName: title, description, ...imported } = document ?? {};
  const texts = checkedTexts(scope, TEXT_LIMITS.api, {
    displayName: props.displayName ?? (title === undefined ? options.defaultDisplayName : undefined),
    description: props.description,
    revisionDescription: props.revisionDescription,
  });
  const written = asWritten({ ...texts, versionDescription: version?.description });
  const subscriptionRequired = !requiresToken && reasons.keyless === undefined;
  const api = new azurerm.ApiManagementApi(scope, "Resource", {
    name: checkName(scope, NAME_RULES.api, name, kebabCase(name)),
    ...onGateway(gateway),
    revision: checkName(scope, NAME_RULES.revision, props.revision ?? "1"),
    version: version?.name,
    versionSetId: version?.versionSet.versionSetId,
    ...written,
    displayName: written.displayName ?? title,
    description: written.description ?? description,
    path: checkedPath(scope, path),
    protocols: ["https"],
    ...imported,
    serviceUrl: options.backendUrl,
    subscriptionRequired,
    subscriptionKeyParameterNames: { header: keyNames.header, query: keyNames.query },
  });
  createdApis(scope).set(api, requiresToken && reasons.keyless === undefined);
  liveOn(api, gateway);
  guard(api, {
    attributes: {
      ...asCreated(api),
      import: document && azurerm.apiManagementApiImportToTerraform(document.import),
      service_url: options.backendUrl,
      subscription_required: subscriptionRequired,
      subscription_key_parameter_names: azurerm.apiManagementApiSubscriptionKeyParameterNamesToTerraform(keyNames),
    },
    changed: (attributes) =>
      finding(
        "api-changed",
        `The API "${api.node.path}" was changed after it was created, so it could be open, accept plain HTTP, or have other operations.`,
        `Remove what changes ${attributes} on it (addOverride, an aspect). Write it on the surface: .withoutSubscriptionKey("why"), subscriptionKeyNames.`,
      ),
  });
  const replaceTriggers = [idReference(api)];
  const created = operations && createOperations(scope, operations, { gateway, apiName: api.name, replaceTriggers });
  return {
    apiName: name,
    path: version ? version.versionSet.scheme._pathOf(path, version.name) : path,
    version,
    subscriptionKeyNames: keyNames,
    passesOptions: operations?.some(({ method }) => method === HttpMethod.OPTIONS) ?? false,
    policy: PolicyDocument.EMPTY,
    operationIds: operations?.map(({ operationId }) => operationId),
    operationsDependencies: created,
    api,
    operations: created,
    dependencies: [api],
    replaceTriggers,
  };
}

/** What nobody may change on a created API: what identifies it, and that it accepts HTTPS only. */
export function asCreated(api: ApiManagementApi): GuardedAttributes["attributes"] {
  return {
    ...ONCE,
    // Under another name, the API has no policy.
    name: api.nameInput,
    api_management_name: api.apiManagementNameInput,
    resource_group_name: api.resourceGroupNameInput,
    source_api_id: undefined,
    revision: api.revisionInput,
    protocols: ["https"],
  };
}

interface OperationsOf {
  readonly gateway: IApimGateway;
  /** A reference to the API. cdktf makes another one each time that it is read. */
  readonly apiName: string;
  readonly replaceTriggers: string[];
}

function createOperations(
  scope: Construct,
  operations: readonly NewOperation[],
  { gateway, apiName, replaceTriggers }: OperationsOf,
): ApiManagementApiOperation[] {
  const all: ApiManagementApiOperation[] = [];
  for (const { id, ...operation } of operations) {
    const created = new azurerm.ApiManagementApiOperation(scope, id, { ...operation, apiName, ...onGateway(gateway) });
    liveOn(created, gateway, { lostWith: replaceTriggers });
    guard(created, {
      attributes: { ...ONCE, method: operation.method, url_template: operation.urlTemplate },
      changed: (attributes) =>
        finding(
          "operation-changed",
          `The operation "${created.node.path}" was changed after it was created, so consumers could make other requests.`,
          `Remove what changes ${attributes} on it (addOverride, an aspect). Write it on the surface.`,
        ),
    });
    all.push(created);
  }
  return all;
}

type CreateApi = (scope: Construct, options: ApiSurfaceBindOptions, reasons: OpeningReasons) => ApiSurfaceConfig;

/**
 * An API that is created on the gateway. Returned by `ApiSurface.wildcard`, `ApiSurface.operations`, `ApiSurface.openApiFile` and
 * `ApiSurface.openApiUrl`.
 */
export class PublishedApi implements IApiSurface {
  /** @internal */
  public static _of(factory: string, create: CreateApi): PublishedApi {
    return new PublishedApi(factory, create, {});
  }

  private readonly bound: BindOnce<ApiSurfaceConfig>;

  private constructor(
    public readonly factory: string,
    private readonly create: CreateApi,
    private readonly reasons: OpeningReasons,
  ) {
    this.bound = new BindOnce(factory, BOUND_SURFACE);
  }

  /**
   * The same API, open to consumers without a subscription key.
   *
   * @param reason why; shown at synth
   */
  public withoutSubscriptionKey(reason: string): PublishedApi {
    return new PublishedApi(this.factory, this.create, { ...this.reasons, keyless: givenReason(reason) });
  }

  /**
   * The same API, which passes OPTIONS requests on to the backend. A `cors` policy then no longer answers preflight requests.
   *
   * @param reason why; shown at synth
   */
  public passThroughOptions(reason: string): PublishedApi {
    return new PublishedApi(this.factory, this.create, { ...this.reasons, options: givenReason(reason) });
  }

  public bind(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig {
    return this.bound.bind(scope, () => this.create(scope, options, this.reasons));
  }
}
