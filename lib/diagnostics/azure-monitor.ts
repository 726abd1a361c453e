import { dependable } from "cdktf";
import { Construct } from "constructs";
import { ApiSurfaceConfig, apiIdOn } from "../api/api-surface";
import { AzapiResource } from "../azure/azapi";
import { dependenciesWithin } from "../core/dependencies";
import { IApimGateway } from "../gateway/gateway";
import { liveOn } from "../gateway/gateway-child";
import { requireTier } from "../gateway/tiers";
import { loggerIdOn } from "./apim-logger";
import { Contents, Message } from "./contents";
import { guardMasks } from "./masks";

/** The logger that every service has for its diagnostic settings. */
const LOGGER = "azuremonitor";

const AZURE_MONITOR = { what: "Logging to Azure Monitor", instead: "log to Application Insights" };

/**
 * Creates the diagnostics of an API in Azure Monitor, with azapi: azurerm always sends a name format for operations, and rejects it for
 * this destination.
 *
 * @see https://learn.microsoft.com/azure/templates/microsoft.apimanagement/service/apis/diagnostics
 * @see docs/design/decisions.md#diagnostics-through-azapi
 */
export function createAzureMonitorDiagnostic(
  scope: Construct,
  gateway: IApimGateway,
  api: ApiSurfaceConfig,
  contents: Contents,
): AzapiResource {
  const precondition = requireTier(scope, gateway, "azureMonitor", AZURE_MONITOR);
  const leg = { request: messageOf(contents.request), response: messageOf(contents.response) };
  const diagnostic = new AzapiResource(scope, "AzureMonitor", {
    resourceType: "azapi_resource",
    type: "Microsoft.ApiManagement/service/apis/diagnostics@2022-08-01",
    name: "azuremonitor",
    parentId: apiIdOn(gateway, api.apiName),
    body: {
      properties: {
        loggerId: loggerIdOn(gateway, LOGGER),
        sampling: { samplingType: "fixed", percentage: contents.samplingPercentage },
        ...(contents.alwaysLogErrors && { alwaysLog: "allErrors" }),
        logClientIp: contents.logClientIp,
        verbosity: contents.verbosity,
        frontend: leg,
        backend: leg,
      },
    },
  });
  diagnostic.dependsOn = dependenciesWithin(scope, api.dependencies).map(dependable);
  if (precondition.length > 0) diagnostic.lifecycle = { precondition };
  liveOn(diagnostic, gateway, { lostWith: api.replaceTriggers });
  guardMasks(diagnostic, {
    body: diagnostic.settings.body,
    sensitive_body: undefined,
    sensitive_body_version: undefined,
  });
  return diagnostic;
}

function messageOf({ bodyBytes, headers, headerMasks, queryMasks }: Message): object {
  return { body: { bytes: bodyBytes }, headers, dataMasking: { headers: headerMasks, queryParams: queryMasks } };
}
