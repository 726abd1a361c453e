/**
 * What an existing document may hold that the statements to be merged into it would contradict. Each is an error until it is
 * resolved by name, with `keepExisting` or `replaceExisting` of `PolicyDocument`.
 */
export enum PolicyConflict {
  /** The document chooses a backend with `set-backend-service`. Keeping it leaves our choice out. */
  BACKEND = "BACKEND",

  /** The document already puts a token of a managed identity into `Authorization`. It cannot be kept: a request carries one token. */
  MANAGED_IDENTITY = "MANAGED_IDENTITY",

  /**
   * The document sets the header `Authorization`, or signs in with a password, which does the same. Kept, it stays where it is, and
   * the gateway's token replaces its value.
   */
  AUTHORIZATION = "AUTHORIZATION",

  /**
   * The document sets an `X-Caller-*` header, which the backend trusts to come from a validated token. It cannot be kept: set it with
   * `PolicyStatement.forwardCallerIdentity`, or give it another name.
   */
  CALLER_HEADERS = "CALLER_HEADERS",

  /** The document signs in with a certificate. Kept, it stays where it is, beside the gateway's token. */
  CREDENTIALS = "CREDENTIALS",

  /** The document validates the consumer's token. Keeping it leaves our validation out. */
  TOKEN_VALIDATION = "TOKEN_VALIDATION",

  /** The document answers every request itself. Kept, nothing after it takes effect. */
  EARLY_RESPONSE = "EARLY_RESPONSE",

  /** The document has a `cors` policy. Keeping it leaves ours out. */
  CORS = "CORS",

  /** The document says how requests are forwarded. Keeping it leaves our statement out. */
  FORWARDING = "FORWARDING",
}
