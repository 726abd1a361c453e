import { Construct } from "constructs";
import {
  ApiManagementApiDiagnostic,
  ApiManagementApiDiagnosticFrontendRequest,
  apiManagementApiDiagnosticFrontendRequestToTerraform,
} from "@cdktf/provider-azurerm/lib/api-management-api-diagnostic";
import { ApiSurfaceConfig } from "../api/api-surface";
import { guard, guardLifecycle, ONCE } from "../core/guard";
import { dependenciesWithin, replacedWith } from "../core/dependencies";
import { IApimGateway, onGateway } from "../gateway/gateway";
import { IApimLogger } from "./apim-logger";
import { Contents, Message, masksChanged } from "./contents";

/** Creates the diagnostics of an API in Application Insights. */
export function createApplicationInsightsDiagnostic(
  scope: Construct,
  gateway: IApimGateway,
  api: ApiSurfaceConfig,
  logger: IApimLogger,
  contents: Contents,
): ApiManagementApiDiagnostic {
  const request = messageOf(contents.request);
  const response = messageOf(contents.response);
  const diagnostic = new ApiManagementApiDiagnostic(scope, "ApplicationInsights", {
    identifier: "applicationinsights",
    apiName: api.apiName,
    ...onGateway(gateway),
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
  // A request and a response have one shape on both legs.
  const [ofRequest, ofResponse] = [request, response].map(apiManagementApiDiagnosticFrontendRequestToTerraform);
  guardLifecycle(diagnostic);
  guard(diagnostic, {
    attributes: {
      ...ONCE,
      frontend_request: ofRequest,
      frontend_response: ofResponse,
      backend_request: ofRequest,
      backend_response: ofResponse,
    },
    changed: () => masksChanged(diagnostic.node.path),
  });
  return diagnostic;
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
