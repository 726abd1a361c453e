import { Construct } from "constructs";
import { ApiManagementApiOperationPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-operation-policy";
import { TerraformResource } from "cdktf";
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
}

/**
 * Makes the policies of single operations, which run the policy of their API where `<base />` stands. They must exist before the
 * policy of the API: with it requests carry the gateway's token, and an operation would be served without its own checks.
 */
export function operationPolicies(
  scope: Construct,
  policies: readonly OperationPolicy[],
  props: OperationPoliciesProps,
): TerraformResource[] {
  return policies.map((policy) => operationPolicy(scope, policy, props));
}

function operationPolicy(
  scope: Construct,
  { operationId, policy }: OperationPolicy,
  { gateway, api }: OperationPoliciesProps,
): TerraformResource {
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
    dependsOn: dependenciesWithin(scope, api.operationsReady ?? api.ready),
    lifecycle: replacedWith(api.replaceTriggers),
  });
  keepPolicy(scope, resource);
  readNamedValues(gateway, resource, text);
  return resource;
}

function checkedText(scope: Construct, operationId: string, policy: PolicyDocument): string {
  if (policy._isWritten && policy._statements.length > 0) throw errors.mixedOperationPolicy(scope, operationId);
  const misplaced = misplacedInOperation(policy._statements);
  if (misplaced) throw errors.misplacedInOperation(scope, operationId, misplaced.kind);
  const tree = atConstruct(scope, () => policy._asOperation(`policy of ${operationId}`));
  const findings = [...policy._analyze().findings, ...operationFindings(tree)];
  const conflicts = findings.filter(({ severity }) => severity === "conflict");
  if (conflicts.length > 0) throw errors.operationPolicyRefused(scope, operationId, conflicts);
  return tree.text;
}
