import { Construct } from "constructs";
import { ApimSku, IApimGateway, SecureApimBackend } from "cdktf-secure-apim-backend";
import { MCP_SERVERS } from "../mcp/servers";
import { KINDS } from "./kinds";
import { OTHER_KINDS } from "./other-kinds";

/** What has a backend: an API or an MCP server. */
export interface WithBackend {
  readonly make: (scope: Construct, id: string, gateway: IApimGateway) => void;
  /** The tier of a gateway that supports it. */
  readonly sku: ApimSku;
}

const rows: Record<string, WithBackend> = {};
for (const [kind, { backend, sku = ApimSku.BASIC_V2 }] of Object.entries(KINDS))
  rows[kind] = { make: withApi(backend), sku };
for (const [kind, backend] of Object.entries(OTHER_KINDS))
  rows[kind] = { make: withApi(backend), sku: ApimSku.BASIC_V2 };
for (const [kind, make] of Object.entries(MCP_SERVERS)) rows[kind] = { make, sku: ApimSku.BASIC_V2 };

function withApi(backend: (typeof OTHER_KINDS)[string]): WithBackend["make"] {
  return (scope, id, gateway) => void new SecureApimBackend(scope, id, { gateway, backend: backend(scope, gateway) });
}

/** Every kind of backend, behind an API or an MCP server. */
export const EVERY_BACKEND: Readonly<Record<string, WithBackend>> = rows;
