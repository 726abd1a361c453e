import { CLOUDS, inAllClouds, isAtOrBelow } from "../../azure/clouds/hosts";
import { hostOf } from "../../rules/model/host";

const SIGN_IN = [...inAllClouds(({ signIn }) => signIn), CLOUDS.public.issuerOfVersion1, CLOUDS.china.issuerOfVersion1];
const DEPLOYED_TENANT = /azurerm_client_config\.[\w-]+\.tenant_id/;

/** Whether a host is of Entra ID. */
export function isEntraHost(host: string): boolean {
  return SIGN_IN.some((each) => isAtOrBelow(host, each));
}

/** Whether a tenant is none of its own: tokens of all tenants, or of personal accounts, have such an issuer. */
export function isAnyTenant(tenant: string): boolean {
  return /^(?:common|organizations|consumers|\{tenantid\})$/i.test(tenant);
}

/** Whether tokens of any tenant have an issuer. */
export function isOfAnyTenant(issuer: string): boolean {
  return issuerLabel(issuer) === ANY_TENANT;
}

const ANY_TENANT = "any tenant of Entra ID";

/** How texts name a tenant. */
export function tenantName(tenant: string): string {
  if (isAnyTenant(tenant)) return ANY_TENANT;
  if (DEPLOYED_TENANT.test(tenant)) return "the tenant of the deployment";
  return `the tenant ${tenant.replace(/^\$\{([^}]*)\}$/, "$1")}`;
}

/** How texts name an issuer: by its tenant if it is Entra ID, and by its address otherwise. */
export function issuerLabel(issuer: string): string {
  const [, tenant] = /^https:[/]{2}[^/$]+\/(\$\{[^}]*\}|[^/]+)/.exec(issuer) ?? [];
  return tenant !== undefined && isEntraHost(hostOf(issuer)) ? tenantName(tenant) : issuer;
}
