import { suspendCreationStacks } from "../core/creation-stacks";
import { asWritten } from "../core/terraform-template";
import { checkedTexts } from "../core/text-limits";
import { Construct, IConstruct } from "constructs";
import type { ApiManagementProduct } from "@cdktf/provider-azurerm/lib/api-management-product";
import { conditionMessage, finding } from "../core/fail";
import { guard, guardLifecycle, ONCE, oneOf } from "../core/guard";
import { claimNameOnGateway, NAME_RULES } from "../gateway/name-rules";
import { TEXT_LIMITS } from "../gateway/text-limits";
import { checkedGateway, IApimGateway, onGateway } from "../gateway/gateway";
import { liveOn } from "../gateway/gateway-child";
import { ProductAccess } from "./product-access";
import { checkName, kebabCase } from "../core/names";
import { announce } from "../core/reason";
import { requireGiven } from "../core/given";
import { PropertyNames, requireConstructProps, requireOnly } from "../core/property-names";
import { azurerm } from "../providers/azurerm";

/** A product of an API Management service, which consumers subscribe to for all its APIs. */
export interface IApimProduct extends IConstruct {
  /** The API Management service of the product. */
  readonly gateway: IApimGateway;

  /** Name of the product on the gateway. */
  readonly productId: string;

  /** Whether anyone may call its APIs without a subscription key, even if the APIs require one. */
  readonly isOpen: boolean;
}

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
   * Title that consumers see, 1 to 300 characters.
   *
   * @default - the construct id
   */
  readonly displayName?: string;

  /**
   * Description that consumers see, at most 1000 characters.
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
   * Whether the product is published. Otherwise only administrators see it, and nobody can subscribe to it. The keys of existing
   * subscriptions still work: to end them, delete the subscriptions or take the APIs out of the product.
   *
   * @default true
   */
  readonly published?: boolean;
}

/** The names of its properties. */
const APIM_PRODUCT_PROPS: PropertyNames<ApimProductProps> = {
  gateway: true,
  access: true,
  description: true,
  displayName: true,
  productId: true,
  published: true,
  terms: true,
};

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
    return existingProduct(new Construct(scope, id), "ApimProduct.fromLookup", props);
  }

  /**
   * An existing product that may be open: anyone can then call all its APIs without a key.
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
    const product = new Construct(scope, id);
    const what = "All APIs of this product may be open without a subscription key";
    const call = "ApimProduct.fromLookupOpen";
    announce(product, what, call, reason, [`${call}(this, "${id}", `, ", { gateway, productId })"]);
    return existingProduct(product, call, props, true);
  }

  public readonly gateway: IApimGateway;
  public readonly productId: string;
  public readonly isOpen: boolean;

  /** The created product. */
  public readonly product: ApiManagementProduct;

  constructor(scope: Construct, id: string, props: ApimProductProps) {
    super(scope, id);
    const resume = suspendCreationStacks(this);
    try {
      requireConstructProps(this, props, {
        names: APIM_PRODUCT_PROPS,
        example: `new ApimProduct(this, "${id}", { gateway })`,
      });
      const { gateway } = props;
      const access = requireGiven(this, props.access ?? ProductAccess.subscription(), {
        name: "access",
        has: ["_attributes", "attributes"],
        example: "access: ProductAccess.subscription()",
      })._attributes(this);
      const texts = { displayName: props.displayName ?? id, description: props.description, terms: props.terms };
      this.gateway = gateway;
      this.isOpen = !access.subscriptionRequired;
      this.product = new azurerm.ApiManagementProduct(this, "Resource", {
        productId: claimNameOnGateway(this, gateway, "product", props.productId),
        ...onGateway(gateway),
        ...asWritten(checkedTexts(this, TEXT_LIMITS.product, texts)),
        published: props.published ?? true,
        ...access,
      });
      liveOn(this.product, gateway);
      guard(this.product, {
        attributes: {
          ...ONCE,
          subscription_required: access.subscriptionRequired,
          approval_required: oneOf(access.approvalRequired, true),
        },
        changed: (attributes) =>
          finding(
            "product-changed",
            `The product "${this.product.node.path}" was changed after it was created, so its APIs could be open.`,
            `Remove what changes ${attributes} on it (addOverride, an aspect). Write ` +
              "access: ProductAccess... on the ApimProduct.",
          ),
      });
      this.productId = this.product.productId;
    } finally {
      resume();
    }
  }
}

/** Identifies an existing product. */
export interface ApimProductLookupProps {
  /** The API Management service of the product. */
  readonly gateway: IApimGateway;

  /** Name of the product on the gateway. */
  readonly productId: string;
}

/** The names of its properties. */
const APIM_PRODUCT_LOOKUP_PROPS: PropertyNames<ApimProductLookupProps> = { gateway: true, productId: true };

/** Unless the product may be open, Terraform checks at plan that it requires a subscription. */
function existingProduct(scope: Construct, call: string, props: ApimProductLookupProps, isOpen = false): IApimProduct {
  requireOnly(scope, call, props, {
    names: APIM_PRODUCT_LOOKUP_PROPS,
    example: "{ gateway, productId }",
  });
  const { productId } = props;
  const gateway = checkedGateway(scope, props.gateway);
  const product = new azurerm.DataAzurermApiManagementProduct(scope, "Resource", {
    productId: checkName(scope, NAME_RULES.product, productId, kebabCase(productId)),
    ...onGateway(gateway),
    lifecycle: isOpen ? undefined : { postcondition: [NEEDS_SUBSCRIPTION] },
  });
  guardLifecycle(product);
  return Object.assign(scope, { gateway, isOpen, productId: product.productId });
}

const NEEDS_SUBSCRIPTION = {
  condition: "${self.subscription_required}",
  errorMessage: conditionMessage(
    "existing-product-is-open",
    'Product "${self.product_id}" requires no subscription, so anyone could call the API without a key.',
    "Require a subscription for the product, or write " +
      'ApimProduct.fromLookupOpen(this, "...", "<reason>", { gateway, productId: "${self.product_id}" }).',
  ),
};
