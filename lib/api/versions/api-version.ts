import { IApiVersionSet } from "./version-set";

/** One version of an API. */
export interface ApiVersion {
  /** The version set that the version belongs to. */
  readonly versionSet: IApiVersionSet;

  /** Name by which consumers select the version, such as `v1`: 1 to 100 letters, digits and _ . -, a plain string, unique in the set. */
  readonly name: string;

  /**
   * Description of the version that consumers see.
   *
   * @default - none
   */
  readonly description?: string;
}
