import { Construct } from "constructs";
import { ApiSurfaceBindOptions, ApiSurfaceConfig } from "../api-surface";
import { NewApiProps } from "../new-api-props";
import { ImportedDocument, newApi } from "./new-api";

/** Makes an API whose operations API Management makes of a document, as soon as the API is there. */
export function importedApi(
  scope: Construct,
  options: ApiSurfaceBindOptions,
  props: NewApiProps,
  document: ImportedDocument,
  keylessReason: string | undefined,
): ApiSurfaceConfig {
  const api = newApi(scope, options, props, [], keylessReason, document);
  return { ...api, operationIds: undefined, operationsReady: undefined };
}
