import { Construct } from "constructs";
import { isIP } from "net";
import { fail } from "../../../core/fail";
import { isToken } from "../../../core/tokens";

/** From where the publishing (SCM) site of a restricted app can be reached. */
export interface RestrictedAccessOptions {
  /**
   * Public addresses from which code is published, such as those of a pipeline, in CIDR notation: `203.0.113.7/32`. At most
   * eight. They can reach the publishing site only, which still requires sign-in with Entra ID.
   *
   * @default - the publishing site can be reached from where the app can be reached
   * @see https://learn.microsoft.com/azure/app-service/app-service-ip-restrictions#restrict-access-to-an-scm-site
   */
  readonly publishFrom?: string[];
}

/** How many addresses App Service takes in one rule. */
export const MAX_ADDRESSES = 8;

/** The widest range that belongs to one publisher, in bits. A wider range is another way to write "from anywhere". */
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
    fail(
      scope,
      "publishing-address-count",
      `${call}({ publishFrom }) has ${addresses.length} addresses, but App Service takes 1 to ${MAX_ADDRESSES} in a rule.`,
      `List 1 to ${MAX_ADDRESSES} addresses, or omit publishFrom to publish from where the app can be reached.`,
    );
  }
  const wrong = addresses.find((address) => !isToken(address) && !isRange(address));
  if (wrong !== undefined)
    fail(
      scope,
      "invalid-publishing-address",
      `"${wrong}" in publishFrom is not an address or a range of at most /8 (IPv6: /32). Service tags are not accepted.`,
      'Write it in CIDR notation, for example "203.0.113.7/32".',
    );
  return addresses.join(",");
}

function isRange(text: string): boolean {
  const [, address, bits] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text) ?? [];
  const version = isIP(address ?? "");
  return version !== 0 && Number(bits) >= MIN_BITS[version] && Number(bits) <= MAX_BITS[version];
}
