import { Construct } from "constructs";
import type { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import type { ApiManagementApiOperation } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import type { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import { checkedPath } from "../api/api-surface";
import { asCreated } from "../api/new-api";
import { forbidPoliciesBeside } from "../composition/policies-beside";
import { forbidSecuredTwice } from "../composition/secured-twice";
import { checkPolicy, guardPolicy } from "../composition/policy-checks";
import { dependenciesWithin, idReference } from "../core/dependencies";
import { finding, within } from "../core/fail";
import { guard } from "../core/guard";
import { checkName } from "../core/names";
import { asTemplate } from "../core/template";
import { onGateway } from "../gateway/gateway";
import { liveOn } from "../gateway/gateway-child";
import { NAME_RULES } from "../gateway/name-rules";
import { PolicyDocument } from "../policy/policy-document";
import { inbound, PolicySection, PolicySlot, StatementConfig } from "../policy/statement";
import { leaf, node } from "../policy/statements/writing/xml";
import { ResourceMetadata } from "./mcp-access";
import { claimServer, ServerPlace } from "./server-api";
import { ServerAddress } from "./server-address";
import { azurerm } from "../providers/azurerm";

/** What is created to answer clients that have no token yet. */
export interface MetadataResources {
  readonly api: ApiManagementApi;
  readonly operation: ApiManagementApiOperation;
  readonly policy: ApiManagementApiPolicy;
}

/**
 * Creates a small API that answers with the document of RFC 9728 about an MCP server. It is open: clients read it to learn where to get
 * a token. Its policy answers, so there is no backend.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9728
 */
export function createMetadataApi(
  scope: Construct,
  { gateway, apiName }: ServerPlace,
  address: ServerAddress,
  metadata: ResourceMetadata,
): MetadataResources {
  const place = { gateway, apiName: `${apiName}-metadata`, path: address.metadataPath };
  claimServer(scope, place);
  const api = new azurerm.ApiManagementApi(scope, "Resource", {
    name: checkName(scope, NAME_RULES.api, place.apiName),
    ...onGateway(gateway),
    revision: "1",
    displayName: place.apiName,
    path: checkedPath(scope, place.path),
    protocols: ["https"],
    subscriptionRequired: false,
  });
  liveOn(api, gateway);
  guard(api, {
    attributes: {
      ...asCreated(api),
      path: api.pathInput,
      service_url: undefined,
      import: undefined,
    },
    changed: (attributes) =>
      finding(
        "mcp-metadata-changed",
        `The API "${api.node.path}", which says where MCP clients get a token, was changed after it was created. It is open to everyone, so it must ` +
          "answer with that and nothing else.",
        `Remove what changes ${attributes} on it (addOverride, an aspect).`,
      ),
  });
  const lost = { lostWith: [idReference(api)] };
  const operation = new azurerm.ApiManagementApiOperation(scope, "Operation", {
    operationId: "get",
    apiName: api.name,
    ...onGateway(gateway),
    displayName: "Protected resource metadata",
    method: "GET",
    urlTemplate: address.endpoint,
  });
  liveOn(operation, gateway, lost);
  const document = PolicyDocument._of(answer(address.inPolicy.serverUrl, metadata));
  checkPolicy(scope, document, { gateway, passesOptions: false });
  const text = within(scope, () => document._toTerraform());
  const policy = new azurerm.ApiManagementApiPolicy(scope, "Policy", {
    apiName: place.apiName,
    ...onGateway(gateway),
    xmlContent: asTemplate(text),
    dependsOn: dependenciesWithin(scope, [api]),
  });
  liveOn(policy, gateway, lost);
  guardPolicy(policy, text);
  forbidPoliciesBeside(scope, { resource: policy, document, gateway }, api);
  forbidSecuredTwice(scope, gateway, { apiName: place.apiName });
  return { api, operation, policy };
}

/** Before `<base />`: no policy of all APIs can ask for a token here. */
function answer(serverUrl: string, { authorizationServers, scopesAt }: ResourceMetadata): StatementConfig {
  // Flat, so that no two braces meet: API Management reads them as a named value. The values have no quotes and no markup.
  const members = [
    `"resource":"${serverUrl}"`,
    `"authorization_servers":[${quoted(authorizationServers)}]`,
    `"scopes_supported":[${quoted(scopesAt(serverUrl))}]`,
    `"bearer_methods_supported":["header"]`,
  ];
  const response = node("return-response", {}, [
    node("set-status", { code: "200", reason: "OK" }),
    node("set-header", { name: "Content-Type", "exists-action": "override" }, [leaf("value", "application/json")]),
    leaf("set-body", `{${members.join(",")}}`),
  ]);
  return inbound(PolicySlot.ACCESS, "resource-metadata", response);
}

function quoted(values: readonly string[]): string {
  return values.map((value) => `"${value}"`).join(",");
}

/**
 * Tells a client that is refused where the document is.
 *
 * @see https://modelcontextprotocol.io/specification/2025-06-18/basic/authorization#authorization-server-location
 */
export function challenge({ inPolicy }: ServerAddress): StatementConfig {
  const header = node("set-header", { name: "WWW-Authenticate", "exists-action": "override" }, [
    leaf("value", `Bearer resource_metadata="${inPolicy.metadataUrl}"`),
  ]);
  const when = node("when", { condition: "@(context.Response.StatusCode == 401)" }, [header]);
  return {
    section: PolicySection.ON_ERROR,
    slot: PolicySlot.USER,
    kind: "resource-metadata-address",
    xml: node("choose", {}, [when]),
  };
}
