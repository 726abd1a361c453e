import { ApiManagement, ApiManagementConfig } from "@cdktf/provider-azurerm/lib/api-management";
import { DataAzurermKeyVault } from "@cdktf/provider-azurerm/lib/data-azurerm-key-vault";
import { TerraformStack } from "cdktf";
import { ApimGateway, ApimSku, GatewayIdentity, IApimGateway } from "cdktf-secure-apim-backend";
import { GROUP } from "../helpers/synth";

/** A user-assigned identity of the gateway. */
export const IDENTITY = {
  id: "/subscriptions/s/identity",
  principalId: "11111111-2222-3333-4444-555555555555",
  clientId: "99999999-2222-3333-4444-555555555555",
};
/** What a new gateway takes. */
export const NEW = { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" };
const EXISTING = { apimName: "contoso", resourceGroupName: "platform" };
const identity = GatewayIdentity.userAssigned(IDENTITY);

/** A key vault with the gateway's certificates. */
function vaultIn(stack: TerraformStack): DataAzurermKeyVault {
  return new DataAzurermKeyVault(stack, "Certificates", { name: "contoso", resourceGroupName: "platform" });
}

/** A service that the app declares with azurerm. */
export function ownService(
  stack: TerraformStack,
  id: string,
  config: Partial<ApiManagementConfig> & Pick<ApiManagementConfig, "name">,
): ApiManagement {
  return new ApiManagement(stack, id, {
    resourceGroupName: GROUP.name,
    location: GROUP.location,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    skuName: "Developer_1",
    ...config,
  });
}

/** A kind of gateway. */
export interface Gateway {
  /** The tier is that of a new gateway. */
  readonly make: (stack: TerraformStack, sku?: ApimSku) => IApimGateway;
  /** Object id that comes in. */
  readonly caller: string;
}

/** Every kind of gateway. */
export const GATEWAYS: Record<string, Gateway> = {
  "a new gateway with its system-assigned identity": {
    make: (stack, sku) => new ApimGateway(stack, "Gateway", { ...NEW, sku }),
    caller: "${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}",
  },
  "a new gateway with a user-assigned identity": {
    make: (stack, sku) => new ApimGateway(stack, "Gateway", { ...NEW, sku, identity }),
    caller: IDENTITY.principalId,
  },
  "an existing gateway with its system-assigned identity": {
    make: (stack) => ApimGateway.fromLookup(stack, "Gateway", EXISTING),
    caller: "${data.azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}",
  },
  "an existing gateway with a user-assigned identity": {
    make: (stack) => ApimGateway.fromLookup(stack, "Gateway", { ...EXISTING, identity }),
    caller: IDENTITY.principalId,
  },
  "a new gateway in two regions with a custom domain": {
    make: (stack) =>
      new ApimGateway(stack, "Gateway", {
        ...NEW,
        sku: ApimSku.PREMIUM,
        additionalLocations: [{ location: "northeurope" }],
        customDomains: [{ hostName: "api.contoso.com", keyVault: vaultIn(stack), certificateName: "api" }],
      }),
    caller: "${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}",
  },
  "an existing gateway with a custom domain": {
    make: (stack) => ApimGateway.fromLookup(stack, "Gateway", { ...EXISTING, gatewayUrl: "https://api.contoso.com" }),
    caller: "${data.azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}",
  },
  "a gateway known by its attributes": {
    make: (stack) =>
      ApimGateway.fromAttributes(stack, "Gateway", {
        ...EXISTING,
        sku: ApimSku.BASIC_V2,
        principalId: IDENTITY.principalId,
      }),
    caller: IDENTITY.principalId,
  },
};
