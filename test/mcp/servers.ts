import { Construct } from "constructs";
import {
  ApimMcpServer,
  ApiSurface,
  AppRuntime,
  Audience,
  Backend,
  HttpMethod,
  IApimGateway,
  McpAccess,
  McpSource,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { GROUP } from "../helpers/synth";

const GUID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const access = McpAccess.entraToken({ tenantId: GUID, audiences: [GUID], clientIds: [GUID], scopes: ["Mcp.Access"] });
const OPERATION = { method: HttpMethod.GET, urlTemplate: "/orders", operationId: "get-orders" };
const TOOLS = [{ name: "list_orders", description: "Lists the orders.", operationId: "get-orders" }];

/** Both kinds of MCP servers. Their names on the gateway are those of the constructs. */
export const MCP_SERVERS: Readonly<Record<string, (scope: Construct, id: string, gateway: IApimGateway) => void>> = {
  "MCP server in an app": (scope, id, gateway) => {
    const source = McpSource.backend(Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") }));
    new ApimMcpServer(scope, id, { gateway, source, access });
  },
  "MCP server with tools": (scope, id, gateway) => {
    const backend = Backend.url("https://orders.contoso.com", Audience.clientId(GUID));
    const api = new SecureApimBackend(scope, `${id}Tools`, {
      gateway,
      backend,
      surface: ApiSurface.operations([OPERATION]),
      callers: { allowed: [gateway] },
    });
    new ApimMcpServer(scope, id, { gateway, source: McpSource.operations(api, TOOLS), access });
  },
};
