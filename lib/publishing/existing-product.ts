import { Construct } from "constructs";
import { DataAzurermApiManagementProduct } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management-product";
import { guard } from "../core/guard";
import { checkName, kebabCase } from "../core/names";
import { NAME_RULES } from "../gateway/name-rules";
import { announce } from "../core/reason";
import { IApimGateway } from "../gateway/gateway";
import { IApimProduct } from "./product";
import { finding } from "../core/fail";

/** Identifies an existing product. */
export interface ApimProductLookupProps {
  /** The API Management service of the product. */
  readonly gateway: IApimGateway;

  /** Name of the product on the gateway. */
  readonly productId: string;
}

/** An existing product. Unless it may be open, Terraform checks at plan that it requires a subscription. */
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
    guard(product);
    this.gateway = gateway;
    this.isOpen = openReason !== undefined;
    this.productId = product.productId;
  }
}

const NEEDS_SUBSCRIPTION = {
  condition: "${self.subscription_required}",
  errorMessage: finding(
    "existing-product-is-open",
    'Product "${self.product_id}" requires no subscription, so anyone could call the API without a key.',
    "Require a subscription for the product, or write " +
      'ApimProduct.fromLookupOpen(this, "...", "<reason>", { gateway, productId: "${self.product_id}" }).',
  ),
};
