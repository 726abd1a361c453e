import { TerraformResource, TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { isSame, serviceTexts } from "../api/declared-apis";
import { finding } from "../core/fail";
import { grouped } from "../core/grouped";
import { Rendered, renderedAttributes, targetOfMove } from "../core/rendered";
import { resourcesIn, surveyOf } from "../core/survey";
import { resolved } from "../core/tokens";
import { IApimGateway } from "../gateway/gateway";
import { operationFindings } from "../policy/findings/operation-policy";
import { PolicyDocument } from "../policy/policy-document";

const API_POLICY = "azurerm_api_management_api_policy";
const OPERATION_POLICY = "azurerm_api_management_api_operation_policy";

interface FoundPolicy {
  readonly resource: TerraformResource;
  /** What identifies the API, with references as Terraform has them. */
  readonly attributes: Rendered;
  /** The text, with its tokens. */
  readonly text: unknown;
  /** Without a revision: each revision has a policy of its own, and a path. */
  readonly apiName: string;
}

/** The policies of a stack, in its order, and where to find them. */
interface FoundPolicies {
  readonly all: readonly FoundPolicy[];
  readonly inScope: ReadonlyMap<IConstruct | undefined, readonly FoundPolicy[]>;
  readonly ofApi: ReadonlyMap<string, readonly FoundPolicy[]>;
}

interface OwnPolicy {
  readonly resource: TerraformResource;
  readonly document: PolicyDocument;
  readonly gateway: IApimGateway;
}

/** Makes it an error at synth to give an API a second policy, or an operation one that does not go with the policy of the API. */
export function forbidPoliciesBeside(
  scope: Construct,
  { resource: apiPolicy, document, gateway }: OwnPolicy,
  api?: TerraformResource,
): void {
  const stack = TerraformStack.of(scope);
  const found = surveyOf(stack, "policies", () => policiesIn(stack));
  scope.node.addValidation({
    validate: () => {
      const { inScope, ...policies } = found();
      const ours = inScope.get(scope) ?? [];
      const own = ours.find(({ resource }) => resource === apiPolicy)?.attributes ?? {};
      const reference = api && `\${${api.terraformResourceType}.${api.friendlyUniqueId}.name}`;
      // What a policy was moved to is checked like the policy.
      const checked = new Set<unknown>(ours.flatMap(({ resource }) => [resource, targetOfMove(resource)]));
      const others = ofOneOf(policies, [reference, own.api_name]).filter(({ resource }) => !checked.has(resource));
      if (others.length === 0) return [];
      const services = [own.api_management_name, ...serviceTexts(scope, gateway)];
      return others
        .filter(
          ({ apiName, attributes: { api_management_name: service } }) =>
            isSame(apiName, reference) ||
            (isSame(apiName, own.api_name) && services.some((text) => isSame(text, service))),
        )
        .filter(
          ({ resource, text }) =>
            resource.terraformResourceType === API_POLICY || !goesWith(document, resolved(resource, text)),
        )
        .map(({ resource }) =>
          finding(
            "policy-beside",
            `The policy "${resource.node.path}" belongs to the API of "${scope.node.path}", so requests could bypass what secures the API.`,
            `Remove it. Write policy or operationPolicies on "${scope.node.path}".`,
          ),
        );
    },
  });
}

function policiesIn(stack: TerraformStack): FoundPolicies {
  const all = resourcesIn(stack, API_POLICY, OPERATION_POLICY).map(foundPolicy);
  return {
    all,
    inScope: grouped(all, ({ resource }) => [resource.node.scope]),
    ofApi: grouped(all, ({ apiName }) => [apiName.toLowerCase()]),
  };
}

function foundPolicy(resource: TerraformResource): FoundPolicy {
  const { api_name, api_management_name, xml_content: text } = renderedAttributes(resource);
  const attributes: Rendered = Object(resolved(resource, { api_name, api_management_name }));
  return { resource, attributes, text, apiName: String(attributes.api_name).replace(/;rev=[^;]*$/i, "") };
}

/** The policies of APIs that have one of these names. */
function ofOneOf({ all, ofApi }: Omit<FoundPolicies, "inScope">, names: readonly unknown[]): readonly FoundPolicy[] {
  const named = names.map((name) => (typeof name === "string" ? (ofApi.get(name.toLowerCase()) ?? []) : []));
  const found = new Set(named.flat());
  // Only their own policy, for most APIs.
  return found.size > 1 ? all.filter((policy) => found.has(policy)) : [...found];
}

/** Whether the text could be given as the policy of an operation. */
function goesWith(ofApi: PolicyDocument, text: unknown): boolean {
  try {
    const policy = PolicyDocument.fromXml(String(text));
    const { tree } = policy._asOperation("policy");
    const found = [...policy._analyze().findings, ...operationFindings(tree, ofApi._statements)];
    return found.every(({ severity }) => severity !== "conflict");
  } catch {
    return false;
  }
}
