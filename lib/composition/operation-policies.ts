import { requireLiteral } from "../core/literal";
import { Construct } from "constructs";
import { ApiManagementApiOperationPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-operation-policy";
import { ApiSurfaceConfig } from "../api/api-surface";
import { OperationPolicy } from "../api/operation-policy";
import { dependenciesWithin } from "../core/dependencies";
import { waitForNamedValues } from "../gateway/named-value-order";
import { checkName } from "../core/names";
import { NAME_RULES } from "../gateway/name-rules";
import { replacedWith } from "../core/replacement";
import { escapeTemplates } from "../core/terraform-template";
import { IApimGateway } from "../gateway/gateway";
import { PolicyDocument } from "../policy/policy-document";
import { misplacedInOperation, operationFindings } from "../policy/findings/operation-policy";
import { checkPolicy, guardPolicy } from "./policy-checks";
import { fail, within } from "../core/fail";
import { findingLine } from "../policy/findings/finding";

/** The API whose operations have policies. */
export interface OperationPoliciesProps {
  readonly gateway: IApimGateway;
  readonly api: ApiSurfaceConfig;
}

/**
 * Creates the policies of single operations, by operation id. They run the policy of their API at `<base />`, and must exist before
 * it: from then on requests carry the gateway's token, and an operation would be served without its own checks.
 */
export function createOperationPolicies(
  scope: Construct,
  policies: readonly OperationPolicy[],
  props: OperationPoliciesProps,
): { [operationId: string]: ApiManagementApiOperationPolicy } {
  return Object.fromEntries(
    policies.map((policy) => [policy.operationId, createOperationPolicy(scope, policy, props)]),
  );
}

function createOperationPolicy(
  scope: Construct,
  { operationId, policy }: OperationPolicy,
  { gateway, api }: OperationPoliciesProps,
): ApiManagementApiOperationPolicy {
  requireLiteral(scope, "The operationId of a policy", operationId);
  checkName(scope, NAME_RULES.operation, operationId);
  if (api.operationIds && !api.operationIds.includes(operationId)) {
    fail(
      scope,
      "unknown-operation",
      `There is a policy for operation "${operationId}", which the API does not have.`,
      `Use one of ${api.operationIds.join(", ")}.`,
    );
  }
  const id = `OperationPolicy-${operationId}`;
  if (scope.node.tryFindChild(id))
    fail(scope, "operation-policy-twice", `Operation "${operationId}" has two policies.`, "Combine them into one.");

  const text = checkedText(scope, operationId, policy);
  checkPolicy(scope, policy, { gateway, passesOptions: api.passesOptions });
  const resource = new ApiManagementApiOperationPolicy(scope, id, {
    apiName: api.apiName,
    apiManagementName: gateway.apimName,
    resourceGroupName: gateway.resourceGroupName,
    provider: gateway.provider,
    operationId,
    xmlContent: escapeTemplates(text),
    dependsOn: dependenciesWithin(scope, api.operationsDependencies ?? api.dependencies),
    lifecycle: replacedWith(api.replaceTriggers),
  });
  guardPolicy(resource);
  waitForNamedValues(gateway, resource, text);
  return resource;
}

function checkedText(scope: Construct, operationId: string, policy: PolicyDocument): string {
  if (policy._isWritten && policy._statements.length > 0)
    fail(
      scope,
      "mixed-operation-policy",
      `The policy of operation "${operationId}" is a document with added statements. It is not known on which side of <base /> they belong.`,
      "Write the statements into the document, or use statements only.",
    );
  const misplaced = misplacedInOperation(policy._statements);
  if (misplaced)
    fail(
      scope,
      "misplaced-in-operation",
      `Statement ${misplaced.kind} has no effect in the policy of operation "${operationId}": the policy of the API runs after it and ` +
        `removes the X-Caller-* headers.`,
      "Move the statement to the policy of the API.",
    );
  const tree = within(scope, () => policy._asOperation(`policy of ${operationId}`));
  const findings = [...policy._analyze().findings, ...operationFindings(tree)];
  const conflicts = findings.filter(({ severity }) => severity === "conflict");
  const lines = conflicts.map((conflict) => `- ${conflict.source}:${findingLine(conflict)}\n`);
  if (lines.length > 0)
    fail(
      scope,
      "operation-policy-conflicts",
      `The policy of operation "${operationId}" conflicts with itself or with the policy of its API:\n${lines.join("")}`,
      "Resolve each conflict as its line says.",
    );
  return tree.text;
}
