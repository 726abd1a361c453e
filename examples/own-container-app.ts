import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { ContainerApp } from "@cdktf/provider-azurerm/lib/container-app";
import { ContainerAppEnvironment } from "@cdktf/provider-azurerm/lib/container-app-environment";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ApimGateway, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";

/** A container app that you declared yourself, with two active revisions: its sign-in is set, and nothing else on it. */
export class OwnContainerApp extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-own-container-app`,
      location: location.stringValue,
    });
    const environment = new ContainerAppEnvironment(this, "Environment", {
      name: `${prefix.stringValue}-invoices`,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
    });
    const app = new ContainerApp(this, "Invoices", {
      name: "invoices",
      resourceGroupName: resourceGroup.name,
      containerAppEnvironmentId: environment.id,
      revisionMode: "Multiple",
      ingress: {
        externalEnabled: true,
        allowInsecureConnections: false,
        targetPort: 80,
        trafficWeight: [{ latestRevision: true, percentage: 100 }],
      },
      template: {
        container: [{ name: "app", image: "mcr.microsoft.com/k8se/quickstart:latest", cpu: 0.5, memory: "1Gi" }],
      },
    });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    const invoices = new SecureApimBackend(this, "InvoicesApi", {
      gateway,
      backend: Backend.fromContainerApp(app),
    });

    new TerraformOutput(this, "api_url", { value: invoices.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: invoices.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
