import { Construct } from "constructs";
import { checkedPath } from "../api/api-surface";
import { fail } from "../core/fail";
import { requireText } from "../core/given";
import { requireLiteral } from "../core/literal";
import { isToken } from "../core/tokens";
import { checkedIfUnknown, ValueKind } from "../policy/statements/writing/terraform-value";

/** The addresses of an MCP server, as its clients see them. */
export interface ServerAddress {
  /** Path of the server below the gateway's address. */
  readonly path: string;
  /** Where clients send requests, below that path: begins with a slash. */
  readonly endpoint: string;
  readonly serverUrl: string;
  /** Path of the document about the server. */
  readonly metadataPath: string;
  readonly metadataUrl: string;
  /** The same addresses in a policy, where Terraform checks what only it knows. */
  readonly inPolicy: ServerAddressInPolicy;
}

type ServerAddressInPolicy = Pick<ServerAddress, "serverUrl" | "metadataUrl">;

/** @see https://www.rfc-editor.org/rfc/rfc9728#section-3.1 */
const WELL_KNOWN = ".well-known/oauth-protected-resource";

/** Fits Terraform's syntax as well: without backslashes. */
const AN_ADDRESS: ValueKind = {
  pattern: /^https:[/][/][A-Za-z0-9.:-]+$/,
  expected: 'the https:// address of the gateway, such as "https://api.contoso.com", without a slash at the end',
};

/** What a server address consists of. */
export interface AddressParts {
  readonly gatewayUrl: string;
  readonly path: string;
  readonly endpoint: string;
}

/** The addresses. The document about a server has the path of the server's address, after the well-known one. */
export function serverAddress(scope: Construct, { gatewayUrl, path, endpoint }: AddressParts): ServerAddress {
  requireLiteral(scope, "The path of an MCP server", path);
  checkedPath(scope, path);
  if (path === "")
    fail(
      scope,
      "mcp-root-path",
      "The path of the MCP server is empty, but the document about it needs a path of its own.",
      'Write a path such as path: "orders-mcp".',
    );
  if (!isToken(gatewayUrl) && !AN_ADDRESS.pattern.test(gatewayUrl))
    fail(
      scope,
      "mcp-gateway-url",
      `The address of the gateway, "${gatewayUrl}", cannot be in the policy of an MCP server.`,
      'Write an address such as gatewayUrl: "https://api.contoso.com", without a path and without a slash at the end.',
    );
  const end = `${path}${endpoint === "/" ? "" : endpoint}`;
  const below = (base: string): ServerAddressInPolicy => ({
    serverUrl: `${base}/${end}`,
    metadataUrl: `${base}/${WELL_KNOWN}/${end}`,
  });
  return {
    path,
    endpoint,
    metadataPath: `${WELL_KNOWN}/${path}`,
    ...below(gatewayUrl),
    inPolicy: below(checkedIfUnknown("the address of the gateway", gatewayUrl, AN_ADDRESS)),
  };
}

/** The path at which a backend serves MCP. */
export function checkedEndpoint(scope: Construct, endpoint: string): string {
  const example = 'endpoint: "/mcp", or "/" for the address of the backend itself';
  requireText(scope, "endpoint", endpoint, example);
  requireLiteral(scope, "The endpoint of an MCP server", endpoint);
  if (endpoint !== "/" && !/^(?:\/\.*[\w~-][\w.~-]*)+$/.test(endpoint))
    fail(
      scope,
      "mcp-endpoint",
      `The endpoint "${endpoint}" is not a path.`,
      `Write ${example}: a slash first, none last, no segments "." and "..", and no query.`,
    );
  return endpoint;
}
