import { isIP } from "net";
import { Construct } from "constructs";
import { isToken } from "../../core/tokens";
import { RestrictedAccessOptions } from "../restricted-access-options";
import { fail } from "../../core/fail";

/** How many addresses App Service takes in one rule. */
export const MAX_ADDRESSES = 8;

/** The widest range that anybody publishes from, in bits: what is wider is a way to write "from anywhere". */
const MIN_BITS: Record<number, number> = { 4: 8, 6: 32 };
const MAX_BITS: Record<number, number> = { 4: 32, 6: 128 };

/** The addresses from which code is published, in one rule. */
export function publishingAddresses(
  scope: Construct,
  call: string,
  options: RestrictedAccessOptions,
): string | undefined {
  const addresses = options.publishFrom;
  if (addresses === undefined) return undefined;
  if (addresses.length === 0 || addresses.length > MAX_ADDRESSES) {
    fail(scope, "publishing-address-count", `${call}({ publishFrom }) has ${addresses.length} addresses, and App Service takes 1 to ${MAX_ADDRESSES} in a rule. Write that many, or leave ` +
            `publishFrom out: then code is published from where the app can be reached.`);
  }
  const wrong = addresses.find((address) => !isToken(address) && !isRange(address));
  if (wrong !== undefined) fail(scope, "invalid-publishing-address", `"${wrong}" in publishFrom is no address, nor a range of them that belongs to somebody. Write it in CIDR notation, ` +
        `for example "203.0.113.7/32"; service tags and ranges wider than /8 (IPv6: /32) are refused.`);
  return addresses.join(",");
}

function isRange(text: string): boolean {
  const [, address, bits] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text) ?? [];
  const version = isIP(address ?? "");
  return version !== 0 && Number(bits) >= MIN_BITS[version] && Number(bits) <= MAX_BITS[version];
}
