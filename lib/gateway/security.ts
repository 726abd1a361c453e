import type {
  ApiManagement,
  ApiManagementCertificate,
  ApiManagementSecurity,
} from "@cdktf/provider-azurerm/lib/api-management";
import { finding } from "../core/fail";
import { guard, ONCE, oneOf } from "../core/guard";
import { ApimSku } from "./apim-sku";
import { NetworkSettings } from "./gateway-network";
import { tierHas } from "./tiers";
import { azurerm } from "../providers/azurerm";

const PROTOCOLS: ApiManagementSecurity = {
  backendSsl30Enabled: false,
  backendTls10Enabled: false,
  backendTls11Enabled: false,
  frontendTls10Enabled: false,
  frontendTls11Enabled: false,
};

const CIPHERS: ApiManagementSecurity = {
  tlsEcdheEcdsaWithAes128CbcShaCiphersEnabled: false,
  tlsEcdheEcdsaWithAes256CbcShaCiphersEnabled: false,
  tlsEcdheRsaWithAes128CbcShaCiphersEnabled: false,
  tlsEcdheRsaWithAes256CbcShaCiphersEnabled: false,
  tlsRsaWithAes128CbcSha256CiphersEnabled: false,
  tlsRsaWithAes128CbcShaCiphersEnabled: false,
  tlsRsaWithAes128GcmSha256CiphersEnabled: false,
  tlsRsaWithAes256CbcSha256CiphersEnabled: false,
  tlsRsaWithAes256CbcShaCiphersEnabled: false,
  tlsRsaWithAes256GcmSha384CiphersEnabled: false,
  tripleDesCiphersEnabled: false,
};

/**
 * TLS 1.2 or later, towards consumers and backends. All ciphers that azurerm can turn off are off: those without forward secrecy
 * and those with CBC and SHA-1. Consumption has no settings for ciphers and for SSL 3.0 towards consumers: the service decides.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-howto-manage-protocols-ciphers
 */
export function tlsSecurity(sku: ApimSku): ApiManagementSecurity {
  return tierHas(sku._tier, "cipherSettings") ? { ...PROTOCOLS, frontendSsl30Enabled: false, ...CIPHERS } : PROTOCOLS;
}

/** Guards the TLS settings of a created gateway, the certificates that it trusts, and how closed its network is. */
export function guardGateway(
  service: ApiManagement,
  network: NetworkSettings,
  certificates?: readonly ApiManagementCertificate[],
): void {
  const security = Object.entries(azurerm.apiManagementSecurityToTerraform(service.securityInput));
  const { publicNetworkAccessEnabled, virtualNetworkType } = network;
  guard(service, {
    attributes: {
      ...ONCE,
      // Older names of the settings, and those that the tier does not have, are absent.
      ...Object.fromEntries(security.map(([name, value]) => [`security.${name}`, oneOf(value, false)])),
      ...(publicNetworkAccessEnabled === false && { public_network_access_enabled: false }),
      ...(virtualNetworkType !== undefined && { virtual_network_type: oneOf(virtualNetworkType, "Internal") }),
    },
    changed: (attributes) =>
      finding(
        "gateway-security-changed",
        `The gateway "${service.node.path}" was changed after it was created, so it could accept an old TLS version or a weak cipher, ` +
          `or calls from networks that you excluded.`,
        `Remove what changes ${attributes} on it (a setter, addOverride, an aspect). To choose other settings, declare an ` +
          `ApiManagement object and write ApimGateway.fromApiManagement(...).`,
      ),
  });
  guard(service, {
    attributes: { certificate: certificates?.map(azurerm.apiManagementCertificateToTerraform) },
    changed: (attributes) =>
      finding(
        "trusted-certificates-changed",
        `The certificates that the gateway "${service.node.path}" trusts were changed after it was created, so it could send its tokens to a ` +
          `server that only looks like a backend.`,
        `Remove what changes ${attributes} on it (a setter, addOverride, an aspect). Write caCertificates: [CaCertificate.fromFile("...")] on ` +
          `the ApimGateway.`,
      ),
  });
}
