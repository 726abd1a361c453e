import { Construct } from "constructs";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { ApplicationInsightsRef } from "../application-insights-ref";
import { assignRole } from "./role";

/** The app sends its telemetry with its own identity, so that the component can have local authentication switched off. */
export const IDENTITY_AUTHENTICATED_TELEMETRY = { APPLICATIONINSIGHTS_AUTHENTICATION_STRING: "Authorization=AAD" };

/** The role that sending telemetry takes. */
export function allowTelemetry(
  scope: Construct,
  insights: ApplicationInsightsRef,
  principalId: string,
): RoleAssignment {
  return assignRole(scope, "MonitoringMetricsPublisher", {
    name: "Monitoring Metrics Publisher",
    on: insights.id,
    to: principalId,
  });
}
