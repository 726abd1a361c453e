import { TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import {
  ApimGateway,
  ApiSurface,
  Backend,
  HttpMethod,
  PolicyDocument,
  PolicyStatement,
  SecureApimBackend,
  SignIn,
} from "cdktf-secure-apim-backend";

/** What `hand-written/main.tf` declares, taken over: nothing is destroyed, and no call fails. */
export class FromHandWritten extends TerraformStack {
  constructor(scope: Construct, id: string, signIn = SignIn.acceptBoth("open as before, until 2027-01-31, ADR 44")) {
    super(scope, id);
    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");

    // What you declare yourself, with the attributes that it has.
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", { name: "contoso-orders", location: "westeurope" });
    const here = { resourceGroupName: resourceGroup.name, location: resourceGroup.location };
    const apiManagement = new ApiManagement(this, "ApiManagement", {
      ...here,
      name: "contoso",
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      skuName: "BasicV2_1",
      identity: { type: "SystemAssigned" },
    });
    const plan = new ServicePlan(this, "Plan", { ...here, name: "contoso-orders", osType: "Linux", skuName: "P0v3" });
    const app = new LinuxWebApp(this, "OrdersApp", {
      ...here,
      name: "contoso-orders",
      servicePlanId: plan.id,
      httpsOnly: true,
      ftpPublishBasicAuthenticationEnabled: false,
      webdeployPublishBasicAuthenticationEnabled: false,
      siteConfig: { applicationStack: { nodeVersion: "22-lts" } },
    });

    // What the library declares, with the names that it has.
    const getOrder = {
      method: HttpMethod.GET,
      urlTemplate: "/orders/{id}",
      operationId: "get-order",
      displayName: "Get an order",
    };
    const orders = new SecureApimBackend(this, "Orders", {
      gateway: ApimGateway.fromApiManagement(this, "Gateway", apiManagement),
      backend: Backend.fromLinuxWebApp(app, { signIn }),
      backendEntityName: "orders-app",
      surface: ApiSurface.operations([getOrder], { apiName: "orders", path: "orders" }),
      policy: PolicyDocument.of(PolicyStatement.rateLimit(20, 90)),
    });

    // Terraform takes over each resource from its former address.
    resourceGroup.moveFromId("azurerm_resource_group.orders");
    apiManagement.moveFromId("azurerm_api_management.contoso");
    plan.moveFromId("azurerm_service_plan.orders");
    app.moveFromId("azurerm_linux_web_app.orders");
    orders.api?.moveFromId("azurerm_api_management_api.orders");
    orders.operations[0].moveFromId("azurerm_api_management_api_operation.get_order");
    orders.apiPolicy.moveFromId("azurerm_api_management_api_policy.orders");
    orders.backendEntity?.moveFromId("azurerm_api_management_backend.orders");

    new TerraformOutput(this, "api_url", { value: orders.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: orders.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: orders.apiId, staticId: true });
  }
}
