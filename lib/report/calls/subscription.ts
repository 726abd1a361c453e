import { apiProperty } from "../../rules/model/api";
import type { Resource } from "../../rules/model/resource";
import type { Api } from "../parties/apis";
import type { Inbound } from "./inbound";
import { asksForKey } from "./products";

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
  const memberships = inbound.membershipsOf(api);
  const products = memberships.flatMap(({ product, isCertain }) => (product && isCertain ? product : []));
  const open = products.filter((each) => asksForKey(each) === false);
  const isUnknown = memberships.some(({ product, isCertain }) => {
    const asks = product && asksForKey(product);
    return asks === undefined || (asks === false && !isCertain);
  });
  const { resource } = api;
  const own =
    resource === undefined || resource.mode === "data"
      ? undefined
      : apiProperty(resource, "subscription_required").is([true], true);
  return { required: open.length > 0 ? false : isUnknown && own !== false ? undefined : own, products, open };
}
