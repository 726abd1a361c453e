import type { Owner, Resource } from "../../rules/model/resource";
import type { Value } from "../../rules/model/value";
import { nameOf } from "../names";
import { shown } from "../shown";
import { isGateway } from "./gateways";
import { isAppOrSlot } from "./targets";

/** One who can have a token. */
export interface Principal {
  /** How texts name it. */
  readonly label: string;
  /** What has the identity, if the configuration says it. */
  readonly holder?: Resource;
}

const LABELS: readonly (readonly [type: RegExp, label: string])[] = [
  [/^azurerm_user_assigned_identity$/, "the user-assigned identity"],
  [/^azuread_(?:application|service_principal)/, "the application"],
  [/^azuread_group/, "the group"],
  [/^azuread_user/, "the user"],
];

/** Whom a value names: an object ID, a client ID or a reference to one. */
export function principalOf(owner: Owner, value: Value, what = "the principal"): Principal {
  const [holder] = owner.referencedBy(value);
  if (holder && (isGateway(holder) || isAppOrSlot(holder))) return { label: systemIdentityOf(holder), holder };
  const label = holder && LABELS.find(([type]) => type.test(holder.type))?.[1];
  if (holder && label !== undefined) return { label: `${label} ${nameOf(holder)}`, holder };
  return { label: `${what} ${shown(value)}`, holder };
}

function systemIdentityOf(holder: Resource): string {
  return `the system-assigned identity of ${nameOf(holder)}`;
}
