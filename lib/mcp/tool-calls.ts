import { Construct } from "constructs";
import { tokenRequest } from "../composition/gateway-calls";
import { areSame } from "../core/claims";
import { fail } from "../core/fail";
import { IAppRegistration } from "../entra/registration";
import { ICaller } from "../entra/caller";
import { IApimGateway } from "../gateway/gateway";
import { TOOL_TOKEN_HEADER } from "../policy/names";
import { choosesBackend } from "../policy/findings/backend-choice";
import { token } from "../policy/gateway/gateway-policy";
import { PolicyDocument } from "../policy/policy-document";
import { PolicyValue } from "../policy/policy-value";
import { inbound, PolicySlot, StatementConfig } from "../policy/statement";
import { leaf, node } from "../policy/statements/writing/xml";
import { named, policiesOf } from "./streaming";

/** The API that an MCP server calls, on the same gateway. */
export interface CalledApi {
  readonly node: { readonly path: string };
  readonly _gateway: IApimGateway;
  readonly apiRegistration?: IAppRegistration;
  admits(caller: ICaller): boolean;
}

const VARIABLE = "mcp-api-token";

const TOKEN = PolicyValue.expression(`(string)context.Variables["${VARIABLE}"]`)._text;

/** Refuses a policy that sends the calls of tools elsewhere, and the gateway's token with them. */
export function checkRoute(scope: Construct, { node: { path } }: CalledApi, policy: PolicyDocument): void {
  const choice = policiesOf(policy).find(choosesBackend);
  if (choice)
    fail(
      scope,
      "tools-of-other-backend",
      `${named(choice)} chooses a backend for the calls of tools, which contain the gateway's token for the API "${path}".`,
      `Remove it. API Management sends the calls to the API. To choose between backends, write branches on "${path}".`,
    );
}

/**
 * Calls the operations of an API as the gateway. API Management sends the call of a tool through the policies of the operation, without
 * the client's subscription key; the API admits the gateway by its token. What the client sends in Authorization is for the MCP server
 * only.
 *
 * @see docs/design/decisions.md#tool-calls-as-the-gateway
 */
export function toolCalls(scope: Construct, gateway: IApimGateway, api: CalledApi): StatementConfig {
  const { path } = api.node;
  if (!areSame(gateway, api._gateway))
    fail(
      scope,
      "tools-of-other-gateway",
      `The API "${path}" is on the gateway "${api._gateway.node.path}", but the MCP server is on "${gateway.node.path}".`,
      "Create the MCP server on the gateway of the API.",
    );
  const { apiRegistration: registration } = api;
  if (!registration || !api.admits(gateway))
    fail(
      scope,
      "tools-of-closed-api",
      `The API "${path}" does not admit its own gateway, so every call of a tool would get status 401: API Management does not pass on ` +
        "subscription keys from an MCP server.",
      `Write on "${path}": callers: { allowed: [gateway] }. For consumers with a subscription key, create a second API for the same backend: ` +
        "Backend.url(first.backendUrl, Audience.registration(first.registration!)).",
    );
  const request = tokenRequest(gateway, "the audience of the API", registration.tokenResource);
  const header = node("set-header", { name: TOOL_TOKEN_HEADER, "exists-action": "override" }, [leaf("value", TOKEN)]);
  const clients = node("set-header", { name: "Authorization", "exists-action": "delete" });
  return inbound(PolicySlot.CLEANUP, "tool-calls", [token(request, VARIABLE), header, clients].join("\n"));
}
