import { Construct } from "constructs";
import {
  ApiManagementApiDiagnostic,
  ApiManagementApiDiagnosticFrontendRequest,
} from "@cdktf/provider-azurerm/lib/api-management-api-diagnostic";
import { ApiSurfaceConfig } from "../api/api-surface";
import { keepAttributes } from "../core/guards";
import { dependenciesWithin } from "../core/dependencies";
import { replacedWith } from "../core/replacement";
import { IApimGateway } from "../gateway/gateway";
import { IApimLogger } from "./apim-logger";
import { Contents, Message, masksChanged } from "./contents";

/** The diagnostics of an API that go to Application Insights. */
export function writeToApplicationInsights(
  scope: Construct,
  gateway: IApimGateway,
  api: ApiSurfaceConfig,
  logger: IApimLogger,
  contents: Contents,
): void {
  const request = messageOf(contents.request);
  const response = messageOf(contents.response);
  const diagnostic = new ApiManagementApiDiagnostic(scope, "ApplicationInsights", {
    identifier: "applicationinsights",
    apiName: api.apiName,
    apiManagementName: gateway.apimName,
    resourceGroupName: gateway.resourceGroupName,
    provider: gateway.provider,
    apiManagementLoggerId: logger.loggerId,
    samplingPercentage: contents.samplingPercentage,
    alwaysLogErrors: contents.alwaysLogErrors,
    logClientIp: contents.logClientIp,
    verbosity: contents.verbosity,
    httpCorrelationProtocol: "W3C",
    frontendRequest: request,
    frontendResponse: response,
    backendRequest: request,
    backendResponse: response,
    dependsOn: dependenciesWithin(scope, api.dependencies),
    lifecycle: replacedWith(api.replaceTriggers),
  });
  keepAttributes(diagnostic, /^(frontend|backend)_/, masksChanged);
}

function messageOf({
  bodyBytes,
  headers,
  headerMasks,
  queryMasks,
}: Message): ApiManagementApiDiagnosticFrontendRequest {
  return {
    bodyBytes,
    headersToLog: headers.length > 0 ? headers : undefined,
    dataMasking: { headers: headerMasks, queryParams: queryMasks.length > 0 ? queryMasks : undefined },
  };
}
