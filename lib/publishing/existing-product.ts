import { Construct } from "constructs";
import { DataAzurermApiManagementProduct } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management-product";
import { keepConditions } from "../core/guards";
import { checkName, kebabCase } from "../core/names";
import { NAME_RULES } from "../gateway/name-rules";
import { announce } from "../core/reason";
import { IApimGateway } from "../gateway/gateway";
import { IApimProduct } from "./product";
import { finding } from "../core/fail";

/** A product that another state owns. */
export interface ApimProductLookupProps {
  /** The API Management service that it is on. */
  readonly gateway: IApimGateway;

  /** Name of the product on the gateway. */
  readonly productId: string;
}

/** A product that is read, and checked at plan unless it may be open. */
export class ExistingProduct extends Construct implements IApimProduct {
  public readonly gateway: IApimGateway;
  public readonly productId: string;
  public readonly isOpen: boolean;

  constructor(scope: Construct, id: string, props: ApimProductLookupProps, openReason?: string) {
    super(scope, id);
    const { gateway, productId } = props;
    const what = "All APIs of this product may be open without a subscription key";
    announce(this, what, "ApimProduct.fromLookupOpen", openReason, 'this, "...", ');
    const product = new DataAzurermApiManagementProduct(this, "Resource", {
      productId: checkName(this, NAME_RULES.product, productId, kebabCase(productId)),
      apiManagementName: gateway.apimName,
      resourceGroupName: gateway.resourceGroupName,
      provider: gateway.provider,
      lifecycle: openReason === undefined ? { postcondition: [NEEDS_SUBSCRIPTION] } : undefined,
    });
    keepConditions(product);
    this.gateway = gateway;
    this.isOpen = openReason !== undefined;
    this.productId = product.productId;
  }
}

const NEEDS_SUBSCRIPTION = {
  condition: "${self.subscription_required}",
  errorMessage: finding(
    "existing-product-is-open",
    'The product "${self.product_id}" takes no subscription, and everybody could call the API without a key. Require a subscription ' +
      'on it, or write ApimProduct.fromLookupOpen(this, "...", "<reason>", { gateway, productId: "${self.product_id}" }).',
  ),
};
