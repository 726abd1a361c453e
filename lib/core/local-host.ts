/**
 * Hosts that mean another machine for each caller: the caller itself, its network link, and what Azure answers there, such as the
 * metadata service.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
const LOCAL =
  /^(?:localhost|.*\.localhost|0\.0\.0\.0|127(?:\.\d+){3}|169\.254(?:\.\d+){2}|168\.63\.129\.16|\[::1?\]|\[::ffff:(?:7f|a9fe:|a83f:8110).*|\[fe[89ab].*)\.?$/;

/** Whether the host of an address means another machine for each caller. One that only Terraform knows is not judged. */
export function isLocalAddress(url: string): boolean {
  const [, host = "$"] = /^https:\/\/([^/?#]*)/i.exec(url) ?? [];
  return !host.includes("$") && URL.canParse(`https://${host}`) && LOCAL.test(new URL(`https://${host}`).hostname);
}
