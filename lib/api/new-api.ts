import { Construct } from "constructs";
import {
  ApiManagementApi,
  ApiManagementApiConfig,
  apiManagementApiSubscriptionKeyParameterNamesToTerraform,
} from "@cdktf/provider-azurerm/lib/api-management-api";
import {
  ApiManagementApiOperation,
  ApiManagementApiOperationTemplateParameter,
} from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import { finding } from "../core/fail";
import { guard } from "../core/guard";
import { checkName, kebabCase } from "../core/names";
import { NAME_RULES } from "../gateway/name-rules";
import { announce } from "../core/reason";
import { idReference, replacedWith } from "../core/replacement";
import { SERVICE_KEY_NAMES } from "../policy/subscription-key-names";
import { PolicyDocument } from "../policy/policy-document";
import { ApiSurfaceBindOptions, ApiSurfaceConfig, checkedKeyNames } from "./api-surface";
import { HttpMethod } from "./http-method";
import { NewApiOptions } from "./new-api-options";
import { checkedVersion } from "./versions/checked-version";
import { pathSuggestion } from "./path-suggestion";

/** An operation to create. */
export interface NewOperation {
  /** Construct id, and with it the Terraform address. */
  readonly id: string;
  readonly operationId: string;
  readonly method: HttpMethod;
  readonly urlTemplate: string;
  /** All parameters of the URL template: API Management requires each one. */
  readonly templateParameter?: ApiManagementApiOperationTemplateParameter[];
  readonly displayName: string;
  readonly description?: string;
}

/** A document that API Management creates the operations from, and its fields that an API has too. */
export type ImportedDocument = Pick<ApiManagementApiConfig, "import" | "contact" | "license" | "termsOfServiceUrl">;

/** What an API consists of: operations that are created here, or a document. */
export interface NewApiContent {
  readonly operations?: readonly NewOperation[];
  readonly document?: ImportedDocument;
  /** Why consumers need no subscription key; without a reason they need one. */
  readonly keylessReason?: string;
}

/** Creates an API and its operations: HTTPS only, and with a subscription key unless there is a reason against it. */
export function createApi(
  scope: Construct,
  options: ApiSurfaceBindOptions,
  props: NewApiOptions,
  { operations, document, keylessReason }: NewApiContent,
): ApiSurfaceConfig {
  const { gateway } = options;
  const version = props.version && checkedVersion(scope, gateway, props.version, props.path);
  const path = version?.versionSet.path ?? props.path ?? options.defaultPath;
  const name = props.apiName ?? options.defaultPath;
  const keyNames = checkedKeyNames(scope, props.subscriptionKeyNames ?? SERVICE_KEY_NAMES);
  announce(scope, "Open to consumers without a subscription key", "withoutSubscriptionKey", keylessReason);

  const subscriptionRequired = keylessReason === undefined && !options.requiresToken;
  const api = new ApiManagementApi(scope, "Resource", {
    name: checkName(scope, NAME_RULES.api, name, kebabCase(name)),
    apiManagementName: gateway.apimName,
    resourceGroupName: gateway.resourceGroupName,
    provider: gateway.provider,
    revision: checkName(scope, NAME_RULES.revision, props.revision ?? "1"),
    revisionDescription: props.revisionDescription,
    version: version?.name,
    versionDescription: version?.description,
    versionSetId: version?.versionSet.versionSetId,
    displayName: props.displayName ?? options.defaultDisplayName,
    description: props.description,
    path: checkName(scope, NAME_RULES.apiPath, path, pathSuggestion(path)),
    protocols: ["https"],
    ...document,
    serviceUrl: options.backendUrl,
    subscriptionRequired,
    subscriptionKeyParameterNames: { header: keyNames.header, query: keyNames.query },
  });
  guard(api, {
    attributes: {
      protocols: ["https"],
      service_url: options.backendUrl,
      subscription_required: subscriptionRequired,
      subscription_key_parameter_names: apiManagementApiSubscriptionKeyParameterNamesToTerraform(keyNames),
    },
    changed: () =>
      finding(
        "api-changed",
        `The API "${api.node.path}" was changed after it was created, so it could be open, or accept plain HTTP.`,
        `Remove what changes protocols, service_url, subscription_required or subscription_key_parameter_names on it (addOverride, ` +
          `an aspect). Write it on the surface: .withoutSubscriptionKey("why"), subscriptionKeyNames.`,
      ),
  });
  const replaceTriggers = [idReference(api)];
  const created = operations?.map(
    ({ id, ...operation }) =>
      new ApiManagementApiOperation(scope, id, {
        ...operation,
        apiName: api.name,
        apiManagementName: gateway.apimName,
        resourceGroupName: gateway.resourceGroupName,
        provider: gateway.provider,
        lifecycle: replacedWith(replaceTriggers),
      }),
  );
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
