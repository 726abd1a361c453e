import { SubscriptionKeyNames } from "../policy/subscription-key-names";
import { ApiVersion } from "./versions/api-version";

/** What every API that is made here has beside its path and its title. */
export interface PublishedApiOptions {
  /**
   * Name of the API on the gateway, unique there.
   *
   * @default - the construct id in kebab-case
   */
  readonly apiName?: string;

  /**
   * Names under which consumers send their subscription key.
   *
   * @default - the service's: `Ocp-Apim-Subscription-Key` and `subscription-key`
   */
  readonly subscriptionKeyNames?: SubscriptionKeyNames;

  /**
   * Which version of an API this is, beside the others of its version set.
   *
   * @default - the API has no versions
   */
  readonly version?: ApiVersion;

  /**
   * Number of the revision, 1 to 100 letters and digits. Another number makes azurerm delete the API and make it anew: consumers
   * get 404 meanwhile. For changes without an outage publish another `version`.
   *
   * @default "1"
   * @see https://learn.microsoft.com/azure/api-management/api-management-revisions
   */
  readonly revision?: string;

  /**
   * What is new in the revision, for those who look after the API.
   *
   * @default - none
   */
  readonly revisionDescription?: string;
}

/** What every API that is made here has. */
export interface NewApiOptions extends PublishedApiOptions {
  /**
   * Path of the API below the gateway's address, without a slash at either end; empty for the root.
   *
   * @default - that of the version set, if the API is a version of one; else the construct id in kebab-case
   */
  readonly path?: string;

  /**
   * Title that consumers see.
   *
   * @default - the construct id
   */
  readonly displayName?: string;

  /**
   * Description that consumers see.
   *
   * @default - none
   */
  readonly description?: string;
}
