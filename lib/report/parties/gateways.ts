import { grouped } from "../../core/grouped";
import { azapiTypeOf } from "../../rules/model/azapi";
import { textIn } from "../../rules/model/choices";
import { byNameInHost } from "../../rules/model/host";
import type { Model } from "../../rules/model/model";
import type { Resource } from "../../rules/model/resource";
import { referredAt } from "../../rules/model/service";
import type { Value } from "../../rules/model/value";
import { shown } from "../shown";
import type { Party } from "../trust-report";
import { ELSEWHERE, partyOf } from "./of-resource";
import type { Parties } from "./parties";

/** An API Management gateway. It has no resource if the configuration only names it. */
export interface Gateway {
  readonly party: Party;
  readonly resource?: Resource;
}

const TYPE = "azurerm_api_management";
const AZAPI_TYPE = "microsoft.apimanagement/service";

/** The first of these says what a resource is on or below. */
const ATTRIBUTES = ["api_management_name", "api_management_id", "parent_id", "resource_id"];

/** A policy is below an operation, an API, a workspace and a gateway. More is not looked at. */
const MOST = 8;

/** The gateways of a configuration, and the ones that it names. */
export class Gateways {
  private readonly byName: ReadonlyMap<string | undefined, readonly Resource[]>;
  private readonly declaredAt: (host: string) => Resource | undefined;

  constructor(
    model: Model,
    private readonly parties: Parties,
  ) {
    const declared = model.resources.filter(isGateway);
    this.byName = grouped(declared, (gateway) => [gateway.at("name").text]);
    this.declaredAt = byNameInHost(declared, (gateway) => [gateway.at("name").resolved.toLowerCase()]);
    declared.filter(({ mode }) => mode === "resource").forEach((resource) => this.ofResource(resource));
  }

  /** The gateway that a resource is on. */
  public of(resource: Resource): Gateway {
    const seen = new Set<Resource>();
    for (let each = resource; ;) {
      seen.add(each);
      const [attribute = "parent_id"] = ATTRIBUTES.filter((name) => !each.at(name).isAbsent);
      const exact = referredAt(each, textIn(each, attribute));
      const referenced = exact ? [exact] : each.referenced(attribute);
      const found = referenced.find(isGateway);
      if (found) return this.ofResource(found);
      const parent = referenced.find((above) => isBelowGateway(above) && !seen.has(above));
      if (!parent || seen.size > MOST) return this.named(each.at(attribute), each);
      each = parent;
    }
  }

  /** The gateway whose host this is. */
  public atHost(host: string): Gateway | undefined {
    const found = this.declaredAt(host);
    return found && this.ofResource(found);
  }

  public ofResource(resource: Resource): Gateway {
    const sku = resource.at("sku_name").text?.split("_")[0];
    const network = resource.at("virtual_network_type").text;
    const detail = [
      ...(sku === undefined ? [] : [`${sku} tier`]),
      ...(network === undefined || network === "None" ? [] : [`${network.toLowerCase()} virtual network`]),
    ];
    return { party: this.parties.add(partyOf(resource, "gateway", detail)), resource };
  }

  /** One that is named, but not declared. */
  private named(value: Value, { stack }: Resource): Gateway {
    const [, inId] = /\/service\/([^/]+)/i.exec(value.resolved) ?? [];
    const [known] = this.byName.get(inId ?? value.text ?? "") ?? [];
    if (known) return this.ofResource(known);
    const name = inId ?? (shown(value) || "a gateway");
    const party: Party = { id: `${stack.name}/gateway ${name}`, kind: "gateway", name, place: "", detail: [ELSEWHERE] };
    return { party: this.parties.add({ ...party, stack: stack.name }) };
  }
}

export function isGateway(resource: Resource): boolean {
  return resource.type === TYPE || azapiTypeOf(resource) === AZAPI_TYPE;
}

function isBelowGateway(resource: Resource): boolean {
  return resource.type.startsWith(`${TYPE}_`) || azapiTypeOf(resource)?.startsWith(`${AZAPI_TYPE}/`) === true;
}
