import type { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import type {
  ApiManagementCustomDomain,
  ApiManagementCustomDomainGateway,
} from "@cdktf/provider-azurerm/lib/api-management-custom-domain";
import type { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Precondition } from "cdktf";
import { AzureRole, checkedRole } from "../azure/azure-role";
import { serviceEndpoint } from "../azure/clouds/addresses";
import { AZURE_NAMES } from "../azure/names";
import { IKeyVaultRef, requireReachableVault, requireVaultRoles } from "../azure/refs/key-vault";
import { matchesAtPlan } from "../core/at-plan";
import { conditionMessage, fail, finding } from "../core/fail";
import { requireGiven, requireList } from "../core/given";
import { guard, ONCE } from "../core/guard";
import { checkName } from "../core/names";
import { repeated } from "../core/repeated";
import { isToken } from "../core/tokens";
import { PropertyNames, requireOnly } from "../core/property-names";
import { Construct } from "constructs";
import { GatewayBase } from "./gateway-base";
import { liveOn } from "./gateway-child";
import { assignGatewayRole } from "./gateway-role";
import { NAME_RULES } from "./name-rules";
import { requireTier } from "./tiers";
import { azurerm } from "../providers/azurerm";

/** A host name of yours that consumers call, with its certificate in a key vault. */
export interface CustomDomain {
  /**
   * The host name, such as `api.contoso.com`, without `https://` and wildcards. Create a CNAME record for it that points to the host name that
   * Azure gives the service: the host of `gateway.apiManagement.gatewayUrl`.
   */
  readonly hostName: string;

  /** The key vault that contains the certificate. It must use Azure roles, unless `role` is managed elsewhere. */
  readonly keyVault: IKeyVaultRef;

  /**
   * Name of the certificate in the vault, whose private key must be exportable (PKCS #12). API Management uses the newest version, and looks
   * for a new one every four hours. If it is the `name` of your `KeyVaultCertificate` object, Terraform creates the certificate first.
   *
   * @see https://learn.microsoft.com/azure/api-management/configure-custom-domain
   */
  readonly certificateName: string;

  /**
   * Whether clients that send no host name (SNI) get this certificate. One of the domains can have it.
   *
   * @default - true for the first domain, unless another one has it
   */
  readonly defaultSslBinding?: boolean;

  /**
   * Whether the gateway asks every caller for a client certificate when the connection begins. Policies still decide whether they accept it.
   * Not available on Consumption.
   *
   * @default false
   * @see https://learn.microsoft.com/azure/api-management/api-management-howto-mutual-certificates-for-clients
   */
  readonly negotiateClientCertificate?: boolean;

  /**
   * The role that the gateway's identity gets on the secret of the certificate.
   *
   * @default AzureRole.KEY_VAULT_SECRETS_USER
   */
  readonly role?: AzureRole;
}

/** The names of its properties. */
const CUSTOM_DOMAIN: PropertyNames<CustomDomain> = {
  certificateName: true,
  hostName: true,
  keyVault: true,
  defaultSslBinding: true,
  negotiateClientCertificate: true,
  role: true,
};

const EXAMPLE = 'customDomains: [{ hostName: "api.contoso.com", keyVault, certificateName: "api" }]';

/** The host names of a new gateway, if they are valid. */
export function checkedDomains(scope: Construct, skuName: string, domains?: CustomDomain[]): CustomDomain[] {
  if (domains === undefined) return [];
  requireList(scope, "customDomains", domains, EXAMPLE);
  domains.forEach((domain) => checkDomain(scope, skuName, domain));
  if (domains.length > 1)
    requireTier(scope, { skuName }, "severalDomains", {
      what: "A list of several customDomains",
      instead: "keep one of them",
    });
  const names = domains.map(({ hostName }) => hostName.toLowerCase());
  const [twice] = repeated(names, (name) => name);
  if (twice)
    fail(scope, "repeated-custom-domain", `customDomains has "${twice[0]}" more than once.`, "Keep one of them.");
  const bound = domains.filter(({ defaultSslBinding }) => defaultSslBinding === true);
  if (bound.length > 1)
    fail(
      scope,
      "several-default-domains",
      `"${bound[0].hostName}" and "${bound[1].hostName}" both have defaultSslBinding, but clients without SNI can get only one certificate.`,
      "Set defaultSslBinding: true on one of them.",
    );
  return domains;
}

function checkDomain(scope: Construct, skuName: string, domain: CustomDomain): void {
  requireOnly(scope, "an entry of customDomains", domain, { names: CUSTOM_DOMAIN, example: EXAMPLE });
  requireGiven(scope, domain, { name: "a custom domain", texts: ["hostName", "certificateName"], example: EXAMPLE });
  const { hostName, keyVault, negotiateClientCertificate } = domain;
  checkName(scope, NAME_RULES.hostName, hostName, hostName.replace(/^https?:\/\//i, "").split("/")[0]);
  requireGiven(scope, keyVault, {
    name: "keyVault",
    texts: ["id", "vaultUri"],
    example: "your KeyVault object, or KeyVaultRef.fromAttributes({ id, vaultUri })",
  });
  checkName(scope, AZURE_NAMES.vaultCertificate, domain.certificateName);
  if (negotiateClientCertificate)
    requireTier(scope, { skuName }, "clientCertificateNegotiation", {
      what: "negotiateClientCertificate",
      instead: "omit it, and set gateway.apiManagement.clientCertificateEnabled = true",
    });
}

/** Host names as a resource of its own, and the roles that it takes. */
interface CreatedDomains {
  readonly customDomain: ApiManagementCustomDomain;
  readonly roleAssignments: RoleAssignment[];
}

/**
 * Binds host names to a new gateway, after the gateway's identity has its role on the certificates. The service itself cannot have
 * them: a system-assigned identity has no role anywhere before the service exists.
 *
 * @see docs/design/decisions.md#custom-domains-after-the-role
 */
export function createDomains(
  gateway: GatewayBase,
  service: ApiManagement,
  domains: readonly CustomDomain[],
): CreatedDomains {
  const roleAssignments = [...new Set(domains.flatMap((domain) => assignRole(gateway, domain) ?? []))];
  const first = domains.find(({ defaultSslBinding }) => defaultSslBinding === true) ?? domains[0];
  const bound = domains.map((domain) => domainBlock(gateway, domain, domain === first));
  const precondition = domains.filter(({ hostName }) => isToken(hostName)).map(({ hostName }) => isHostName(hostName));
  const customDomain = new azurerm.ApiManagementCustomDomain(gateway, "CustomDomain", {
    apiManagementId: service.id,
    gateway: bound,
    provider: gateway.provider,
    dependsOn: roleAssignments.length > 0 ? roleAssignments : undefined,
    lifecycle: precondition.length > 0 ? { precondition } : undefined,
  });
  liveOn(customDomain, gateway);
  guard(customDomain, {
    attributes: { ...ONCE, gateway: bound.map(azurerm.apiManagementCustomDomainGatewayToTerraform) },
    changed: (attributes) =>
      finding(
        "custom-domain-changed",
        `The custom domains "${customDomain.node.path}" were changed after they were created, so a certificate could come from elsewhere, ` +
          `or its private key could be in the Terraform state.`,
        `Remove what changes ${attributes} on it (addOverride, an aspect). Write customDomains: [...] on the ApimGateway.`,
      ),
  });
  guard(service, {
    attributes: { hostname_configuration: undefined },
    changed: (attributes) =>
      finding(
        "domains-set-twice",
        `The gateway "${service.node.path}" has customDomains, and was given host names in another way too. azurerm would set one, then ` +
          `the other, at every apply.`,
        `Remove what changes ${attributes} on it (a setter, addOverride, an aspect). Write all host names in customDomains. For the developer ` +
          `portal and the other endpoints, use gateway.customDomain, such as gateway.customDomain.putDeveloperPortal([...]).`,
      ),
  });
  return { customDomain, roleAssignments };
}

/** Without a version: API Management would never take a new certificate. */
function secretIdOf(scope: Construct, { keyVault, certificateName }: CustomDomain): string {
  return `${serviceEndpoint(scope, keyVault.vaultUri, "keyVault")}/secrets/${certificateName}`;
}

function assignRole(gateway: GatewayBase, domain: CustomDomain): RoleAssignment | undefined {
  const { keyVault, certificateName, role = AzureRole.KEY_VAULT_SECRETS_USER } = domain;
  if (gateway.identity._userAssigned) requireReachableVault(gateway, keyVault);
  const name = checkedRole(gateway, role)._bind(gateway);
  if (name === undefined) return undefined;
  requireVaultRoles(
    gateway,
    keyVault,
    'give the gateway an access policy and write role: AzureRole.managedElsewhere("...") on the custom domain',
  );
  const roleScope = `${keyVault.id}/secrets/${certificateName}`;
  return assignGatewayRole(gateway, gateway, { name, resource: keyVault, roleScope, url: secretIdOf(gateway, domain) });
}

function domainBlock(gateway: GatewayBase, domain: CustomDomain, isDefault: boolean): ApiManagementCustomDomainGateway {
  return {
    hostName: domain.hostName,
    keyVaultCertificateId: secretIdOf(gateway, domain),
    sslKeyvaultIdentityClientId: gateway.identity._userAssigned?.clientId,
    defaultSslBinding: isDefault,
    negotiateClientCertificate: domain.negotiateClientCertificate ?? false,
  };
}

function isHostName(hostName: string): Precondition {
  return {
    condition: matchesAtPlan(hostName, /^(?:[0-9A-Za-z-]+[.])+[0-9A-Za-z-]+$/),
    errorMessage: conditionMessage(
      "custom-domain-at-plan",
      "The hostName of a custom domain must be a host name, whatever its variables contain.",
      "Use a name such as api.contoso.com, without https:// and wildcards.",
    ),
  };
}
