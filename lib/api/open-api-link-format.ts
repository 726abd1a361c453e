/**
 * What stands at the address of an OpenAPI document. API Management is told; it does not look.
 *
 * @see https://learn.microsoft.com/rest/api/apimanagement/apis/create-or-update#contentformat
 */
export enum OpenApiLinkFormat {
  /** OpenAPI 3.0 or 3.1 in YAML. */
  OPENAPI_YAML = "openapi-link",
  /** OpenAPI 3.0 or 3.1 in JSON. */
  OPENAPI_JSON = "openapi+json-link",
  /** Swagger 2.0 in JSON; of YAML API Management takes none. */
  SWAGGER_JSON = "swagger-link-json",
}
