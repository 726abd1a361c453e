import { isInbound, Located, sectionOf } from "../../policy/findings/located";
import { PolicySection } from "../../policy/statement";
import { includedIn } from "../../rules/fragments";
import type { Model } from "../../rules/model/model";
import type { PolicyText } from "../../rules/model/policy-text";
import type { Resource } from "../../rules/model/resource";
import type { Api } from "../parties/apis";
import { nameOf } from "../names";
import type { Gateways } from "../parties/gateways";
import { shown } from "../shown";
import { Membership, membershipsIn } from "./products";

/** A policy that runs for the requests of an API, and the document that has it. */
export interface Running {
  readonly policy: PolicyText;
  readonly located: Located;
  /** The document that runs, which has it or includes the fragment that has it. */
  readonly document: PolicyText;
  /** Why it does not run for every request. None if it does. */
  readonly only?: "some operations" | "a condition" | "a product" | "perhaps";
}

/** What runs for the requests of APIs before they go to a backend. */
export class Inbound {
  private readonly known = new Map<Api, readonly Running[]>();

  constructor(
    private readonly model: Model,
    private readonly gateways: Gateways,
  ) {}

  /** The policies of an API, with those that it inherits and includes, in the order in which they run. */
  public of(api: Api): readonly Running[] {
    const known = this.known.get(api);
    if (known) return known;
    const inherited = this.inheritedBy(api).flatMap(({ policy, only }) => this.runningIn(policy, only));
    const own = api.policies.filter(({ scope }) => scope === "api");
    const running = [
      ...(own.length === 0 ? inherited : own.flatMap((policy) => this.withInherited(api, policy, inherited))),
      ...operationPoliciesOf(api).flatMap((policy) => this.runningIn(policy, "some operations")),
    ];
    this.known.set(api, running);
    return running;
  }

  /** The policies of operations that do not run the policy of the API, or that could be of such a kind. */
  public apartFrom(api: Api): PolicyText[] {
    return operationPoliciesOf(api).filter((policy) => policy.tree === undefined || !inheritsInbound(policy));
  }

  /** The documents that run for an API: those that it inherits first. */
  public documentsOf(api: Api): readonly PolicyText[] {
    return [...this.inheritedDocuments(api), ...api.policies];
  }

  /** The documents above an API that run for it. */
  public inheritedDocuments(api: Api): readonly PolicyText[] {
    return this.inheritedBy(api).map(({ policy }) => policy);
  }

  /** What is inherited runs where `<base />` is. */
  private withInherited({ resource }: Api, policy: PolicyText, inherited: readonly Running[]): Running[] {
    // What is created for each API is created with it.
    const own = this.runningIn(policy, resource && resource.exists === undefined ? undefined : perhaps(policy));
    const at = own.findIndex(({ located }) => located.element.name === "base");
    return at === -1 ? (policy.tree ? own : [...inherited]) : [...own.slice(0, at), ...inherited, ...own.slice(at)];
  }

  /** The policies of one document, with those that it includes. A fragment that includes itself, which no gateway accepts, is read once. */
  public runningIn(policy: PolicyText, only?: Running["only"], around: readonly PolicyText[] = []): Running[] {
    const within = [...around, policy];
    return policy.located.filter(isInbound).flatMap((located): Running[] => {
      const condition = only ?? (located.nested && isConditional(located) ? "a condition" : undefined);
      const included = includedIn(this.model, policy, located).filter((each) => !within.includes(each));
      return [
        { policy, located, document: within[0], only: condition },
        ...included.flatMap((each) => this.runningIn(each, condition ?? perhaps(each), within)),
      ];
    });
  }

  /** Whether a part of them is not in the configuration. */
  public hasUnknown(api: Api): boolean {
    return this.documentsOf(api).some(
      (policy) =>
        policy.hasUnknownPolicies ||
        policy.located.some(
          (located) =>
            located.element.name === "include-fragment" && includedIn(this.model, policy, located).length === 0,
        ),
    );
  }

  /** The products of an API. */
  public productsOf(api: Api): Resource[] {
    return this.membershipsOf(api).flatMap(({ product }) => product ?? []);
  }

  /** The products that an API is in, or could be in. */
  public membershipsOf(api: Api): Membership[] {
    return membershipsIn(this.model, this.gateways, api);
  }

  private inheritedBy(api: Api): { readonly policy: PolicyText; readonly only?: Running["only"] }[] {
    const own = api.policies.filter(({ scope }) => scope === "api");
    if (own.length > 0 && !own.some(inheritsInbound)) return [];
    const above = this.model.policies.filter(({ scope }) => scope === "global" || scope === "product");
    const products = above.some(({ scope }) => scope === "product") ? this.productsOf(api) : [];
    return above
      .filter(
        (policy) =>
          this.gateways.of(policy.resource).party.id === api.gateway.party.id &&
          (policy.scope === "global" || products.some((product) => isPolicyOf(product, policy))),
      )
      .map((policy) =>
        policy.scope === "product" ? { policy, only: "a product" } : { policy, only: perhaps(policy) },
      );
  }
}

/** What Terraform may not create. */
function perhaps({ resource }: PolicyText): Running["only"] {
  return resource.exists === true ? undefined : "perhaps";
}

function operationPoliciesOf(api: Api): PolicyText[] {
  return api.policies.filter(({ scope }) => scope === "operation");
}

/** The operation that a policy is of. */
export function operationOf({ resource }: PolicyText): string {
  const [, inId] = /\/operations\/([^/]+)/.exec(resource.at("parent_id").resolved) ?? [];
  return inId ?? (shown(resource.at("operation_id")) || nameOf(resource));
}

export function inheritsInbound(policy: PolicyText): boolean {
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
