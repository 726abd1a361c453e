import { Construct } from "constructs";
import type { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { assignRole } from "../../azure/azure-role";
import { IApplicationInsightsRef } from "../../azure/refs/application-insights";
import { OsType } from "./app-service-plan";

/** The app sends its telemetry with its identity, so that the component's local authentication can be disabled. */
export const IDENTITY_AUTHENTICATED_TELEMETRY = { APPLICATIONINSIGHTS_AUTHENTICATION_STRING: "Authorization=AAD" };

/** Assigns the role that sending telemetry requires. */
export function assignTelemetryRole(
  scope: Construct,
  insights: IApplicationInsightsRef,
  principalId: string,
): RoleAssignment {
  return assignRole(scope, "MonitoringMetricsPublisher", {
    name: "Monitoring Metrics Publisher",
    on: insights.id,
    to: principalId,
  });
}

/**
 * App settings with which App Service monitors a web app without changes to its code. The functions host needs none of them.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/app/codeless-app-service
 */
export function webAppTelemetry(insights: IApplicationInsightsRef, osType: OsType): { [name: string]: string } {
  return {
    ...IDENTITY_AUTHENTICATED_TELEMETRY,
    APPLICATIONINSIGHTS_CONNECTION_STRING: insights.connectionString,
    ApplicationInsightsAgent_EXTENSION_VERSION: osType === "Windows" ? "~2" : "~3",
    ...(osType === "Windows" && { XDT_MicrosoftApplicationInsights_Mode: "recommended" }),
  };
}
