import { SubscriptionKeyNames } from "./api-surface";

/** What every API that is made here has. */
export interface NewApiProps {
  /**
   * Path of the API below the gateway's address, without a slash at either end; empty for the root.
   *
   * @default - the construct id in kebab-case
   */
  readonly path?: string;

  /**
   * Name of the API on the gateway, unique there.
   *
   * @default - the construct id in kebab-case
   */
  readonly apiName?: string;

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

  /**
   * Names under which consumers send their subscription key.
   *
   * @default - the service's: `Ocp-Apim-Subscription-Key` and `subscription-key`
   */
  readonly subscriptionKeyNames?: SubscriptionKeyNames;
}
