import { Construct } from "constructs";
import { ApiManagementProduct } from "@cdktf/provider-azurerm/lib/api-management-product";
import { finding } from "../core/fail";
import { guard } from "../core/guard";
import { claimNameOnGateway } from "../gateway/gateway-name";
import { IApimGateway } from "../gateway/gateway";
import { ApimProductLookupProps, ExistingProduct } from "./existing-product";
import { IApimProduct } from "./product";
import { ProductAccess } from "./product-access";

/** Properties of a new product. */
export interface ApimProductProps {
  /** The API Management service of the product. */
  readonly gateway: IApimGateway;

  /**
   * How consumers get access to the APIs of the product.
   *
   * @default ProductAccess.subscription()
   */
  readonly access?: ProductAccess;

  /**
   * Name of the product on the gateway, unique there. Changing it replaces the product and the keys of its subscriptions.
   *
   * @default - the construct id in kebab-case
   */
  readonly productId?: string;

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
   * Terms of use that consumers must accept when they subscribe.
   *
   * @default - none
   */
  readonly terms?: string;

  /**
   * Whether the product is published. Otherwise only administrators see it.
   *
   * @default true
   */
  readonly published?: boolean;
}

/**
 * A product, which consumers subscribe to for all its APIs. No group sees it in the developer portal until you create an
 * `ApiManagementProductGroup` for its `productId`; administrators can always create subscriptions. The library creates no subscriptions,
 * because Terraform would store their keys in its state. Destroying the product deletes its subscriptions.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-howto-add-products
 */
export class ApimProduct extends Construct implements IApimProduct {
  /** An existing product. Terraform checks at plan that it requires a subscription. */
  public static fromLookup(scope: Construct, id: string, props: ApimProductLookupProps): IApimProduct {
    return new ExistingProduct(scope, id, props);
  }

  /**
   * An existing product that need not require a subscription: anyone may then call all its APIs without a key.
   *
   * @param scope parent of the construct
   * @param id id of the construct
   * @param reason why; shown at synth
   * @param props the product
   */
  public static fromLookupOpen(
    scope: Construct,
    id: string,
    reason: string,
    props: ApimProductLookupProps,
  ): IApimProduct {
    return new ExistingProduct(scope, id, props, reason);
  }

  public readonly gateway: IApimGateway;
  public readonly productId: string;
  public readonly isOpen: boolean;

  /** The created product. */
  public readonly product: ApiManagementProduct;

  constructor(scope: Construct, id: string, props: ApimProductProps) {
    super(scope, id);
    const { gateway } = props;
    const access = (props.access ?? ProductAccess.subscription())._attributes(this);
    this.gateway = gateway;
    this.isOpen = !access.subscriptionRequired;
    this.product = new ApiManagementProduct(this, "Resource", {
      productId: claimNameOnGateway(this, gateway, "product", props.productId),
      apiManagementName: gateway.apimName,
      resourceGroupName: gateway.resourceGroupName,
      provider: gateway.provider,
      displayName: props.displayName ?? id,
      description: props.description,
      terms: props.terms,
      published: props.published ?? true,
      ...access,
    });
    guard(this.product, {
      attributes: { subscription_required: access.subscriptionRequired, approval_required: access.approvalRequired },
      changed: () =>
        finding(
          "product-changed",
          `The product "${this.product.node.path}" was changed after it was created, so its APIs could be open.`,
          "Remove what changes subscription_required or approval_required on it (addOverride, an aspect). Write " +
            "access: ProductAccess... on the ApimProduct.",
        ),
    });
    this.productId = this.product.productId;
  }
}
