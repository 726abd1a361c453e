import { requireLiteral } from "../core/literal";
import { Construct } from "constructs";
import type { ApiManagementApiOperationPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-operation-policy";
import { ApiSurfaceConfig } from "../api/api-surface";
import { OperationPolicy } from "../api/api-operation";
import { dependenciesWithin } from "../core/dependencies";
import { waitForNamedValues } from "../gateway/named-value-order";
import { checkName } from "../core/names";
import { NAME_RULES } from "../gateway/name-rules";
import { asTemplate } from "../core/template";
import { IApimGateway, onGateway } from "../gateway/gateway";
import { liveOn } from "../gateway/gateway-child";
import { checkedDocument, PolicyDocument } from "../policy/policy-document";
import { PolicySlot } from "../policy/statement";
import { Findings } from "../policy/findings/findings";
import { operationFindings } from "../policy/findings/operation-policy";
import { checkPolicy, guardPolicy, warn } from "./policy-checks";
import { fail, within } from "../core/fail";
import { findingList } from "../policy/findings/rule";
import { requireGiven, requireList } from "../core/given";
import { PropertyNames, requireOnly } from "../core/property-names";
import { azurerm } from "../providers/azurerm";

/** The names of its properties. */
const OPERATION_POLICY: PropertyNames<OperationPolicy> = { operationId: true, policy: true };

/** The API whose operations have policies. */
export interface OperationPoliciesProps {
  readonly gateway: IApimGateway;
  readonly api: ApiSurfaceConfig;
  /** The policy of the API. */
  readonly policy: PolicyDocument;
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
  const example = "operationPolicies: [{ operationId, policy: PolicyDocument.of(...) }]";
  const { operationIds } = props.api;
  const known = operationIds && new Set(operationIds);
  return Object.fromEntries(
    requireList(scope, "operationPolicies", policies, example).map((each) => {
      const { operationId } = requireGiven(scope, each, {
        name: "an entry of operationPolicies",
        texts: ["operationId"],
        example,
      });
      requireOnly(scope, "an entry of operationPolicies", each, { names: OPERATION_POLICY, example });
      return [operationId, createOperationPolicy(scope, each, { ...props, known })];
    }),
  );
}

function createOperationPolicy(
  scope: Construct,
  { operationId, policy }: OperationPolicy,
  { gateway, api, policy: ofApi, known }: OperationPoliciesProps & { readonly known?: ReadonlySet<string> },
): ApiManagementApiOperationPolicy {
  requireLiteral(scope, "The operationId of a policy", operationId);
  checkedDocument(scope, `the policy of operation "${operationId}"`, policy);
  checkName(scope, NAME_RULES.operation, operationId);
  if (known && !known.has(operationId))
    fail(
      scope,
      "unknown-operation",
      `operationPolicies contains a policy for operation "${operationId}", but the API has no such operation.`,
      `Use one of ${api.operationIds!.map((operation) => `"${operation}"`).join(", ")}.`,
    );
  const id = `OperationPolicy-${operationId}`;
  if (scope.node.tryFindChild(id))
    fail(
      scope,
      "operation-policy-twice",
      `Operation "${operationId}" has two policies.`,
      "Combine both into one entry of operationPolicies.",
    );

  const text = checkedText(scope, operationId, policy, ofApi);
  checkPolicy(scope, policy, { gateway, passesOptions: api.passesOptions });
  const resource = new azurerm.ApiManagementApiOperationPolicy(scope, id, {
    apiName: api.apiName,
    ...onGateway(gateway),
    operationId,
    xmlContent: asTemplate(text),
    // All operations, since a request for one that does not exist yet can go to another one, whose policy may be laxer.
    dependsOn: dependenciesWithin(scope, api.operationsDependencies ?? api.dependencies),
  });
  liveOn(resource, gateway, { lostWith: api.replaceTriggers });
  guardPolicy(resource, text);
  waitForNamedValues(gateway, resource, text);
  return resource;
}

function checkedText(scope: Construct, operationId: string, policy: PolicyDocument, ofApi: PolicyDocument): string {
  if (policy._isWritten && policy._statements.length > 0)
    fail(
      scope,
      "mixed-operation-policy",
      `The policy of operation "${operationId}" is a document with added statements. The library cannot tell whether they belong before or after <base />.`,
      "Write the statements as XML in the document, or omit the document and use statements only.",
    );
  // The policy of the API reverses it.
  const misplaced = policy._statements.find(({ slot }) => slot === PolicySlot.CALLER_IDENTITY);
  if (misplaced)
    fail(
      scope,
      "misplaced-in-operation",
      `Statement ${misplaced.kind} has no effect in the policy of operation "${operationId}": the policy of the API runs after it and ` +
        `removes the X-Caller-* headers.`,
      "Move the statement to the policy of the API.",
    );
  const { tree, template } = within(scope, () => policy._asOperation(`policy of ${operationId}`));
  const besideApi = Findings.list(operationFindings(tree, ofApi._statements));
  const { conflicts } = policy._analyze().findings.and(besideApi);
  if (conflicts.length > 0)
    fail(
      scope,
      "operation-policy-conflicts",
      `The policy of operation "${operationId}" conflicts with itself or with the policy of its API:\n${findingList(conflicts)}`,
      "Resolve each conflict as described in its line.",
    );
  warn(scope, besideApi);
  return template;
}
