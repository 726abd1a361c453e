/** Of what type a parameter is, in the words of JSON Schema. */
export enum UrlParameterType {
  /** Any text. */
  STRING = "string",
  /** A whole number. */
  INTEGER = "integer",
  /** A number. */
  NUMBER = "number",
  /** `true` or `false`. */
  BOOLEAN = "boolean",
}

/**
 * What consumers read of a parameter in a URL template, in the developer portal and in exported OpenAPI. API Management passes on
 * any text, unless a `validate-parameters` policy checks it.
 *
 * @see https://learn.microsoft.com/azure/api-management/validate-parameters-policy
 */
export interface UrlParameter {
  /** Its name in the URL template, without braces and `*`. */
  readonly name: string;

  /**
   * Its type.
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
   * All values that it can have.
   *
   * @default - any
   */
  readonly values?: string[];
}
