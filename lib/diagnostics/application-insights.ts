import { Construct } from "constructs";
import type {
  ApiManagementApiDiagnostic,
  ApiManagementApiDiagnosticFrontendRequest,
} from "@cdktf/provider-azurerm/lib/api-management-api-diagnostic";
import { ApiSurfaceConfig } from "../api/api-surface";
import { dependenciesWithin } from "../core/dependencies";
import { oneOf } from "../core/guard";
import { IApimGateway, onGateway } from "../gateway/gateway";
import { liveOn } from "../gateway/gateway-child";
import { IApimLogger } from "./apim-logger";
import { Contents, Message } from "./contents";
import { guardMasks } from "./masks";
import { azurerm } from "../providers/azurerm";

/** Creates the diagnostics of an API in Application Insights. */
export function createApplicationInsightsDiagnostic(
  scope: Construct,
  gateway: IApimGateway,
  api: ApiSurfaceConfig,
  logger: IApimLogger,
  contents: Contents,
): ApiManagementApiDiagnostic {
  const { request, response, ...settings } = contents;
  // A request and a response have one shape on both legs.
  const [frontendRequest, frontendResponse] = [request, response].map(messageOf);
  const diagnostic = new azurerm.ApiManagementApiDiagnostic(scope, "ApplicationInsights", {
    identifier: "applicationinsights",
    apiName: api.apiName,
    ...onGateway(gateway),
    apiManagementLoggerId: logger.loggerId,
    ...settings,
    httpCorrelationProtocol: "W3C",
    frontendRequest,
    frontendResponse,
    backendRequest: frontendRequest,
    backendResponse: frontendResponse,
    dependsOn: dependenciesWithin(scope, api.dependencies),
  });
  liveOn(diagnostic, gateway, { lostWith: api.replaceTriggers });
  const [ofRequest, ofResponse] = [frontendRequest, frontendResponse].map(
    azurerm.apiManagementApiDiagnosticFrontendRequestToTerraform,
  );
  guardMasks(diagnostic, {
    log_client_ip: oneOf(settings.logClientIp, false),
    frontend_request: ofRequest,
    frontend_response: ofResponse,
    backend_request: ofRequest,
    backend_response: ofResponse,
  });
  return diagnostic;
}

function messageOf(message: Message): ApiManagementApiDiagnosticFrontendRequest {
  const { bodyBytes, headers, headerMasks, queryMasks } = message;
  return {
    bodyBytes,
    headersToLog: headers.length > 0 ? headers : undefined,
    dataMasking: { headers: headerMasks, queryParams: queryMasks.length > 0 ? queryMasks : undefined },
  };
}
