import { BlockList, isIP } from "net";
import { Token } from "cdktf";
import { knownList, emptyList } from "./writing/arguments";
import { isOneToken, replaceTokens } from "./writing/literal";
import { leaf, node } from "./writing/xml";
import { inbound } from "./writing/statement";
import { IPolicyStatement, PolicySlot } from "../policy-statement";
import { fail } from "../../core/fail";

/** What happens to calls from the addresses of a filter. */
export enum IpFilterAction {
  /** They are let in, and no others. */
  ALLOW = "allow",
  /** They are refused, and no others. */
  FORBID = "forbid",
}

/** IP addresses that follow on each other. */
export interface IpAddressRange {
  /** The first of them. */
  readonly first: string;

  /** The last of them. */
  readonly last: string;
}

/** From where calls are accepted. At least one address or range is needed. */
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

/** See `PolicyStatement.ipFilter`. */
export function ipFilter(props: IpFilterProps): IPolicyStatement {
  const call = "PolicyStatement.ipFilter";
  const addresses = knownList(call, "addresses", props.addresses ?? []);
  const ranges = props.addressRanges ?? [];
  if (addresses.length === 0 && ranges.length === 0) emptyList(call, "addresses", '["13.66.201.169"]');
  const xml = node("ip-filter", { action: props.action }, [
    ...addresses.map((address) => leaf("address", ipAddress(call, address))),
    ...ranges.map((range) => node("address-range", ipRange(call, range))),
  ]);
  return inbound(PolicySlot.VALIDATION, "ip-filter", xml);
}

/** Terraform's values are taken for addresses, or for numbers in them. */
function ipAddress(call: string, address: string): string {
  if (!isOneToken(address) && isIP(replaceTokens(address, "1")) === 0)
    fail(
      call,
      "invalid-ip-address",
      `"${address}" is no IP address. Write one such as "13.66.201.169"; ` +
        `for a network, addressRanges: [{ from: "13.66.140.128", to: "13.66.140.143" }].`,
    );
  return address;
}

function ipRange(call: string, range: IpAddressRange): { from: string; to: string } {
  const [from, to] = [ipAddress(call, range.first), ipAddress(call, range.last)];
  if (!Token.isUnresolved(from) && !Token.isUnresolved(to) && !inOrder(from, to))
    fail(
      call,
      "invalid-ip-range",
      `the range from "${from}" to "${to}" holds no address. Write the lower address first, both of the same kind.`,
    );
  return { from, to };
}

function inOrder(from: string, to: string): boolean {
  const family = isIP(from) === 4 ? "ipv4" : "ipv6";
  if (isIP(from) !== isIP(to)) return false;
  try {
    new BlockList().addRange(from, to, family);
    return true;
  } catch {
    return false;
  }
}
