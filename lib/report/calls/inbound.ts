import { isInbound, Located, sectionOf } from "../../policy/findings/located";
import { PolicySection } from "../../policy/statement";
import { includedIn } from "../../rules/fragments";
import type { Model } from "../../rules/model/model";
import type { PolicyText } from "../../rules/model/policy-text";
import type { Resource } from "../../rules/model/resource";
import { Api, apiInId, isApi } from "../parties/apis";
import type { Gateways } from "../parties/gateways";

/** A policy that runs for the requests of an API, and the document that has it. */
export interface Running {
  readonly policy: PolicyText;
  readonly located: Located;
  /** Why it does not run for every request. None if it does. */
  readonly only?: "some operations" | "a condition" | "a product";
}

/** What runs for the requests of APIs before they go to a backend. */
export class Inbound {
  private readonly known = new Map<Api, readonly Running[]>();

  constructor(
    private readonly model: Model,
    private readonly gateways: Gateways,
  ) {}

  /** The policies of an API, with those that it inherits and includes. */
  public of(api: Api): readonly Running[] {
    const known = this.known.get(api);
    if (known) return known;
    const running = this.documentsOf(api).flatMap(({ policy, only }) => this.runningIn(policy, only));
    this.known.set(api, running);
    return running;
  }

  /** The policies of one document, with those that it includes. A fragment that includes itself, which no gateway accepts, is read once. */
  public runningIn(policy: PolicyText, only?: Running["only"], around: readonly PolicyText[] = []): Running[] {
    const within = [...around, policy];
    return policy.located.filter(isInbound).flatMap((located): Running[] => {
      const condition = only ?? (located.nested && isConditional(located) ? "a condition" : undefined);
      const included = includedIn(this.model, policy, located).filter((each) => !within.includes(each));
      return [
        { policy, located, only: condition },
        ...included.flatMap((each) => this.runningIn(each, condition, within)),
      ];
    });
  }

  /** Whether a part of them is not in the configuration. */
  public hasUnknown(api: Api): boolean {
    return this.documentsOf(api).some(
      ({ policy }) =>
        policy.hasUnknownPolicies ||
        policy.located.some(
          (located) =>
            located.element.name === "include-fragment" && includedIn(this.model, policy, located).length === 0,
        ),
    );
  }

  /** The products of an API. */
  public productsOf(api: Api): Resource[] {
    const ids = this.model
      .ofType("azurerm_api_management_product_api")
      .filter((each) => this.isOf(api, each))
      .map((each) => ({ each, id: each.at("product_id").text }));
    const products = this.model.resources.filter(({ type }) => type === "azurerm_api_management_product");
    return ids.flatMap(
      ({ each, id }) =>
        each.referenced("product_id").find((one) => products.includes(one)) ??
        products.find(
          (one) =>
            id !== undefined &&
            one.at("product_id").text === id &&
            this.gateways.of(one).party.id === api.gateway.party.id,
        ) ??
        [],
    );
  }

  private isOf(api: Api, membership: Resource): boolean {
    const name = membership.at("api_name");
    const referenced = membership.referenced("api_name").find(isApi);
    if (api.resource && referenced === api.resource) return true;
    const same = (name.text ?? name.template) === api.name || apiInId(membership.at("api_id")) === api.name;
    return same && this.gateways.of(membership).party.id === api.gateway.party.id;
  }

  private documentsOf(api: Api): { readonly policy: PolicyText; readonly only?: Running["only"] }[] {
    const own = api.policies.filter(({ scope }) => scope === "api");
    const inherits = own.length === 0 || own.some(inheritsInbound);
    const above = inherits ? this.model.policies.filter(({ scope }) => scope === "global" || scope === "product") : [];
    const products = above.some(({ scope }) => scope === "product") ? this.productsOf(api) : [];
    const inherited = above.filter(
      (policy) =>
        this.gateways.of(policy.resource).party.id === api.gateway.party.id &&
        (policy.scope === "global" || products.some((product) => isPolicyOf(product, policy))),
    );
    return [
      ...inherited.map((policy) => (policy.scope === "product" ? { policy, only: "a product" as const } : { policy })),
      ...own.map((policy) => ({ policy })),
      ...api.policies
        .filter(({ scope }) => scope === "operation")
        .map((policy) => ({ policy, only: "some operations" as const })),
    ];
  }
}

function inheritsInbound(policy: PolicyText): boolean {
  const inbound = policy.tree && sectionOf(policy.tree, PolicySection.INBOUND);
  return policy.tree === undefined || inbound?.children.some(({ name }) => name === "base") === true;
}

function isPolicyOf(product: Resource, { resource }: PolicyText): boolean {
  const id = resource.at("product_id");
  return (
    resource.referenced("product_id").includes(product) ||
    (id.text !== undefined && id.text === product.at("product_id").text)
  );
}

/** Whether it is within something that does not run for each request. Other policies contain what always runs. */
function isConditional({ element }: Located): boolean {
  for (let each = element.parent; each; each = each.parent) if (each.name === "choose") return true;
  return false;
}
