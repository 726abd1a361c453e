import { Token } from "cdktf";
import { Construct } from "constructs";
import type { ApiManagementProductConfig } from "@cdktf/provider-azurerm/lib/api-management-product";
import { announce } from "../core/reason";
import { fail } from "../core/fail";
import { described } from "../core/given";

/** The attributes of the product resource. */
type AccessAttributes = Pick<
  ApiManagementProductConfig,
  "subscriptionRequired" | "subscriptionsLimit" | "approvalRequired"
>;

/**
 * How consumers get access to the APIs of a product.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-subscriptions
 */
export class ProductAccess {
  /**
   * With a subscription key, which consumers get as soon as they subscribe.
   *
   * @param subscriptionsLimit how many subscriptions a consumer may have at the same time, 1 or more; any number, if omitted
   */
  public static subscription(subscriptionsLimit?: number): ProductAccess {
    return ProductAccess.withKey("ProductAccess.subscription", subscriptionsLimit);
  }

  /**
   * With a subscription key, after an administrator approves the subscription. azurerm requires a limit for this.
   *
   * @param subscriptionsLimit how many subscriptions a consumer may have at the same time, including pending ones; 1 or more
   */
  public static approvedSubscription(subscriptionsLimit: number): ProductAccess {
    return ProductAccess.withKey("ProductAccess.approvedSubscription", subscriptionsLimit, true);
  }

  /**
   * Without a key: anyone may call all APIs of the product, even those that require a key themselves. An API can be in only one open
   * product.
   *
   * @param reason why; shown at synth
   * @see https://learn.microsoft.com/azure/api-management/api-management-subscriptions#api-request-without-a-subscription-key
   */
  public static open(reason: string): ProductAccess {
    return new ProductAccess((scope) => {
      // Why: docs/design/decisions.md#open-product-takes-a-reason
      announce(scope, "All APIs of this product are open without a subscription key", "ProductAccess.open", reason);
      return { subscriptionRequired: false };
    });
  }

  private static withKey(call: string, limit?: number, approvalRequired?: boolean): ProductAccess {
    return new ProductAccess((scope) => ({
      subscriptionRequired: true,
      subscriptionsLimit: checkedLimit(scope, call, limit),
      approvalRequired,
    }));
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
      `${call} requires a whole number of subscriptions of at least 1, not ${described(limit)}.`,
      "Write 1 or more. For any number of subscriptions, write ProductAccess.subscription().",
    );
  return limit;
}
