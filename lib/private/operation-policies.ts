import { Construct } from "constructs";
import { ApiManagementApiOperationPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-operation-policy";
import { ITerraformDependable } from "cdktf";
import { ApiSurfaceConfig } from "../api/api-surface";
import { OperationPolicy } from "../api/operation-policy";
import { dependenciesWithin } from "../core/dependencies";
import { tokenForLiteral } from "../core/errors";
import { readNamedValues } from "../core/named-value-order";
import { checkName, NAME_RULES } from "../core/names";
import * as errors from "../core/operation-policy-errors";
import { replacedWith } from "../core/replacement";
import { escapeTemplates } from "../core/terraform-template";
import { isToken } from "../core/tokens";
import { IApimGateway } from "../gateway/gateway";
import { PolicyDocument } from "../policy/policy-document";
import { misplacedInOperation, operationFindings } from "../policy/private/operation-policy";
import { atConstruct, checkPolicy, keepPolicy } from "./policy-checks";

/** Where the policies of operations go. */
export interface OperationPoliciesProps {
  readonly gateway: IApimGateway;
  readonly api: ApiSurfaceConfig;
  /** The policy of the API, which comes first: an operation alone would be open. */
  readonly apiPolicy: ITerraformDependable;
}

/** Makes the policies of single operations, which run the policy of their API where `<base />` stands. */
export function operationPolicies(
  scope: Construct,
  policies: readonly OperationPolicy[],
  props: OperationPoliciesProps,
): void {
  for (const policy of policies) operationPolicy(scope, policy, props);
}

function operationPolicy(
  scope: Construct,
  { operationId, policy }: OperationPolicy,
  { gateway, api, apiPolicy }: OperationPoliciesProps,
): void {
  if (isToken(operationId)) throw tokenForLiteral(scope, "the operationId of a policy");
  checkName(scope, NAME_RULES.operation, operationId);
  if (api.operationIds && !api.operationIds.includes(operationId)) {
    throw errors.unknownOperation(scope, operationId, api.operationIds);
  }
  const id = `OperationPolicy-${operationId}`;
  if (scope.node.tryFindChild(id)) throw errors.operationPolicyTwice(scope, operationId);

  const text = checkedText(scope, operationId, policy);
  checkPolicy(scope, policy, { gateway, passesOptions: api.passesOptions });
  const resource = new ApiManagementApiOperationPolicy(scope, id, {
    apiName: api.apiName,
    apiManagementName: gateway.apimName,
    resourceGroupName: gateway.resourceGroupName,
    provider: gateway.provider,
    operationId,
    xmlContent: escapeTemplates(text),
    dependsOn: dependenciesWithin(scope, [...(api.operationsReady ?? api.ready), apiPolicy]),
    lifecycle: replacedWith(api.replaceTriggers),
  });
  keepPolicy(scope, resource);
  readNamedValues(gateway, resource, text);
}

function checkedText(scope: Construct, operationId: string, policy: PolicyDocument): string {
  if (policy._isWritten && policy._statements.length > 0) throw errors.mixedOperationPolicy(scope, operationId);
  const misplaced = misplacedInOperation(policy._statements);
  if (misplaced) throw errors.misplacedInOperation(scope, operationId, misplaced.kind);
  const tree = atConstruct(scope, () => policy._asOperation(`policy of ${operationId}`));
  const findings = operationFindings(tree);
  if (findings.length > 0) throw errors.operationPolicyRefused(scope, operationId, tree.source, findings);
  return tree.text;
}
