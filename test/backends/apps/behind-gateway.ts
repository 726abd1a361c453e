import { TerraformStack } from "cdktf";
import { ApplicationInsights } from "@cdktf/provider-azurerm/lib/application-insights";
import { ApimGateway, AppRuntime, IApimBackend, IApimGateway, SecureApimBackend } from "cdktf-secure-apim-backend";
import { GROUP } from "../../helpers/synth";

/** What every app that is created takes. */
export const CREATED = { resourceGroup: GROUP, runtime: AppRuntime.node("22") };

/** The gateway of a stack, created with the first call. */
export function gatewayOf(stack: TerraformStack): IApimGateway {
  const existing = stack.node.tryFindChild("Gateway") as ApimGateway | undefined;
  const owner = { publisherName: "Contoso", publisherEmail: "api@contoso.com" };
  return existing ?? new ApimGateway(stack, "Gateway", { resourceGroup: GROUP, ...owner });
}

/** Puts a backend behind the gateway of the stack. */
export function secure(stack: TerraformStack, backend: IApimBackend, id = "Orders"): SecureApimBackend {
  return new SecureApimBackend(stack, id, { gateway: gatewayOf(stack), backend });
}

/** An Application Insights component of the stack. */
export function insightsIn(stack: TerraformStack): ApplicationInsights {
  return new ApplicationInsights(stack, "Insights", {
    name: "orders",
    resourceGroupName: GROUP.name,
    location: GROUP.location,
    applicationType: "web",
  });
}
export const CONNECTION_STRING = "${azurerm_application_insights.Insights.connection_string}";
