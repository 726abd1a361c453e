import { SubscriptionKeyNames } from "../policy/subscription-key-names";
import { ApiVersion } from "./versions/api-version";

/** What every API that is created here can have besides path and title. */
export interface PublishedApiOptions {
  /**
   * Name of the API on the gateway, unique there.
   *
   * @default - the construct id in kebab-case
   */
  readonly apiName?: string;

  /**
   * Names of the header and the query parameter in which consumers send their subscription key.
   *
   * @default - the defaults of API Management: `Ocp-Apim-Subscription-Key` and `subscription-key`
   */
  readonly subscriptionKeyNames?: SubscriptionKeyNames;

  /**
   * The version that the API is, with its version set.
   *
   * @default - the API has no versions
   */
  readonly version?: ApiVersion;

  /**
   * Number of the revision, 1 to 100 letters and digits. When it changes, azurerm deletes the API and creates it again, and consumers
   * get 404 meanwhile. To change the API without an outage, publish another `version`.
   *
   * @default "1"
   * @see https://learn.microsoft.com/azure/api-management/api-management-revisions
   */
  readonly revision?: string;

  /**
   * What is new in the revision, for the maintainers of the API.
   *
   * @default - none
   */
  readonly revisionDescription?: string;
}

/** What every API that is created here can have. */
export interface NewApiOptions extends PublishedApiOptions {
  /**
   * Path of the API below the gateway's address, without a slash at either end. Empty for the root.
   *
   * @default - the path of the version set, if the API is a version; else the construct id in kebab-case
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
