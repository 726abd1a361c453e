import { requireLiteral } from "../core/literal";
import { Construct } from "constructs";
import { ApiManagementApiOperationPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-operation-policy";
import { TerraformResource } from "cdktf";
import { ApiSurfaceConfig } from "../api/api-surface";
import { OperationPolicy } from "../api/operation-policy";
import { dependenciesWithin } from "../core/dependencies";
import { readNamedValues } from "../gateway/named-value-order";
import { checkName } from "../core/names";
import { NAME_RULES } from "../gateway/name-rules";
import { replacedWith } from "../core/replacement";
import { escapeTemplates } from "../core/terraform-template";
import { IApimGateway } from "../gateway/gateway";
import { PolicyDocument } from "../policy/policy-document";
import { misplacedInOperation, operationFindings } from "../policy/findings/operation-policy";
import { atConstruct, checkPolicy, keepPolicy } from "./policy-checks";
import { fail } from "../core/fail";
import { PolicyFinding, findingLine } from "../policy/findings/finding";

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
  requireLiteral(scope, "the operationId of a policy", operationId);
  checkName(scope, NAME_RULES.operation, operationId);
  if (api.operationIds && !api.operationIds.includes(operationId)) {
    fail(
      scope,
      "unknown-operation",
      `The API has no operation "${operationId}", for which there is a policy. Write one of ${api.operationIds.join(", ")}.`,
    );
  }
  const id = `OperationPolicy-${operationId}`;
  if (scope.node.tryFindChild(id))
    fail(
      scope,
      "operation-policy-twice",
      `There are two policies for the operation "${operationId}". Write one, with the statements of both.`,
    );

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
  keepPolicy(scope, resource);
  readNamedValues(gateway, resource, text);
  return resource;
}

function checkedText(scope: Construct, operationId: string, policy: PolicyDocument): string {
  if (policy._isWritten && policy._statements.length > 0)
    fail(
      scope,
      "mixed-operation-policy",
      `The policy of the operation "${operationId}" is a document and statements, and nobody can tell on which side of its <base /> ` +
        `they belong. Write the statements into the document, or no document.`,
    );
  const misplaced = misplacedInOperation(policy._statements);
  if (misplaced)
    fail(
      scope,
      "misplaced-in-operation",
      `The statement ${misplaced.kind} in the policy of the operation "${operationId}" is of no effect: the policy of the API takes the ` +
        `X-Caller-* headers off after it. Write it in the policy of the API.`,
    );
  const tree = atConstruct(scope, () => policy._asOperation(`policy of ${operationId}`));
  const findings = [...policy._analyze().findings, ...operationFindings(tree)];
  const conflicts = findings.filter(({ severity }) => severity === "conflict");
  if (conflicts.length > 0) operationPolicyRefused(scope, operationId, conflicts);
  return tree.text;
}

export function operationPolicyRefused(
  scope: Construct,
  operationId: string,
  findings: readonly PolicyFinding[],
): never {
  const lines = findings.map((finding) => `- ${finding.source}:${findingLine(finding)}`);
  fail(
    scope,
    "operation-policy-refused",
    [`The policy of the operation "${operationId}" contradicts itself or that of its API:`, ...lines].join("\n"),
  );
}
