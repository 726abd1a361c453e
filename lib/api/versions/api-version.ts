import { IApiVersionSet } from "./version-set";

/** One version of an API. */
export interface ApiVersion {
  /** The set that it is a version of. */
  readonly versionSet: IApiVersionSet;

  /** What consumers write to call it, for example `v1`: 1 to 100 letters, digits and _ . -, a literal, unique in the set. */
  readonly name: string;

  /**
   * Description of the version that consumers see.
   *
   * @default - none
   */
  readonly description?: string;
}
