import { grouped } from "../../core/grouped";
import { inOrderOf } from "../../core/in-order";
import type { Model } from "../../rules/model/model";
import type { PolicyText } from "../../rules/model/policy-text";
import type { Resource } from "../../rules/model/resource";
import type { Gateway, Gateways } from "../parties/gateways";
import { productId, productIdIn } from "./products";

/** A policy that APIs inherit. */
interface SharedPolicy {
  readonly policy: PolicyText;
  /** The id of its gateway as a party. */
  readonly gateway: string;
}

/** The policies of gateways and of products, which APIs inherit. */
export class SharedPolicies {
  private readonly byGateway: ReadonlyMap<string, readonly SharedPolicy[]>;
  private readonly inOrder: (policies: Iterable<SharedPolicy>) => SharedPolicy[];
  /** By the product that they refer to, and by its ID in the gateway. */
  private readonly byProduct: ReadonlyMap<Resource | string, readonly SharedPolicy[]>;

  constructor(model: Model, gateways: Gateways) {
    const all = model.policies
      .filter(({ scope }) => scope === "global" || scope === "product")
      .map((policy) => ({ policy, gateway: gateways.of(policy.resource).party.id }));
    this.inOrder = inOrderOf(all);
    this.byGateway = grouped(all, ({ policy, gateway }) => (policy.scope === "global" ? [gateway] : []));
    this.byProduct = grouped(all, ({ policy }) => (policy.scope === "product" ? productsOf(policy) : []));
  }

  /** Whether a product has a policy. */
  public get hasOfProducts(): boolean {
    return this.byProduct.size > 0;
  }

  /** The policies of a gateway and of some of its products, in the order of the configuration. */
  public of({ party }: Gateway, products: readonly Resource[]): PolicyText[] {
    const ofProducts = products.flatMap((product) =>
      [product, productId(product) ?? ""].flatMap((key) => this.byProduct.get(key) ?? []),
    );
    const found = [...(this.byGateway.get(party.id) ?? []), ...ofProducts].filter(
      ({ gateway }) => gateway === party.id,
    );
    return this.inOrder(found).map(({ policy }) => policy);
  }
}

/** The product of a policy: what it refers to, and the ID that it names. */
function productsOf({ resource }: PolicyText): (Resource | string)[] {
  const attribute = resource.at("product_id").isAbsent ? "parent_id" : "product_id";
  const id = productIdIn(resource.at(attribute));
  return [...resource.referenced(attribute), ...(id === undefined ? [] : [id])];
}
