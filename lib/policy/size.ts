/**
 * The sizes that API Management accepts for a policy document, in bytes.
 *
 * @see https://learn.microsoft.com/azure/api-management/service-limits
 */
export const POLICY_LIMITS = { consumption: 16 * 1024, otherTiers: 256 * 1024 };

/** The size of a text in bytes of UTF-8. What only Terraform knows counts as it is written. */
export function sizeOf(text: string): number {
  return Buffer.byteLength(text);
}

/** A number of bytes in words, rounded up: what is over a limit reads so. */
export function inKib(bytes: number): string {
  return `${(Math.ceil(bytes / 102.4) / 10).toFixed(1)} KiB`;
}
