import { Token } from "cdktf";
import { Construct } from "constructs";
import { announce } from "../core/reason";
import { fail } from "../core/fail";

/** What the product resource takes of it. */
interface AccessAttributes {
  readonly subscriptionRequired: boolean;
  readonly subscriptionsLimit?: number;
  readonly approvalRequired?: boolean;
}

/**
 * How consumers get to call the APIs of a product.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-subscriptions
 */
export class ProductAccess {
  /**
   * With the key of a subscription, which is theirs as soon as they ask for it.
   *
   * @param subscriptionsLimit how many subscriptions a consumer may have at once, 1 or more; any number, if left out
   */
  public static subscription(subscriptionsLimit?: number): ProductAccess {
    return new ProductAccess((scope) => ({
      subscriptionRequired: true,
      subscriptionsLimit: checkedLimit(scope, "ProductAccess.subscription", subscriptionsLimit),
    }));
  }

  /**
   * With the key of a subscription that an administrator has approved. azurerm takes that together with a limit only.
   *
   * @param subscriptionsLimit how many subscriptions a consumer may have at once, those that wait included; 1 or more
   */
  public static approvedSubscription(subscriptionsLimit: number): ProductAccess {
    return new ProductAccess((scope) => ({
      subscriptionRequired: true,
      subscriptionsLimit: checkedLimit(scope, "ProductAccess.approvedSubscription", subscriptionsLimit),
      approvalRequired: true,
    }));
  }

  /**
   * Without a key: everybody may call all APIs of the product, also those that ask for a key by themselves. An API can be in one
   * such product.
   *
   * @param reason why; shown at synthesis
   * @see https://learn.microsoft.com/azure/api-management/api-management-subscriptions#api-request-without-a-subscription-key
   */
  public static open(reason: string): ProductAccess {
    return new ProductAccess((scope) => {
      announce(scope, "All APIs of this product are open without a subscription key", "ProductAccess.open", reason);
      return { subscriptionRequired: false };
    });
  }

  private constructor(private readonly attributes: (scope: Construct) => AccessAttributes) {}

  /** @internal */
  public _attributes(scope: Construct): AccessAttributes {
    return this.attributes(scope);
  }
}

function checkedLimit(scope: Construct, call: string, limit: number | undefined): number | undefined {
  if (limit === undefined || Token.isUnresolved(limit)) return limit;
  if (!Number.isSafeInteger(limit) || limit < 1)
    fail(
      scope,
      "invalid-subscriptions-limit",
      `${call} takes a whole number of subscriptions from 1 on, not ${limit}. Write 1 or more; for any number ` +
        `ProductAccess.subscription().`,
    );
  return limit;
}
