/** Names under which consumers send their subscription key. */
export interface SubscriptionKeyNames {
  /** Name of the request header. */
  readonly header: string;

  /** Name of the query parameter. */
  readonly query: string;
}

/**
 * The names that API Management gives to the subscription key of an API unless it is told others. Without cdktf, which the
 * command line does not load.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-subscriptions
 */
export const SERVICE_KEY_NAMES = {
  header: "Ocp-Apim-Subscription-Key",
  query: "subscription-key",
};
