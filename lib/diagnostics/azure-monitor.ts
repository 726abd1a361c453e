import { dependable } from "cdktf";
import { Construct } from "constructs";
import { ApiSurfaceConfig, apiIdOn } from "../api/api-surface";
import { AzapiResource } from "../azure/azapi";
import { keepAttributes, keepConditions } from "../core/guards";
import { dependenciesWithin } from "../core/dependencies";
import { replacedWith } from "../core/replacement";
import { IApimGateway } from "../gateway/gateway";
import { refuseConsumption } from "../gateway/tiers";
import { loggerIdOn } from "./apim-logger";
import { Contents, Message, masksChanged } from "./contents";

/** Every service has this logger, which stands for its diagnostic settings. */
const LOGGER = "azuremonitor";

/**
 * The diagnostics of an API that go to Azure Monitor, through azapi: azurerm sends a name format for operations with them, and
 * refuses itself to do so.
 *
 * @see https://learn.microsoft.com/azure/templates/microsoft.apimanagement/service/apis/diagnostics
 */
export function writeToAzureMonitor(
  scope: Construct,
  gateway: IApimGateway,
  api: ApiSurfaceConfig,
  contents: Contents,
): void {
  const precondition = refuseConsumption(scope, gateway, "Logging to Azure Monitor", "log to Application Insights");
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
  diagnostic.lifecycle = {
    ...replacedWith(api.replaceTriggers),
    ...(precondition.length > 0 && { precondition }),
  };
  keepConditions(diagnostic);
  keepAttributes(diagnostic, /body/, masksChanged);
}

function messageOf({ bodyBytes, headers, headerMasks, queryMasks }: Message): object {
  return { body: { bytes: bodyBytes }, headers, dataMasking: { headers: headerMasks, queryParams: queryMasks } };
}
