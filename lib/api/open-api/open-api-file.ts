import { Annotations } from "cdktf";
import { TextAsset } from "../../core/text-asset";
import { checkOptionsReason } from "../api-operation";
import { createApi, PublishedApiOptions, PublishedApi } from "../new-api";
import { readOpenApi } from "./document";
import { writeInfo } from "./info";

/** Options of an API that an OpenAPI document in a file describes. */
export interface OpenApiFileOptions extends PublishedApiOptions {
  /**
   * Path of the API below the gateway's address, without a slash at either end. Empty for the root.
   *
   * @default - the path of the version set, if the API is a version; else the path of the document's first server (in Swagger:
   * `basePath`); else the construct id in kebab-case
   */
  readonly path?: string;

  /**
   * Title that consumers see, 1 to 300 characters.
   *
   * @default - the document's title, which must not be longer
   */
  readonly displayName?: string;

  /**
   * Description that consumers see.
   *
   * @default - the document's description
   */
  readonly description?: string;
}

/**
 * An API with the operations of an OpenAPI document in a file.
 *
 * @see docs/design/decisions.md#no-operations-beside-openapi
 */
export function openApiFileSurface(file: string, props: OpenApiFileOptions): PublishedApi {
  return PublishedApi._of("ApiSurface.openApiFile", (scope, options, reasons) => {
    const { info, format, text, path, passesOptions, operationIds, warnings } = readOpenApi(scope, file, props);
    checkOptionsReason(scope, "ApiSurface.openApiFile", passesOptions, reasons.options);
    for (const warning of warnings) Annotations.of(scope).addWarning(warning);
    const placed = { ...props, path: props.path ?? (props.version ? undefined : path) };
    const { expression } = new TextAsset(
      scope,
      "Document",
      format === "openapi" ? "openapi.yaml" : "openapi.json",
      text,
    );
    const document = { import: { contentFormat: format, contentValue: expression }, ...writeInfo(scope, info) };
    return { ...createApi(scope, options, placed, { document, reasons }), passesOptions, operationIds };
  });
}
