import { TerraformStack } from "cdktf";
import * as lib from "cdktf-secure-apim-backend";
import { NEW } from "../../backends/gateways";
import { elsewhere } from "../../gateway/everything";
import { newId } from "../stacks";

/** The entries of a list, by names that are new each time and of one length. */
export type Entries = readonly string[];

/** Puts into a stack what has a list with these entries. */
export type MakeList = (stack: TerraformStack, entries: Entries) => unknown;

/** A new gateway of a tier that supports everything. */
export function gatewayWith(stack: TerraformStack, props: Partial<lib.ApimGatewayProps> = {}): lib.ApimGateway {
  return new lib.ApimGateway(stack, newId(), { ...NEW, sku: lib.ApimSku.PREMIUM, ...props });
}

/** What an API is made of, beside its gateway. */
type ApiPlace = [entries: Entries, gateway: lib.IApimGateway, stack: TerraformStack];

/** An API on a gateway of its own. */
export function apiWith(props: (...place: ApiPlace) => Partial<lib.SecureApimBackendProps>): MakeList {
  return (stack, entries) => {
    const gateway = gatewayWith(stack);
    const backend = elsewhere(newId());
    return new lib.SecureApimBackend(stack, newId(), { gateway, backend, ...props(entries, gateway, stack) });
  };
}

/** Something for each entry, beside a gateway that all share. */
export function eachOn(
  make: (stack: TerraformStack, id: string, gateway: lib.IApimGateway) => unknown,
  props: Partial<lib.ApimGatewayProps> = {},
): MakeList {
  return (stack, entries) => {
    const gateway = gatewayWith(stack, props);
    entries.forEach((id) => make(stack, id, gateway));
  };
}

/** The GUID of an entry. All have one length. */
export function guidOf(entry: string): string {
  return `6f9619ff-8b86-d011-b42d-0000000${entry.slice(-5)}`;
}

/** The IP address of an entry. All have one length. */
export function addressOf(entry: string): string {
  return `203.1${entry.slice(-4, -2)}.1${entry.slice(-2)}.107`;
}

/** A map with these names. */
export function valuesOf(names: Entries): { [name: string]: string } {
  return Object.fromEntries(names.map((name) => [name, "a"]));
}
