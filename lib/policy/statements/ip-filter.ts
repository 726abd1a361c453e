import { BlockList, isIP } from "net";
import { Token } from "cdktf";
import { fail } from "../../core/fail";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { knownList } from "./writing/arguments";
import { isOneToken, replaceTokens } from "./writing/literal";
import { checkedIfUnknown, ValueKind } from "./writing/terraform-value";
import { leaf, node } from "./writing/xml";
import { requireList, requireMember, requireText } from "../../core/given";
import { PropertyNames, requireOnly } from "../../core/property-names";

/** What happens to calls from the addresses of a filter. */
export enum IpFilterAction {
  /** They are accepted, and all others are rejected. */
  ALLOW = "allow",
  /** They are rejected, and all others are accepted. */
  FORBID = "forbid",
}

/** A range of IP addresses. */
export interface IpAddressRange {
  /** The first address of the range. */
  readonly first: string;

  /** The last address of the range. */
  readonly last: string;
}

/** The names of its properties. */
const IP_ADDRESS_RANGE: PropertyNames<IpAddressRange> = { first: true, last: true };

/** The addresses from which calls are accepted or rejected. Requires at least one address or range. */
export interface IpFilterProps {
  /** What happens to calls from these addresses. */
  readonly action: IpFilterAction;

  /**
   * Single addresses.
   *
   * @default - none
   */
  readonly addresses?: string[];

  /**
   * Ranges of addresses.
   *
   * @default - none
   */
  readonly addressRanges?: IpAddressRange[];
}

/** The names of its properties. */
const IP_FILTER_PROPS: PropertyNames<IpFilterProps> = { action: true, addresses: true, addressRanges: true };

export function ipFilter(props: IpFilterProps): StatementConfig {
  const call = "PolicyStatement.ipFilter";
  const example = 'PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW, addresses: ["13.66.201.169"] })';
  requireOnly(call, call, props, { names: IP_FILTER_PROPS, example: example });
  const addresses = knownList(call, "addresses", props.addresses ?? []);
  const ranges = requireList(
    call,
    "addressRanges",
    props.addressRanges ?? [],
    'addressRanges: [{ first: "13.66.140.128", last: "13.66.140.143" }]',
  );
  if (addresses.length === 0 && ranges.length === 0)
    fail(
      call,
      "ip-filter-without-addresses",
      "Both addresses and addressRanges are empty, but API Management requires at least one entry.",
      'Write addresses: ["13.66.201.169"].',
    );
  const action = requireMember(call, "action", props.action, IpFilterAction, "IpFilterAction.ALLOW");
  const xml = node("ip-filter", { action }, [
    ...addresses.map((address) => leaf("address", ipAddress(call, address))),
    ...ranges.map((range) => node("address-range", ipRange(call, range))),
  ]);
  return inbound(PolicySlot.VALIDATION, "ip-filter", xml);
}

const BYTE = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
const ADDRESS: ValueKind = {
  pattern: new RegExp(`^(?:${BYTE}[.]){3}${BYTE}$|^[0-9A-Fa-f]*:[0-9A-Fa-f:.]*$`),
  expected: 'an IP address such as "13.66.201.169"',
};

/** Terraform checks an address that only it knows, or a number in an address. */
function ipAddress(call: string, address: string): string {
  requireText(call, "address", address, 'addresses: ["13.66.201.169"]');
  const known = replaceTokens(address, "1");
  // Node.js takes the zone of a network interface for a part of the address: fe80::1%eth0.
  const isAddress = isIP(known) !== 0 && ADDRESS.pattern.test(known);
  if (!isAddress && !isOneToken(address))
    fail(
      call,
      "invalid-ip-address",
      `"${address}" is not an IP address.`,
      'Write an address such as "13.66.201.169". ' +
        'For a network, write addressRanges: [{ first: "13.66.140.128", last: "13.66.140.143" }].',
    );
  return checkedIfUnknown(`an address in ${call}`, address, ADDRESS);
}

function ipRange(call: string, range: IpAddressRange): { from: string; to: string } {
  requireOnly(call, "an entry of addressRanges", range, {
    names: IP_ADDRESS_RANGE,
    example: 'addressRanges: [{ first: "13.66.140.128", last: "13.66.140.143" }]',
  });
  const [from, to] = [ipAddress(call, range.first), ipAddress(call, range.last)];
  if (!Token.isUnresolved(from) && !Token.isUnresolved(to) && !inOrder(from, to))
    fail(
      call,
      "invalid-ip-range",
      `The range from "${from}" to "${to}" contains no address.`,
      "Write the lower address as first and the higher address as last, both of one IP version.",
    );
  return { from, to };
}

/** Whether they are of one IP version, and the first is not the higher one. */
function inOrder(from: string, to: string): boolean {
  try {
    new BlockList().addRange(from, to, isIP(from) === 4 ? "ipv4" : "ipv6");
    return true;
  } catch {
    return false;
  }
}
