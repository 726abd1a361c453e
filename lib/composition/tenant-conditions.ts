import { Fn, Op, Precondition } from "cdktf";
import { Construct } from "constructs";
import { CLIENT_CONFIG } from "../azure/names";
import { matchesAtPlan } from "../core/at-plan";
import { conditionMessage, fail } from "../core/fail";
import { GUID } from "../core/ids";
import { asArgument, identityOf, isToken } from "../core/tokens";
import { IAppRegistration } from "../entra/registration";
import { IApimGateway } from "../gateway/gateway";

/** The tenant that the provider of the stack is signed in to. A data source of the user can have another provider. */
const SIGNED_IN = `\${data.azurerm_client_config.${CLIENT_CONFIG}.tenant_id}`;

/**
 * Makes sure that a registration is in the tenant of the gateway: a managed identity gets no token of another tenant. A tenant that is
 * given by its domain cannot be compared.
 *
 * @see https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identities-faq
 */
export function tenantConditions(
  scope: Construct,
  gateway: IApimGateway,
  registration: IAppRegistration | undefined,
): Precondition[] {
  if (registration === undefined) return [];
  const { tenantId } = registration;
  const isDefault = identityOf(scope, tenantId) === SIGNED_IN;
  // With one provider, the gateway and the registration are in its tenant.
  if (isDefault && gateway.provider === undefined) return [];
  const ofGateway = gateway.identityTenantId;
  if (ofGateway === undefined || (!isToken(tenantId) && !GUID.test(tenantId))) return [];
  if (![tenantId, ofGateway].some(isToken)) {
    if (GUID.test(ofGateway) && tenantId.toLowerCase() !== ofGateway.toLowerCase())
      fail(
        scope,
        "registration-of-another-tenant",
        `The registration "${registration.node.path}" is in the tenant "${tenantId}", but the identity of the gateway is in "${ofGateway}". ` +
          "A managed identity gets no token of another tenant.",
        REMEDY,
      );
    return [];
  }
  const [one, other] = [tenantId, ofGateway].map((tenant) => asArgument(tenant));
  const isSame = Op.eq(Fn.lower(one), Fn.lower(other));
  return [
    {
      condition: isToken(tenantId) && !isDefault ? Op.or(Op.not(matchesAtPlan(tenantId, GUID)), isSame) : isSame,
      errorMessage: conditionMessage(
        "registration-tenant-at-plan",
        "The app registration of the backend is in another tenant than the identity of the gateway. A managed identity gets no token of " +
          "another tenant.",
        REMEDY,
      ),
    },
  ];
}

const REMEDY =
  "Use a registration in the tenant of the gateway, and that tenant as tenantId of AppRegistration.fromAttributes(...).";
