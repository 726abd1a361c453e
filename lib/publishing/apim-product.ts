import { Construct } from "constructs";
import { ApiManagementProduct } from "@cdktf/provider-azurerm/lib/api-management-product";
import { keepAttributes } from "../core/guards";
import { nameOnGateway } from "../gateway/gateway-name";
import { IApimGateway } from "../gateway/gateway";
import { ApimProductLookupProps, ExistingProduct } from "./existing-product";
import { IApimProduct } from "./product";
import { ProductAccess } from "./product-access";

/** Properties of a new product. */
export interface ApimProductProps {
  /** The API Management service that it is on. */
  readonly gateway: IApimGateway;

  /**
   * How consumers get to call its APIs.
   *
   * @default ProductAccess.subscription()
   */
  readonly access?: ProductAccess;

  /**
   * Name of the product on the gateway, unique there. It cannot be changed later without a new product, and new keys.
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
   * Terms of use, which consumers must accept when they subscribe.
   *
   * @default - none
   */
  readonly terms?: string;

  /**
   * Whether the product is in use. One that is not published is seen by administrators alone.
   *
   * @default true
   */
  readonly published?: boolean;
}

/**
 * A product: what consumers subscribe to, for all its APIs at once. No group of developers sees it in the developer portal by
 * itself: administrators hand out its subscriptions, until you make an `ApiManagementProductGroup` for its `productId`.
 * Subscriptions are not made here, since Terraform would keep their keys in its state. When the product is destroyed, they go with it.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-howto-add-products
 */
export class ApimProduct extends Construct implements IApimProduct {
  /** A product that another state owns. Terraform checks at plan that it takes a subscription. */
  public static fromLookup(scope: Construct, id: string, props: ApimProductLookupProps): IApimProduct {
    return new ExistingProduct(scope, id, props);
  }

  /**
   * A product that another state owns, and that may take no subscription: everybody may then call all its APIs without a key.
   *
   * @param scope where it stands
   * @param id name of the construct
   * @param reason why; shown at synthesis
   * @param props which product it is
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

  constructor(scope: Construct, id: string, props: ApimProductProps) {
    super(scope, id);
    const { gateway } = props;
    const access = (props.access ?? ProductAccess.subscription())._attributes(this);
    this.gateway = gateway;
    this.isOpen = !access.subscriptionRequired;
    const product = new ApiManagementProduct(this, "Resource", {
      productId: nameOnGateway(this, gateway, "product", props.productId),
      apiManagementName: gateway.apimName,
      resourceGroupName: gateway.resourceGroupName,
      provider: gateway.provider,
      displayName: props.displayName ?? id,
      description: props.description,
      terms: props.terms,
      published: props.published ?? true,
      ...access,
    });
    keepAttributes(product, /^(subscription_required|approval_required)$/, productChanged);
    this.productId = product.productId;
  }
}

export function productChanged(product: string): string {
  return (
    `The product "${product}" was changed after it was made: its APIs could be open. Remove what changes subscription_required or ` +
    `approval_required on it (addOverride, an aspect), and write access: ProductAccess... on the ApimProduct.`
  );
}
