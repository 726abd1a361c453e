import { remembered } from "../../core/remembered";
import { isInbound, Located } from "../../policy/findings/located";
import { includedIn } from "../../rules/fragments";
import type { Model } from "../../rules/model/model";
import type { PolicyText } from "../../rules/model/policy-text";
import type { Api } from "../parties/apis";
import type { Resource } from "../../rules/model/resource";
import { nameOf } from "../names";
import type { Gateways } from "../parties/gateways";
import { shown } from "../shown";
import { Membership, Memberships } from "./products";
import { SharedPolicies } from "./shared-policies";

/** A policy that runs for the requests of an API, and the document that has it. */
export interface Running {
  readonly policy: PolicyText;
  readonly located: Located;
  /** The document that runs, which has it or includes the fragment that has it. */
  readonly document: PolicyText;
  /** Why it does not run for every request. None if it does. `other products`: one has a policy that does not inherit. */
  readonly only?:
    "some operations" | "a condition" | "a product" | "other products" | "if inherited" | "perhaps" | "one of several";
}

/** What runs for the requests of APIs before they go to a backend. */
export class Inbound {
  private readonly memberships: Memberships;
  // Each of an API's operations asks for the same again.
  private readonly membershipsByApi = new Map<Api, readonly Membership[]>();
  private readonly inheritedByApi = new Map<Api, readonly Inherited[]>();
  private readonly runningByApi = new Map<Api, readonly Running[]>();
  private readonly runningWithOperationsByApi = new Map<Api, readonly Running[]>();
  private readonly unknownByApi = new Map<Api, boolean>();
  private shared?: SharedPolicies;

  constructor(
    private readonly model: Model,
    private readonly gateways: Gateways,
  ) {
    this.memberships = new Memberships(model, gateways);
  }

  /** The policies of an API and of its operations, with those that they inherit and include, in the order in which they run. */
  public of(api: Api): readonly Running[] {
    return remembered(this.runningWithOperationsByApi, api, () => [
      ...this.forAllOperations(api),
      ...operationPoliciesOf(api).flatMap((policy) => this.runningIn(policy, "some operations")),
    ]);
  }

  /** What runs for an operation: the policies of its API, if it inherits them, and its own. */
  public forOperation(api: Api, policy: PolicyText): readonly Running[] {
    if (policy.isApart) return this.runningIn(policy);
    return [...this.forAllOperations(api), ...this.runningIn(policy, "some operations")];
  }

  /** The policies of an API, with those that it inherits and includes, without those of its operations. */
  public forAllOperations(api: Api): readonly Running[] {
    return remembered(this.runningByApi, api, () => {
      const inherited = this.inheritedBy(api).flatMap(({ policy, only }) => this.runningIn(policy, only));
      const own = api.policies.filter(({ scope }) => scope === "api");
      return own.length === 0 ? inherited : own.flatMap((policy) => this.withInherited(api, policy, inherited));
    });
  }

  /** The policies of operations that do not run the policy of the API, or that could be of such a kind. */
  public apartFrom(api: Api): PolicyText[] {
    return operationPoliciesOf(api).filter((policy) => policy.isApart);
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
    // One that cannot be read may inherit nothing.
    if (!policy.tree) return inherited.map((each) => ({ ...each, only: each.only ?? "if inherited" }));
    return at === -1 ? own : [...own.slice(0, at), ...inherited, ...own.slice(at)];
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
    return remembered(this.unknownByApi, api, () =>
      this.documentsOf(api).some(
        (policy) =>
          policy.hasUnknownPolicies ||
          policy.located.some(
            (located) =>
              located.element.name === "include-fragment" && includedIn(this.model, policy, located).length === 0,
          ),
      ),
    );
  }

  /** The products that an API is in, or could be in. */
  public membershipsOf(api: Api): readonly Membership[] {
    return remembered(this.membershipsByApi, api, () => this.memberships.of(api));
  }

  /** Azure keeps one policy of a gateway. */
  private oneOfSeveral(policy: PolicyText): Running["only"] {
    const { rivals } = this.model;
    const isAlone = rivals.allOf(policy).length === 1 && rivals.possibleOf(policy).length === 0;
    return isAlone ? undefined : "one of several";
  }

  private inheritedBy(api: Api): readonly Inherited[] {
    return remembered(this.inheritedByApi, api, () => {
      const own = api.policies.filter(({ scope }) => scope === "api");
      if (api.isAlone || (own.length > 0 && !own.some((policy) => policy.inheritsInbound))) return [];
      this.shared ??= new SharedPolicies(this.model, this.gateways);
      const memberships = this.shared.hasOfProducts ? this.membershipsOf(api) : [];
      const shared = this.shared.of(api.gateway, productsIn(memberships));
      const past = this.pastProducts(api, shared, memberships);
      return shared.map((policy) => ({
        policy,
        only: policy.scope === "product" ? "a product" : (past ?? perhaps(policy) ?? this.oneOfSeveral(policy)),
      }));
    });
  }

  /** What is above a product does not run for requests through it, if its policy does not inherit. */
  private pastProducts(
    { gateway }: Api,
    shared: readonly PolicyText[],
    memberships: readonly Membership[],
  ): Running["only"] {
    if (!shared.some(isProductApart)) return undefined;
    const isLost = memberships
      .filter(({ isCertain }) => isCertain)
      .flatMap((each) => this.shared?.of(gateway, productsIn([each])) ?? [])
      .some((policy) => isProductApart(policy) && !policy.inheritsInbound && policy.resource.exists === true);
    return isLost ? "other products" : "if inherited";
  }
}

/** A document that an API inherits. */
interface Inherited {
  readonly policy: PolicyText;
  readonly only: Running["only"];
}

function productsIn(memberships: readonly Membership[]): Resource[] {
  return memberships.flatMap(({ product }) => product ?? []);
}

function isProductApart({ scope, isApart }: PolicyText): boolean {
  return scope === "product" && isApart;
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

/** Whether it is within something that does not run for each request. Other policies contain what always runs. */
function isConditional({ element }: Located): boolean {
  for (let each = element.parent; each; each = each.parent) if (each.name === "choose") return true;
  return false;
}
