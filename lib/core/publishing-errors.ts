import { Construct } from "constructs";
import { at } from "./errors";

/* Messages about products and tags; see `errors.ts`. */

export function invalidSubscriptionsLimit(scope: Construct, call: string, limit: number): Error {
  return at(
    scope,
    `${call} takes a whole number of subscriptions from 1 on, not ${limit}. Write 1 or more; for any number ` +
      `ProductAccess.subscription().`,
  );
}

export function existingProductIsOpen(): string {
  return (
    'The product "${self.product_id}" takes no subscription, and everybody could call the API without a key. Require a subscription ' +
    'on it, or write ApimProduct.fromExistingOpen(this, "...", "<reason>", { gateway, productId: "${self.product_id}" }).'
  );
}

export function severalOpenProducts(scope: Construct, first: string, second: string): Error {
  return at(
    scope,
    `The products "${first}" and "${second}" are both open, and API Management takes an API into one open product at most. Leave one ` +
      `out of products, or write ProductAccess.subscription() on it.`,
  );
}

export function openByProduct(product: string): string {
  return `Open to consumers without a subscription key, since the product "${product}" is.`;
}

export function ofOtherGateway(scope: Construct, what: string, path: string, its: string, gateway: string): Error {
  return at(
    scope,
    `The ${what} "${path}" is on the gateway "${its}", and this API on "${gateway}". Write a ${what} on the gateway of the API.`,
  );
}

export function listedTwice(scope: Construct, what: string, path: string): Error {
  return at(scope, `The ${what} "${path}" is in the list of ${what}s twice. Write it once.`);
}

export function productChanged(product: string): string {
  return (
    `The product "${product}" was changed after it was made: its APIs could be open. Remove what changes subscription_required or ` +
    `approval_required on it (addOverride, an aspect), and write access: ProductAccess... on the ApimProduct.`
  );
}
