import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import { AZURE_NAMES } from "../../azure/names";
import { ILogAnalyticsWorkspaceRef } from "../../azure/refs/log-analytics-workspace";
import { requireGiven } from "../../core/given";
import { checkName } from "../../core/names";
import { azurerm } from "../../providers/azurerm";

/** What a function app logs of who was let in and who was refused. It has no HTTP logs. */
const SIGN_IN = "AppServiceAuthenticationLogs";
const HTTP = "AppServiceHTTPLogs";

/** Sends the access logs of an app to a workspace. */
export function createAccessLog(
  scope: Construct,
  app: TerraformResource & { readonly id: string },
  workspace: ILogAnalyticsWorkspaceRef,
  name = "access",
): MonitorDiagnosticSetting {
  const { id } = requireGiven(scope, workspace, {
    name: "accessLogs",
    texts: ["id"],
    example: "accessLogs: your LogAnalyticsWorkspace object, or LogAnalyticsWorkspaceRef.fromAttributes({ id })",
  });
  const categories = app.terraformResourceType.includes("function_app") ? [SIGN_IN] : [SIGN_IN, HTTP];
  return new azurerm.MonitorDiagnosticSetting(scope, "AccessLog", {
    name: checkName(scope, AZURE_NAMES.diagnosticSetting, name),
    targetResourceId: app.id,
    logAnalyticsWorkspaceId: id,
    enabledLog: categories.map((category) => ({ category })),
  });
}
