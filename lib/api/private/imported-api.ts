import { Construct } from "constructs";
import { ApiManagementApiImport } from "@cdktf/provider-azurerm/lib/api-management-api";
import { ApiSurfaceBindOptions, ApiSurfaceConfig } from "../api-surface";
import { NewApiProps } from "../new-api-props";
import { newApi } from "./new-api";

/** Makes an API whose operations API Management makes of a document, as soon as the API is there. */
export function importedApi(
  scope: Construct,
  options: ApiSurfaceBindOptions,
  props: NewApiProps,
  content: ApiManagementApiImport,
  keylessReason: string | undefined,
): ApiSurfaceConfig {
  const api = newApi(scope, options, props, [], keylessReason, content);
  return { ...api, operationIds: undefined, operationsReady: undefined };
}
