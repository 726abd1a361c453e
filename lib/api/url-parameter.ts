/** The type of a parameter, as in JSON Schema. */
export enum UrlParameterType {
  /** Any string. */
  STRING = "string",
  /** A whole number. */
  INTEGER = "integer",
  /** A number. */
  NUMBER = "number",
  /** `true` or `false`. */
  BOOLEAN = "boolean",
}

/**
 * What consumers read about a parameter in a URL template, in the developer portal and in exported OpenAPI. API Management accepts any
 * value unless a `validate-parameters` policy checks it.
 *
 * @see https://learn.microsoft.com/azure/api-management/validate-parameters-policy
 */
export interface UrlParameter {
  /** Name in the URL template, without braces and `*`. */
  readonly name: string;

  /**
   * Type of the parameter.
   *
   * @default UrlParameterType.STRING
   */
  readonly type?: UrlParameterType;

  /**
   * Description that consumers see.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * All values that the parameter can have.
   *
   * @default - any
   */
  readonly values?: string[];
}
