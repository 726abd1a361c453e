import { ApiManagementSecurity } from "@cdktf/provider-azurerm/lib/api-management";
import { ApimSku } from "./apim-sku";
import { tierHas } from "./tiers";

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
