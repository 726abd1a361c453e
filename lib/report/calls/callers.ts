import { grouped } from "../../core/grouped";
import type { PolicyText } from "../../rules/model/policy-text";
import { addressFrom, Resource } from "../../rules/model/resource";
import { MOST_RIVALS } from "../../rules/model/rivals";
import { listed, nameOf, once, perhaps } from "../names";
import { Api } from "../parties/apis";
import { Gateways, isGateway } from "../parties/gateways";
import type { Parties } from "../parties/parties";
import type { Call, CallProof, Party } from "../trust-report";
import { callId, GatewayCall } from "./calls";
import { Inbound, operationOf } from "./inbound";
import { Subscription, subscriptionOf } from "./subscription";
import { Validation, validationsIn } from "./validations";

/** Who calls an API from outside the gateways. */
export interface Admission {
  readonly api: Api;
  readonly subscription: Subscription;
  /** Those that run for each request of the API. */
  readonly validations: readonly Validation[];
  /** Those that run for some, or perhaps. */
  readonly partial: readonly Validation[];
  /** Those that stop nobody. */
  readonly hollow: readonly Validation[];
  /** Operations for which the validations do not run. */
  readonly apart: readonly OperationApart[];
  readonly calls: readonly Call[];
  /** Who gets in, as texts. */
  readonly admits: readonly string[];
}

/** An operation whose policy does not inherit that of its API. */
export interface OperationApart {
  readonly operation: string;
  /** The address of its policy. */
  readonly policy: string;
  /** What its own policy validates. */
  readonly validation?: Validation;
  readonly isUnreadable: boolean;
  /** Whether it surely is an operation of this API. */
  readonly isCertain: boolean;
}

/** Operations whose policies are not looked at. */
const OTHERS: OperationApart = { operation: "others", policy: "another policy", isUnreadable: false, isCertain: false };

/** Finds who may call the APIs. */
export class Callers {
  private readonly callsByTarget: ReadonlyMap<string, readonly GatewayCall[]>;

  constructor(
    private readonly inbound: Inbound,
    private readonly gateways: Gateways,
    private readonly parties: Parties,
    gatewayCalls: readonly GatewayCall[],
  ) {
    this.callsByTarget = grouped(gatewayCalls, ({ target }) => [target.party.id]);
  }

  public of(api: Api): Admission {
    const all = validationsIn(this.inbound.of(api));
    const stopping = all.filter(({ hollow }) => hollow === undefined);
    const validations = stopping.filter(({ only }) => only === undefined);
    const partial = stopping.filter(({ only }) => only !== undefined);
    const hollow = all.filter((each) => each.hollow !== undefined);
    const subscription = subscriptionOf(api, this.inbound);
    const [first] = validations;
    const apart = this.apartFrom(api);
    const found = { api, subscription, validations, partial, hollow, apart };
    const { calls, admits } = this.through(api, first, subscription, false);
    const beside = (first ? apart : []).map(({ operation, validation, isUnreadable, isCertain }) => {
      const others = this.through(api, validation, subscription, isUnreadable);
      const whom = others.admits.map((each) => `${each}, for the operation ${operation}`);
      return isCertain ? { calls: others.calls, admits: whom } : { calls: [], admits: whom.map(perhaps) };
    });
    return {
      ...found,
      calls: [...calls, ...beside.flatMap((each) => each.calls)],
      admits: [...admits, ...beside.flatMap((each) => each.admits)],
    };
  }

  private apartFrom(api: Api): OperationApart[] {
    const certain = this.inbound.apartFrom(api).map((policy) => this.apartBy(api, policy, true));
    const { perhapsApart = [] } = api;
    const possible = perhapsApart.slice(0, MOST_RIVALS).map((policy) => this.apartBy(api, policy, false));
    return [...certain, ...possible, ...(perhapsApart.length > MOST_RIVALS ? [OTHERS] : [])];
  }

  private apartBy({ party }: Api, policy: PolicyText, isOfApi: boolean): OperationApart {
    const own = validationsIn(this.inbound.runningIn(policy));
    const validation = own.find(({ only, hollow }) => only === undefined && hollow === undefined);
    return {
      operation: operationOf(policy),
      policy: addressFrom(policy.resource, party.stack),
      ...(validation && { validation }),
      isUnreadable: policy.tree === undefined,
      isCertain: isOfApi,
    };
  }

  /** Who gets in, past a validation or without one. */
  private through(
    api: Api,
    validation: Validation | undefined,
    subscription: Subscription,
    isUnreadable: boolean,
  ): Pick<Admission, "calls" | "admits"> {
    const also: CallProof[] = subscription.required === true ? ["subscription key"] : [];
    if (validation)
      return { calls: this.callsWithToken(api, validation, also), admits: admitsOf(validation, subscription) };
    if (isUnreadable)
      return { calls: [], admits: admitsWithoutToken(subscription, false).map((each) => `perhaps ${each}`) };
    const isUnknown = this.inbound.hasUnknown(api) || isElsewhere(api);
    return {
      calls: this.callsWithoutToken(api, subscription, isUnknown),
      admits: admitsWithoutToken(subscription, isUnknown),
    };
  }

  private callsWithToken(api: Api, validation: Validation, also: readonly CallProof[]): Call[] {
    const { principals, how, audiences, claims, issuer } = validation;
    const audience = audiences.length > 0 ? listed(audiences) : undefined;
    const common = { how, also, audience, roles: claims };
    if (principals.length === 0) {
      const name = `Everyone with a token of ${issuer}`;
      return [this.call(api, this.caller(name, []), common)];
    }
    return principals.flatMap(({ label, holder }) => {
      const known = holder && this.gatewayParty(api, holder);
      if (known === "shown") return [];
      return this.call(api, known ?? this.caller(capital(label), []), { ...common, identity: label });
    });
  }

  private callsWithoutToken(api: Api, { required, products }: Subscription, isUnknown: boolean): Call[] {
    if (required === undefined)
      return [this.call(api, this.caller("Callers that are not known", []), { how: "not known", roles: [] })];
    if (!required) {
      const how = isUnknown ? "not known" : "nothing";
      return [this.call(api, this.caller(isUnknown ? "Callers that are not known" : "Anyone", []), { how, roles: [] })];
    }
    const names = products.map((product) => `Subscribers of the product ${nameOf(product)}`);
    return (names.length > 0 ? names : [`Holders of a key for ${api.gateway.party.name}`]).map((name) =>
      this.call(api, this.caller(name, []), { how: "subscription key", roles: [] }),
    );
  }

  /** The gateway whose identity may call; "shown" if its call is known already. */
  private gatewayParty(api: Api, holder: Resource): Party | "shown" | undefined {
    const calls = this.callsByTarget.get(api.party.id) ?? [];
    if (calls.some(({ proof }) => proof.holder === holder)) return "shown";
    return isGateway(holder) ? this.gateways.ofResource(holder).party : undefined;
  }

  private caller(name: string, detail: readonly string[]): Party {
    return this.parties.add({ id: `caller ${name}`, kind: "caller", name, place: "", detail });
  }

  private call(api: Api, from: Party, made: Omit<Call, "id" | "from" | "to">): Call {
    const { how, also = [], identity, audience, roles } = made;
    return {
      id: callId(from.id, api.party.id, how, audience),
      from: from.id,
      to: api.party.id,
      how,
      ...(also.length > 0 && { also }),
      ...(identity !== undefined && { identity }),
      ...(audience !== undefined && { audience }),
      roles,
    };
  }
}

function isElsewhere({ resource }: Api): boolean {
  return resource === undefined || resource.mode === "data";
}

function admitsOf(
  { principals, issuer, audiences, claims }: Validation,
  { required, products }: Subscription,
): string[] {
  const roles = claims.length > 0 ? ` with ${listed(claims)}` : "";
  const whom =
    principals.length > 0
      ? once(principals.map(({ label }) => label))
      : [`everyone who gets a token of ${issuer}${audiences.length > 0 ? ` for ${listed(audiences)}` : ""}`];
  const key = required === true ? ` and a key${ofProducts(products)}` : "";
  return whom.map((each) => `${each}${roles}${key}`);
}

function admitsWithoutToken({ required, products, open }: Subscription, isUnknown: boolean): string[] {
  if (required === true) return [`everyone who has a key${ofProducts(products)}`];
  if (required === undefined || isUnknown) return ["not known: the configuration does not say it"];
  return [open.length > 0 ? `everyone, through the open product ${listed(open.map(nameOf))}` : "everyone"];
}

/** A key of the API itself, or of all APIs, also opens what is in products. */
function ofProducts(products: readonly Resource[]): string {
  return ` of ${[...products.map((each) => `the product ${nameOf(each)}`), "the API"].join(", ")} or all APIs`;
}

function capital(text: string): string {
  return text.replace(/^the (\w)/, (_, letter: string) => letter.toUpperCase());
}
