import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { cloudUnlessPublic } from "../azure/clouds/azure-cloud";
import { CLOUDS } from "../azure/clouds/hosts";
import { cloudOf } from "../azure/clouds/stack-cloud";
import { requireGiven, requireList } from "../core/given";
import { fail, finding, within } from "../core/fail";
import { GUID } from "../core/ids";
import { announce, givenReason } from "../core/reason";
import { isToken } from "../core/tokens";
import { withoutEnd } from "../core/without-end";
import { PropertyNames, requireOnly } from "../core/property-names";
import { inbound, PolicySlot, StatementConfig } from "../policy/statement";
import { requireEntraToken } from "../policy/statements/entra-token";
import { RequiredClaim } from "../policy/statements/token-validation";
import { knownList } from "../policy/statements/writing/arguments";
import { A_TENANT, AN_AUDIENCE, checkedIfUnknown } from "../policy/statements/writing/terraform-value";

/** Which Entra tokens an MCP server accepts, and what clients ask Entra ID for. */
export interface McpEntraTokenProps {
  /** The tenant that issues the tokens: its GUID, or one of its domains. */
  readonly tenantId: string;

  /**
   * Audiences that a token can be for, at least one: the client ID of the MCP server's app registration. Tokens of version 2 have no other.
   * Only in tokens of version 1, it is the application ID URI.
   */
  readonly audiences: string[];

  /**
   * Client IDs (GUIDs) of the MCP clients that may call, at least one. Entra ID registers no clients by itself. Visual Studio Code has
   * `aebc6443-996d-45c2-90f0-388ff96faa56`.
   *
   * @see https://learn.microsoft.com/azure/app-service/configure-authentication-mcp
   */
  readonly clientIds: string[];

  /**
   * Scopes that clients ask for, at least one: the name of a scope below the address of the server, such as `Mcp.Access`, or a scope with
   * another application ID URI, such as `api://<client id>/Mcp.Access`.
   *
   * Give the app registration the address of the server (`serverUrl`) as application ID URI. MCP clients send that address as the `resource`
   * of their request, and Entra ID refuses a request whose scope belongs to another URI (`AADSTS9010010`). The host must be a domain that the
   * tenant has verified.
   *
   * @see https://learn.microsoft.com/entra/identity-platform/identifier-uri-restrictions
   */
  readonly scopes: string[];

  /**
   * Claims that a token must also have, such as `scp` or `roles`.
   *
   * @default - none
   */
  readonly requiredClaims?: RequiredClaim[];
}

/** The names of its properties. */
const MCP_ENTRA_TOKEN_PROPS: PropertyNames<McpEntraTokenProps> = {
  audiences: true,
  clientIds: true,
  scopes: true,
  tenantId: true,
  requiredClaims: true,
};

/** What clients without a token are told, in the words of RFC 9728. */
export interface ResourceMetadata {
  readonly authorizationServers: readonly string[];
  /** Written into a policy, for a server with this address. */
  readonly scopesAt: (serverUrl: string) => readonly string[];
}

/** What an access is, once it is checked. */
export interface BoundAccess {
  readonly subscriptionRequired: boolean;
  /** What the policy of the server refuses requests with. */
  readonly statements: readonly StatementConfig[];
  /** What clients without a token are told; nothing if they use a subscription key. */
  readonly metadata?: ResourceMetadata;
  /** Warns of what is wrong for a server with this address. */
  readonly warnAt?: (serverUrl: string) => void;
}

/**
 * Who can call an MCP server.
 *
 * @see https://learn.microsoft.com/azure/api-management/secure-mcp-servers
 */
export class McpAccess {
  /**
   * Clients with a token from your Entra tenant: for the MCP server, and issued to one of the listed clients. All others get status 401
   * and the address of a document that says where to get a token.
   *
   * @see https://modelcontextprotocol.io/specification/2025-06-18/basic/authorization
   */
  public static entraToken(props: McpEntraTokenProps): McpAccess {
    return new McpAccess((scope) => entraToken(scope, props));
  }

  /**
   * Clients with a subscription key of API Management, in the header `Ocp-Apim-Subscription-Key`. The server then does not know which
   * user calls.
   *
   * @param reason why; shown at synth
   */
  public static subscriptionKey(reason: string): McpAccess {
    return new McpAccess((scope) => {
      const what = "The MCP server admits everyone with a subscription key";
      announce(scope, what, "McpAccess.subscriptionKey", givenReason(reason));
      return { subscriptionRequired: true, statements: [] };
    });
  }

  private constructor(private readonly create: (scope: Construct) => BoundAccess) {}

  /** @internal */
  public _bind(scope: Construct): BoundAccess {
    return this.create(scope);
  }
}

const EXAMPLE = "McpAccess.entraToken({ tenantId, audiences, clientIds, scopes })";

/** The access, if it is one. */
export function checkedAccess(scope: Construct, access: McpAccess): McpAccess {
  return requireGiven(scope, access, {
    name: "access",
    has: ["_bind", "create"],
    example: `access: ${EXAMPLE}`,
  });
}

function entraToken(scope: Construct, props: McpEntraTokenProps): BoundAccess {
  requireOnly(scope, "McpAccess.entraToken", props, { names: MCP_ENTRA_TOKEN_PROPS, example: EXAMPLE });
  const { tenantId, audiences, clientIds, scopes, requiredClaims } = props;
  for (const [name, list] of Object.entries({ audiences, clientIds, scopes }))
    if (requireList(scope, name, list, `${name}: ["..."]`).length === 0)
      fail(
        scope,
        "mcp-access-empty",
        `The list ${name} of McpAccess.entraToken is empty.`,
        'Write audiences: ["<client ID of the MCP server>"], clientIds: ["<client ID of an MCP client>"] and ' +
          'scopes: ["Mcp.Access"].',
      );
  const cloud = cloudUnlessPublic(scope);
  const { xml } = within(scope, () => requireEntraToken({ tenantId, audiences, clientIds, requiredClaims, cloud }));
  const written = within(scope, () => knownList("McpAccess.entraToken", "scopes", scopes)).map((each) =>
    checkedScope(scope, each),
  );
  return {
    subscriptionRequired: false,
    // Before <base />: no policy of all APIs runs for a client without a token.
    statements: [inbound(PolicySlot.ACCESS, "require-mcp-client", xml)],
    metadata: {
      authorizationServers: [
        `https://${CLOUDS[cloudOf(scope)].signIn[0]}/${checkedIfUnknown("tenantId in McpAccess.entraToken", tenantId, A_TENANT)}/v2.0`,
      ],
      scopesAt: (serverUrl) => written.map((scopeAt) => scopeAt(serverUrl)),
    },
    warnAt: (serverUrl) => warnOfServerAudience(scope, audiences, serverUrl),
  };
}

/**
 * The address of the server is its application ID URI, so it is taken for the audience. It is one in tokens of version 1 only.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
function warnOfServerAudience(scope: Construct, audiences: readonly string[], serverUrl: string): void {
  const found = audiences.find((audience) => withoutEnd(audience, "/") === serverUrl);
  const canBeClientId = (audience: string): boolean => GUID.test(audience) || (isToken(audience) && audience !== found);
  if (found === undefined || audiences.some(canBeClientId)) return;
  const shown = isToken(found) ? "the address of the server" : `"${found}", the address of the server`;
  Annotations.of(scope).addWarning(
    finding(
      "mcp-audience-is-address",
      `The audience of McpAccess.entraToken is ${shown}, but the audience of a token of version 2 is a client ID, so the server refuses it.`,
      "Write the client ID of the app registration of the server, such as audiences: [application.clientId]. Keep the address as its " +
        "application ID URI.",
    ),
  );
}

/** The name of a scope, without an application ID URI. */
const SCOPE_NAME = /^[\w.-]+$/;

function checkedScope(scope: Construct, value: string): (serverUrl: string) => string {
  if (typeof value !== "string" || (!isToken(value) && !AN_AUDIENCE.pattern.test(value)))
    fail(
      scope,
      "mcp-scope",
      `The scope "${String(value)}" of McpAccess.entraToken is not a scope of Entra ID.`,
      'Write its name, such as "Mcp.Access", or its application ID URI and its name, such as "api://<client id>/Mcp.Access".',
    );
  if (SCOPE_NAME.test(value)) return (serverUrl) => `${serverUrl}/${value}`;
  const written = checkedIfUnknown("an entry of scopes in McpAccess.entraToken", value, AN_AUDIENCE);
  return () => written;
}
