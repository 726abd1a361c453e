import { dependable, ITerraformDependable, Fn, Precondition } from "cdktf";
import { Construct } from "constructs";
import { AzapiResource } from "../azure/azapi";
import { claim } from "../core/claims";
import { dependenciesWithin } from "../core/dependencies";
import { fail, finding } from "../core/fail";
import { guard } from "../core/guard";
import { asWritten } from "../core/terraform-template";
import { withoutEnd } from "../core/without-end";
import { IApimGateway } from "../gateway/gateway";
import { liveOn } from "../gateway/gateway-child";
import { requireTier } from "../gateway/tiers";
import { McpTool } from "./mcp-tool";

/**
 * The first version that has MCP servers and their tools. azurerm has neither, and the schemas of azapi 2 do not contain the version.
 *
 * @see https://learn.microsoft.com/azure/api-management/manage-mcp-servers-rest-api
 */
const VERSION = "2025-09-01-preview";

const MCP_SERVER = { what: "An MCP server", instead: "publish the API without an MCP server" };

/** Where an MCP server is on its gateway. */
export interface ServerPlace {
  readonly gateway: IApimGateway;
  readonly apiName: string;
  readonly path: string;
}

/** Claims the name and the paths of an MCP server, or of the document about it: an API at the path of its endpoint would get its requests. */
export function claimServer(scope: Construct, { gateway, apiName, path }: ServerPlace, endpoint = "/"): void {
  for (const claimed of new Set([path, withoutEnd(`${path}${endpoint}`, "/")])) {
    const pathOwner = claim(gateway, "path", claimed, scope);
    if (pathOwner !== undefined)
      fail(
        scope,
        "mcp-path-taken",
        `The path "${claimed}" on gateway "${gateway.node.path}" is already used by "${pathOwner}".`,
        'Choose another path: new ApimMcpServer(this, "...", { path: "..." }).',
      );
  }
  const nameOwner = claim(gateway, "name", apiName, scope);
  if (nameOwner !== undefined)
    fail(
      scope,
      "mcp-name-taken",
      `The API name "${apiName}" on gateway "${gateway.node.path}" is already used by "${nameOwner}".`,
      'Choose another name: new ApimMcpServer(this, "...", { apiName: "..." }).',
    );
}

/** Requires a gateway that has MCP servers: at synth, or by the returned conditions. */
export function requireMcpServers(scope: Construct, gateway: IApimGateway): Precondition[] {
  return requireTier(scope, gateway, "mcpServers", MCP_SERVER);
}

/**
 * Creates the API that is the MCP server.
 *
 * @param precondition what `requireMcpServers` returned
 */
export function createServerApi(
  scope: Construct,
  { gateway, apiName, path }: ServerPlace,
  properties: object,
  precondition: Precondition[],
): AzapiResource {
  const api = new AzapiResource(scope, "Resource", {
    resourceType: "azapi_resource",
    type: `Microsoft.ApiManagement/service/apis@${VERSION}`,
    name: apiName,
    parentId: gateway.apimId,
    body: { properties: { type: "mcp", path, protocols: ["https"], ...properties } },
    withoutSchema: true,
  });
  if (precondition.length > 0) api.lifecycle = { precondition };
  liveOn(api, gateway);
  guard(api, {
    attributes: api.settings,
    others: AzapiResource.OTHERS,
    changed: (attributes) =>
      finding(
        "mcp-server-changed",
        `The MCP server "${api.node.path}" was changed after it was created, so it could be open, or call something else.`,
        `Remove what changes ${attributes} on it (addOverride, an aspect). Write it on the ApimMcpServer: access, source, path.`,
      ),
  });
  return api;
}

/** What a tool belongs to. */
export interface ToolParents extends ServerPlace {
  readonly server: AzapiResource;
  readonly replaceTriggers: readonly string[];
}

/**
 * Creates a tool of an MCP server. The service refuses to change two tools of one server at the same time, so each locks the server. It
 * also refuses to delete an operation that a tool names, so a tool of another operation is another tool.
 */
export function createTool(
  scope: Construct,
  { name, description, operationId }: McpTool,
  { gateway, apiName, server, replaceTriggers }: ToolParents,
  dependencies: readonly ITerraformDependable[],
): AzapiResource {
  const tool = new AzapiResource(scope, `Tool-${name}`, {
    resourceType: "azapi_resource",
    type: `Microsoft.ApiManagement/service/apis/tools@${VERSION}`,
    name,
    parentId: server.id,
    body: {
      properties: {
        displayName: name,
        ...asWritten({ description }),
        operationId: Fn.join("/", [gateway.apimId, "apis", apiName, "operations", operationId]),
      },
    },
    withoutSchema: true,
    locks: [server.id],
    replacedBy: ["properties.operationId"],
  });
  tool.dependsOn = dependenciesWithin(scope, dependencies).map(dependable);
  liveOn(tool, gateway, { lostWith: replaceTriggers });
  guard(tool, {
    attributes: tool.settings,
    others: AzapiResource.OTHERS,
    changed: (attributes) =>
      finding(
        "mcp-tool-changed",
        `The tool "${tool.node.path}" was changed after it was created, so models could call another operation.`,
        `Remove what changes ${attributes} on it (addOverride, an aspect). Write it in the tools of the ApimMcpServer.`,
      ),
  });
  return tool;
}
