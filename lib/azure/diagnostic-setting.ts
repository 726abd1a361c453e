import { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import { fail } from "../core/fail";
import { requireGiven, requireList } from "../core/given";
import { requireLiteral } from "../core/literal";
import { checkName } from "../core/names";
import { PropertyNames, requireOnly } from "../core/property-names";
import { repeated } from "../core/repeated";
import { AZURE_NAMES } from "./names";
import { ILogAnalyticsWorkspaceRef } from "./refs/log-analytics-workspace";
import { azurerm } from "../providers/azurerm";

/**
 * Where Azure Monitor sends logs and metrics of a resource. It has the properties of `diagnostic_settings` in Azure Verified Modules.
 * Name at least one destination.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings
 */
export interface DiagnosticSetting {
  /** Name of the setting, unique on the resource; a plain string. */
  readonly name: string;

  /**
   * Category groups of logs, such as `allLogs` or `audit`. Azure takes groups or categories, and not both.
   *
   * @default - `["allLogs"]`; none if you set `logCategories`
   */
  readonly logGroups?: string[];

  /**
   * Categories of logs, such as `AppServiceHTTPLogs`, instead of groups.
   *
   * @default - none
   */
  readonly logCategories?: string[];

  /**
   * Categories of metrics.
   *
   * @default - `["AllMetrics"]`
   */
  readonly metricCategories?: string[];

  /**
   * The Log Analytics workspace that receives them.
   *
   * @default - none
   */
  readonly workspace?: ILogAnalyticsWorkspaceRef;

  /**
   * Whether the workspace gets a table for each category (`Dedicated`) or one for all (`AzureDiagnostics`).
   *
   * @default - what the service of the resource chooses
   */
  readonly logAnalyticsDestinationType?: string;

  /**
   * Resource ID of the storage account that receives them.
   *
   * @default - none
   */
  readonly storageAccountResourceId?: string;

  /**
   * Resource ID of the authorization rule of the event hub that receives them.
   *
   * @default - none
   */
  readonly eventHubAuthorizationRuleResourceId?: string;

  /**
   * Name of the event hub.
   *
   * @default - one for each category
   */
  readonly eventHubName?: string;

  /**
   * Resource ID of the partner solution that receives them.
   *
   * @default - none
   */
  readonly marketplacePartnerResourceId?: string;
}

const EXAMPLE = 'diagnosticSettings: [{ name: "platform", workspace }]';

/**
 * Sends the logs and metrics of a resource to where its settings say.
 *
 * @param otherName name of another diagnostic setting that the resource has
 */
export function createDiagnosticSettings(
  scope: Construct,
  settings: readonly DiagnosticSetting[],
  resourceId: string,
  { provider, otherName }: { readonly provider?: TerraformProvider; readonly otherName?: string } = {},
): MonitorDiagnosticSetting[] {
  const given = requireList(scope, "diagnosticSettings", settings, EXAMPLE);
  if (given.length === 0) return [];
  const home = new Construct(scope, "DiagnosticSettings");
  const names = given.map((setting) => checkedName(home, setting));
  requireDistinct(home, otherName === undefined ? names : [otherName, ...names]);
  return given.map((setting) => createSetting(home, setting, { resourceId, provider }));
}

const NAMES: PropertyNames<DiagnosticSetting> = {
  name: true,
  logGroups: true,
  logCategories: true,
  metricCategories: true,
  workspace: true,
  logAnalyticsDestinationType: true,
  storageAccountResourceId: true,
  eventHubAuthorizationRuleResourceId: true,
  eventHubName: true,
  marketplacePartnerResourceId: true,
};
const ENTRY = "an entry of diagnosticSettings";

function checkedName(scope: Construct, setting: DiagnosticSetting): string {
  const { name } = requireGiven(scope, setting, { name: ENTRY, texts: ["name"], example: EXAMPLE });
  requireOnly(scope, ENTRY, setting, { names: NAMES, example: EXAMPLE });
  return checkName(
    scope,
    AZURE_NAMES.diagnosticSetting,
    requireLiteral(scope, "The name of a diagnostic setting", name),
  );
}

/** Azure ignores case in the names. */
function requireDistinct(scope: Construct, names: readonly string[]): void {
  const [setting] = repeated(names, (name) => name.toLowerCase());
  if (!setting) return;
  fail(
    scope,
    "diagnostic-setting-name-taken",
    `Two diagnostic settings are named "${setting[0]}".`,
    "Rename one of them.",
  );
}

function createSetting(
  scope: Construct,
  setting: DiagnosticSetting,
  { resourceId, provider }: { readonly resourceId: string; readonly provider?: TerraformProvider },
): MonitorDiagnosticSetting {
  const { name, workspace } = setting;
  if (workspace !== undefined)
    requireGiven(scope, workspace, { name: `workspace in ${ENTRY}`, texts: ["id"], example: EXAMPLE });
  const { storageAccountResourceId, eventHubAuthorizationRuleResourceId, marketplacePartnerResourceId } = setting;
  const destinations = {
    logAnalyticsWorkspaceId: workspace?.id,
    storageAccountId: storageAccountResourceId,
    eventhubAuthorizationRuleId: eventHubAuthorizationRuleResourceId,
    partnerSolutionId: marketplacePartnerResourceId,
  };
  if (Object.values(destinations).every((each) => each === undefined))
    fail(
      scope,
      "diagnostic-setting-without-destination",
      `The diagnostic setting "${name}" has no destination.`,
      `Set workspace, storageAccountResourceId, eventHubAuthorizationRuleResourceId or marketplacePartnerResourceId, for example ${EXAMPLE}.`,
    );
  const categories = listOf(scope, "logCategories", setting.logCategories, []);
  const groups = listOf(scope, "logGroups", setting.logGroups, categories.length === 0 ? ["allLogs"] : []);
  const metrics = listOf(scope, "metricCategories", setting.metricCategories, ["AllMetrics"]);
  if (categories.length > 0 && groups.length > 0)
    fail(
      scope,
      "log-groups-with-categories",
      `The diagnostic setting "${name}" has logGroups and logCategories, but Azure takes only one of them.`,
      "Remove one of them.",
    );
  if ([...categories, ...groups, ...metrics].length === 0)
    fail(
      scope,
      "diagnostic-setting-without-content",
      `The diagnostic setting "${name}" sends neither logs nor metrics.`,
      'Write logGroups: ["allLogs"] or metricCategories: ["AllMetrics"].',
    );
  return new azurerm.MonitorDiagnosticSetting(scope, name, {
    name,
    targetResourceId: resourceId,
    ...destinations,
    eventhubName: setting.eventHubName,
    logAnalyticsDestinationType: setting.logAnalyticsDestinationType,
    enabledLog: [
      ...groups.map((categoryGroup) => ({ categoryGroup })),
      ...categories.map((category) => ({ category })),
    ],
    enabledMetric: metrics.map((category) => ({ category })),
    provider,
  });
}

function listOf(scope: Construct, name: string, given: string[] | undefined, otherwise: string[]): string[] {
  return requireList(scope, `${name} in diagnosticSettings`, given ?? otherwise, `${name}: ["..."]`);
}
