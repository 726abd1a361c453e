/**
 * How to resolve a conflict between an existing policy document and the statements that are merged into it. Each conflict is an
 * error until you resolve it with `PolicyDocument.resolve`. A conflict that can open the backend has no `KEEP_...`.
 */
export enum ConflictResolution {
  /** Keeps the document's `set-backend-service`, and omits the created one. */
  KEEP_BACKEND = "KEEP_BACKEND",
  /** Removes the document's `set-backend-service`. One inside another policy, such as `choose`, stays and is overridden. */
  REPLACE_BACKEND = "REPLACE_BACKEND",

  /**
   * Removes the document's `authentication-managed-identity`. One inside another policy stays and is overridden. It cannot be
   * kept, because a request carries one token.
   */
  REPLACE_MANAGED_IDENTITY = "REPLACE_MANAGED_IDENTITY",

  /** Keeps the document's `set-header` for `Authorization`, or `authentication-basic`. The gateway's token replaces its value. */
  KEEP_AUTHORIZATION = "KEEP_AUTHORIZATION",
  /** Removes the document's `set-header` for `Authorization`, or `authentication-basic`. */
  REPLACE_AUTHORIZATION = "REPLACE_AUTHORIZATION",

  /**
   * Removes the document's `set-header` for an `X-Caller-*` header. It cannot be kept, because the backend trusts the header to
   * come from a validated token.
   */
  REPLACE_CALLER_HEADERS = "REPLACE_CALLER_HEADERS",

  /** Keeps the document's `authentication-certificate` beside the gateway's token. */
  KEEP_CREDENTIALS = "KEEP_CREDENTIALS",
  /** Removes the document's `authentication-certificate`. */
  REPLACE_CREDENTIALS = "REPLACE_CREDENTIALS",

  /** Keeps the document's validation of the consumer's token, and omits yours. */
  KEEP_TOKEN_VALIDATION = "KEEP_TOKEN_VALIDATION",
  /** Removes the document's validation of the consumer's token. */
  REPLACE_TOKEN_VALIDATION = "REPLACE_TOKEN_VALIDATION",

  /** Keeps the document's response to every request. Nothing after it runs, so the backend is not called. */
  KEEP_EARLY_RESPONSE = "KEEP_EARLY_RESPONSE",
  /** Removes the document's response to every request. */
  REPLACE_EARLY_RESPONSE = "REPLACE_EARLY_RESPONSE",

  /** Keeps the document's `cors`, and omits yours. */
  KEEP_CORS = "KEEP_CORS",
  /** Removes the document's `cors`. */
  REPLACE_CORS = "REPLACE_CORS",

  /** Keeps the content of the document's `<backend>` section, and omits your statement. */
  KEEP_FORWARDING = "KEEP_FORWARDING",
  /** Removes the content of the document's `<backend>` section. */
  REPLACE_FORWARDING = "REPLACE_FORWARDING",
}

/** The conflict resolutions of a document. Of two for the same conflict, the later one counts. */
export class Resolutions {
  public static readonly NONE = new Resolutions(new Map());

  private constructor(private readonly byConflict: ReadonlyMap<string, ConflictResolution>) {}

  public with(...resolutions: ConflictResolution[]): Resolutions {
    const added = resolutions.map((each): [string, ConflictResolution] => [conflictOf(each), each]);
    return new Resolutions(new Map([...this.byConflict, ...added]));
  }

  public and(others: Resolutions): Resolutions {
    return new Resolutions(new Map([...this.byConflict, ...others.byConflict]));
  }

  /** The same for the same resolutions. */
  public get key(): string {
    return [...this.byConflict.values()].sort().join();
  }

  public include(resolution: ConflictResolution): boolean {
    return this.byConflict.get(conflictOf(resolution)) === resolution;
  }
}

/** The conflict that a resolution is for: `BACKEND` for `KEEP_BACKEND`. */
export function conflictOf(resolution: ConflictResolution): string {
  return resolution.slice(resolution.indexOf("_") + 1);
}
