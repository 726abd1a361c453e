import { CLOUDS, inAllClouds, isAtOrBelow } from "../../azure/clouds/hosts";
import { hostOf } from "../../rules/model/app";

const SIGN_IN = [...inAllClouds(({ signIn }) => signIn), CLOUDS.public.issuerOfVersion1, CLOUDS.china.issuerOfVersion1];
const DEPLOYED_TENANT = /azurerm_client_config\.[\w-]+\.tenant_id/;

/** Whether a host is of Entra ID. */
export function isEntraHost(host: string): boolean {
  return SIGN_IN.some((each) => isAtOrBelow(host, each));
}

/** How texts name a tenant. */
export function tenantName(tenant: string): string {
  if (DEPLOYED_TENANT.test(tenant)) return "the tenant of the deployment";
  return `the tenant ${tenant.replace(/^\$\{([^}]*)\}$/, "$1")}`;
}

/** How texts name an issuer: by its tenant if it is Entra ID, and by its address otherwise. */
export function issuerLabel(issuer: string): string {
  const [, tenant] = /^https:[/]{2}[^/$]+\/(\$\{[^}]*\}|[^/]+)/.exec(issuer) ?? [];
  return tenant !== undefined && isEntraHost(hostOf(issuer)) ? tenantName(tenant) : issuer;
}
