import { ApiManagementSecurity } from "@cdktf/provider-azurerm/lib/api-management";
import { ApimSku } from "./apim-sku";

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
 * TLS 1.2 at least, towards consumers and backends, and every cipher off that azurerm can switch off: those without forward
 * secrecy and those with CBC and SHA-1. Consumption has no settings for ciphers and SSL 3.0 towards consumers: there the
 * service itself decides.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-howto-manage-protocols-ciphers
 */
export function tlsSecurity(sku: ApimSku): ApiManagementSecurity {
  return sku._isConsumption ? PROTOCOLS : { ...PROTOCOLS, frontendSsl30Enabled: false, ...CIPHERS };
}
