import { IApplicationInsightsRef } from "../../azure/refs/application-insights";
import { Construct } from "constructs";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { OsType } from "./app-service-plan";
import { assignRole } from "../../azure/role-assignment";

/** The app sends its telemetry with its own identity, so that the component can have local authentication switched off. */
export const IDENTITY_AUTHENTICATED_TELEMETRY = { APPLICATIONINSIGHTS_AUTHENTICATION_STRING: "Authorization=AAD" };

/** The role that sending telemetry takes. */
export function allowTelemetry(
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
 * App settings with which App Service watches a web app from outside of its code; the functions host needs none of them.
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
