import { TerraformStack } from "cdktf";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { ApimGateway, ApimSku, AppRegistration, Caller, GatewayIdentity } from "cdktf-secure-apim-backend";
import { all, GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";

const SERVICE = { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" };

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

function identity(): UserAssignedIdentity {
  return new UserAssignedIdentity(stack, "Identity", {
    name: "gateway",
    resourceGroupName: GROUP.name,
    location: GROUP.location,
  });
}

const service = (): Json => only(synth(stack), "azurerm_api_management");

describe("a new gateway", () => {
  test("is a Consumption service with an identity of its own, whose name is unique in all of Azure", () => {
    new ApimGateway(stack, "OrdersGateway", SERVICE);
    expect(service()).toEqual({
      name:
        'orders-gateway-${substr(sha256(join("/", [data.azurerm_client_config.SecureApimBackendClientConfig.subscription_id, ' +
        '"rg-orders", "app/OrdersGateway"])), 0, 10)}',
      resource_group_name: "rg-orders",
      location: "westeurope",
      publisher_name: "Contoso",
      publisher_email: "api@contoso.com",
      sku_name: "Consumption_0",
      identity: { type: "SystemAssigned" },
      security: {
        backend_ssl30_enabled: false,
        backend_tls10_enabled: false,
        backend_tls11_enabled: false,
        frontend_tls10_enabled: false,
        frontend_tls11_enabled: false,
      },
    });
  });

  test("has every weak protocol and cipher off where the tier lets one say so", () => {
    new ApimGateway(stack, "Gateway", { ...SERVICE, sku: ApimSku.DEVELOPER });
    const { security } = service();
    expect(Object.keys(security)).toHaveLength(17);
    expect(new Set(Object.values(security))).toEqual(new Set([false]));
  });

  test.each([
    [ApimSku.CONSUMPTION, "Consumption_0"],
    [ApimSku.DEVELOPER, "Developer_1"],
    [ApimSku.BASIC, "Basic_1"],
    [ApimSku.STANDARD, "Standard_1"],
    [ApimSku.PREMIUM, "Premium_1"],
    [ApimSku.BASIC_V2, "BasicV2_1"],
    [ApimSku.STANDARD_V2, "StandardV2_1"],
    [ApimSku.PREMIUM_V2, "PremiumV2_1"],
    [ApimSku.of("Premium", 12), "Premium_12"],
  ])("%# has the SKU name that azurerm wants", (sku, name) => {
    new ApimGateway(stack, "Gateway", { ...SERVICE, sku });
    expect(service().sku_name).toBe(name);
  });

  test("takes a user-assigned identity, and calls with it", () => {
    const gateway = new ApimGateway(stack, "Gateway", {
      ...SERVICE,
      identity: GatewayIdentity.userAssigned(identity()),
    });
    expect(service().identity).toEqual({
      type: "UserAssigned",
      identity_ids: ["${azurerm_user_assigned_identity.Identity.id}"],
    });
    expect(gateway.bindCaller(stack).label).toBe("Identity");
  });
});

describe("an existing gateway", () => {
  const EXISTING = { apimName: "contoso", resourceGroupName: "platform" };

  test("is read, and refused at plan without a system-assigned identity", () => {
    ApimGateway.fromExisting(stack, "Gateway", EXISTING);
    expect(service()).toEqual({
      name: "contoso",
      resource_group_name: "platform",
      lifecycle: {
        postcondition: [
          {
            condition: '${try(self.identity[0].principal_id, "") != ""}',
            error_message:
              'API Management "${self.name}" has no system-assigned managed identity, and cannot get tokens for its ' +
              "backends. Switch it on (portal: Security > Managed identities > System assigned), or write identity: " +
              "GatewayIdentity.userAssigned(...) with a user-assigned identity that the service has.",
          },
        ],
      },
    });
  });

  test("is refused at plan without the user-assigned identity that it should call with", () => {
    ApimGateway.fromExisting(stack, "Gateway", { ...EXISTING, identity: GatewayIdentity.userAssigned(identity()) });
    expect(service().lifecycle.postcondition).toEqual([
      {
        condition:
          "${contains([for id in try(self.identity[0].identity_ids, []) : lower(id)], " +
          "lower(azurerm_user_assigned_identity.Identity.id))}",
        error_message:
          'API Management "${self.name}" does not have the user-assigned identity ' +
          "${azurerm_user_assigned_identity.Identity.id}, and cannot get tokens with it. Add it (portal: Security > " +
          "Managed identities > User assigned), or name one that the service has.",
      },
    ]);
  });
});

test("a gateway and another caller with the same identity are one caller", () => {
  const shared = identity();
  const gateway = new ApimGateway(stack, "Gateway", { ...SERVICE, identity: GatewayIdentity.userAssigned(shared) });
  const registration = new AppRegistration(stack, "Registration");
  registration.grantInvoke(gateway);
  registration.grantInvoke(Caller.managedIdentity(shared));
  expect(Object.keys(all(synth(stack), "azuread_app_role_assignment"))).toHaveLength(1);
});
