import { PolicyDocument } from "../policy-document";
import { callerHeaderRemoval, GatewayPolicy, gatewayStatements } from "./gateway-policy";

/** The user's document with all that calling the backend as the gateway takes. */
export function withGateway(user: PolicyDocument, policy: GatewayPolicy): PolicyDocument {
  return PolicyDocument.of(...callerHeaderRemoval())
    .merge(user)
    .merge(PolicyDocument.of(...gatewayStatements(policy)));
}
