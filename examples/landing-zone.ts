import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import {
  ApimGateway,
  ApimSku,
  AppRuntime,
  Backend,
  LockKind,
  LogAnalyticsWorkspaceRef,
  ManagementAccess,
  PrincipalType,
  PrivateDnsZoneRef,
  SecureApimBackend,
  SubnetRef,
} from "cdktf-secure-apim-backend";

/**
 * A gateway and an app as an Azure landing zone wants them: logs go to the central workspace, consumers in the network call through a
 * private endpoint whose DNS records Azure Policy adds, the teams have their roles, and nobody deletes anything by mistake.
 */
export class LandingZone extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });
    const subnetId = new TerraformVariable(this, "endpoint_subnet_id", { type: "string" });
    const workspaceId = new TerraformVariable(this, "workspace_id", { type: "string" });
    const supportGroup = new TerraformVariable(this, "support_group_id", { type: "string" });
    const supportRole = new TerraformVariable(this, "support_role", { type: "string", default: "Monitoring Reader" });
    const onCallGroup = new TerraformVariable(this, "on_call_group_id", { type: "string" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-landing-zone`,
      location: location.stringValue,
    });
    const subnet = SubnetRef.fromAttributes({ id: subnetId.stringValue });
    const workspace = LogAnalyticsWorkspaceRef.fromAttributes({ id: workspaceId.stringValue });
    const support = {
      key: "support",
      roleDefinitionIdOrName: supportRole.stringValue,
      principalId: supportGroup.stringValue,
      principalType: PrincipalType.GROUP,
    };

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      sku: ApimSku.STANDARD_V2,
      diagnosticSettings: [{ name: "platform", workspace }],
      privateEndpoints: [
        {
          subnet,
          privateDnsZone: PrivateDnsZoneRef.managedElsewhere("Azure Policy of the landing zone adds the records"),
        },
      ],
      roleAssignments: [support],
      lock: { kind: LockKind.CAN_NOT_DELETE },
    });
    const orders = new SecureApimBackend(this, "Orders", {
      gateway,
      backend: Backend.webApp({
        resourceGroup,
        runtime: AppRuntime.node("22"),
        diagnosticSettings: [{ name: "platform", workspace }],
        roleAssignments: [
          support,
          {
            key: "on-call",
            roleDefinitionIdOrName: "Website Contributor",
            principalId: onCallGroup.stringValue,
            principalType: PrincipalType.GROUP,
            managementAccess: ManagementAccess.acknowledged("the on-call group restarts the app, see ADR 12"),
          },
        ],
        lock: { kind: LockKind.CAN_NOT_DELETE },
      }),
    });

    new TerraformOutput(this, "api_url", { value: orders.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: orders.backendUrl, staticId: true });
  }
}
