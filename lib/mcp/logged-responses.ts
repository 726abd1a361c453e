import { TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { keyOf, serviceTexts } from "../api/declared-apis";
import { fail, finding } from "../core/fail";
import { lookupOf } from "../core/lookup";
import { renderedAttributes } from "../core/rendered";
import { resourcesIn, surveyOf } from "../core/survey";
import { resolved } from "../core/tokens";
import { ApiDiagnostics } from "../diagnostics/api-diagnostics";
import { ServerPlace } from "./server-api";

const OF_API = "azurerm_api_management_api_diagnostic";
const OF_SERVICE = "azurerm_api_management_diagnostic";

/** Refuses diagnostics of an MCP server that log bodies: API Management would collect each response for them. */
export function checkDiagnostics(scope: Construct, diagnostics: readonly ApiDiagnostics[]): void {
  if (!Array.isArray(diagnostics)) return;
  const logging = diagnostics.find((each: ApiDiagnostics | undefined) => each?._logsBodies);
  if (logging)
    fail(
      scope,
      "mcp-bodies-logged",
      `The diagnostics in ${logging._destination} log bodies, so API Management collects each response, and the MCP server cannot send events.`,
      "Remove .logBodies(...). To log what tools do, write it on the API whose operations are the tools.",
    );
}

/** Makes it an error at synth that other diagnostics of the stack log bodies of responses: for the server, or for all APIs. */
export function forbidLoggedResponses(
  scope: Construct,
  { gateway, apiName }: ServerPlace,
  server: TerraformResource,
): void {
  const stack = TerraformStack.of(scope);
  const found = surveyOf(stack, "response-logs-by-api", () => lookupOf(responseLogsIn(stack), keysOf));
  scope.node.addValidation({
    validate: () => {
      const names = [apiName, server.getStringAttribute("name")].map((name) => resolved(scope, name));
      const keys = serviceTexts(scope, gateway).flatMap((service) => [
        ...keyOf(service),
        ...names.flatMap((name) => keyOf(service, name)),
      ]);
      return found()(keys).map((resource) =>
        finding(
          "mcp-response-logged",
          `The diagnostics "${resource.node.path}" log bodies of responses, so API Management collects the responses of the MCP server ` +
            `"${scope.node.path}", which then cannot send events.`,
          "Set body_bytes = 0 in frontend_response and backend_response. Log bodies in the diagnostics of single APIs.",
        ),
      );
    },
  });
}

function responseLogsIn(stack: TerraformStack): TerraformResource[] {
  return resourcesIn(stack, OF_API, OF_SERVICE).filter((resource) => {
    const { frontend_response, backend_response } = renderedAttributes(resource);
    return [frontend_response, backend_response].flat().some((response) => Number(response?.body_bytes ?? 0) !== 0);
  });
}

/** The service, or the API and its service. */
function keysOf(resource: TerraformResource): string[] {
  const { api_management_name, api_name } = renderedAttributes(resource);
  const [service, name] = [api_management_name, api_name].map((each) => resolved(resource, each));
  return resource.terraformResourceType === OF_SERVICE ? keyOf(service) : keyOf(service, name);
}
