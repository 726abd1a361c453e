import type { Resource } from "../../rules/model/resource";
import { Api, apiProperty } from "../parties/apis";
import type { Inbound } from "./inbound";

/** Whether an API asks for a subscription key. */
export interface Subscription {
  /** `undefined` if only Terraform knows. */
  readonly required: boolean | undefined;
  readonly products: readonly Resource[];
  /** The products through which requests without a key get in. */
  readonly open: readonly Resource[];
}

/** What an API and its products ask for. An open product opens the API, whatever the API says. */
export function subscriptionOf(api: Api, inbound: Inbound): Subscription {
  const products = inbound.productsOf(api);
  const open = products.filter((each) => each.at("subscription_required").is([false], true) === true);
  const isUnknown = products.some((each) => each.mode === "data" || each.at("subscription_required").isUnknown);
  const { resource } = api;
  const own =
    resource === undefined || resource.mode === "data"
      ? undefined
      : apiProperty(resource, "subscription_required").is([true], true);
  return { required: open.length > 0 ? false : isUnknown ? undefined : own, products, open };
}
