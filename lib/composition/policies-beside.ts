import { TerraformResource } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { keyOf } from "../api/declared-apis";
import type { ElementsOfApp } from "../core/elements-of-app";
import { finding } from "../core/fail";
import { Lookup, lookupOf } from "../core/lookup";
import { addressOf, overridesOnly, Rendered, renderedAttributes } from "../core/rendered";
import { validateBySurvey } from "../core/survey";
import { resolved } from "../core/tokens";
import { IApimGateway } from "../gateway/gateway";
import { Findings } from "../policy/findings/findings";
import { operationFindings } from "../policy/findings/operation-policy";
import { PolicyDocument } from "../policy/policy-document";
import { Name, namesIn, NameOf } from "./names-in-app";
import { foreignAmong } from "./own-policies";

const API_POLICY = "azurerm_api_management_api_policy";
const OPERATION_POLICY = "azurerm_api_management_api_operation_policy";
const POLICIES = [API_POLICY, OPERATION_POLICY];

interface FoundPolicy {
  readonly policyPath: string;
  readonly type: string;
  /** Its attributes, with references as Terraform has them. */
  readonly attributes: Rendered;
  readonly element: IConstruct;
}

interface OwnPolicy {
  readonly resource: TerraformResource;
  readonly document: PolicyDocument;
  readonly gateway: IApimGateway;
  /** What the construct takes in place of a policy beside it: nothing by default. */
  readonly takes?: Takes;
  /** The operations that have a policy of the library. */
  readonly operationIds?: readonly string[];
}

/** The properties with policies that a construct has. */
type Takes = "no policy" | "policy" | "policy and operationPolicies";

/** Makes it an error at synth to give an API a second policy, or an operation one that does not go with the policy of the API. */
export function forbidPoliciesBeside(
  scope: Construct,
  { resource: apiPolicy, document, gateway, takes = "no policy", operationIds = [] }: OwnPolicy,
  api?: TerraformResource,
): void {
  const closed = new Set(operationIds.flatMap((id) => keyOf(id)));
  validateBySurvey(scope, "policies-beside", foreignPolicies, (foreign) => {
    if (!foreign) return [];
    const { lookUp, nameOf } = foreign;
    const { api_name: name, api_management_name: service } = renderedAttributes(apiPolicy);
    const ofResource = api && nameOf(api, `\${${api.terraformResourceType}.${api.friendlyUniqueId}.name}`);
    const found = lookUp([
      ...keyOf(ofResource?.reference),
      ...keysOf(nameOf(apiPolicy, name), nameOf(apiPolicy, service), nameOf(scope, gateway.apimName)),
    ]);
    return found.flatMap((policy) => {
      const { policyPath, type, element, attributes } = policy;
      if (type === API_POLICY) return [secondPolicy(policyPath, scope, takes)];
      const [operation = ""] = keyOf(nameOf(element, attributes.operation_id)?.text);
      const { revision = "1" } = nameOf(element, attributes.api_name) ?? {};
      if (closed.has(operation) && revision === "1") return [secondOfOperation(policyPath, scope)];
      return goesWith(document, textOf(policy, nameOf)) ? [] : [policyOfOperation(policyPath, scope, takes)];
    });
  });
}

function secondPolicy(policyPath: string, { node }: Construct, takes: Takes): string {
  return finding(
    "policy-beside",
    `The policy "${policyPath}" belongs to the API of "${node.path}": each would overwrite the other, or requests to another revision could bypass what secures the API.`,
    takes === "no policy"
      ? "Remove it."
      : `Remove it, and write its text as policy on "${node.path}", or in the document of ApiSurface.existingApi. If it is deployed, ` +
          `Terraform would delete the policy of the API: write moveFromId on the policy of "${node.path}", or in another state a removed block with destroy = false.`,
  );
}

function secondOfOperation(policyPath: string, { node }: Construct): string {
  return finding(
    "second-operation-policy",
    `The policy "${policyPath}" belongs to an operation that has a policy in operationPolicies of "${node.path}": each would overwrite the other.`,
    "Remove it, and write its text in that policy. If it is deployed, Terraform would delete the policy of the operation: write " +
      "moveFromId on the one of operationPolicies, or in another state a removed block with destroy = false.",
  );
}

function policyOfOperation(policyPath: string, { node }: Construct, takes: Takes): string {
  return finding(
    "operation-policy-beside",
    `The policy "${policyPath}" belongs to an operation of the API of "${node.path}", and requests could bypass what secures the API.`,
    takes === "policy and operationPolicies"
      ? `Remove it, and write its text in operationPolicies on "${node.path}".`
      : "Remove it.",
  );
}

interface ForeignPolicies {
  /** By a reference to the API, or by its name and its service. */
  readonly lookUp: Lookup<string, FoundPolicy>;
  readonly nameOf: NameOf;
}

/** The policies that the library does not write, if there are any. */
function foreignPolicies(elements: ElementsOfApp): ForeignPolicies | undefined {
  const { resources, overridingStacks } = elements;
  const ofType = (type: string): readonly TerraformResource[] => resources.get(type) ?? [];
  const declared = foreignAmong(POLICIES.flatMap(ofType)).filter((policy) => addressOf(policy) !== undefined);
  const all = [
    ...declared.map((element): FoundPolicy => {
      const attributes = renderedAttributes(element);
      return { policyPath: element.node.path, type: element.terraformResourceType, attributes, element };
    }),
    ...overridingStacks.flatMap((element) =>
      overridesOnly(element, ofType)
        .filter(({ type }) => POLICIES.includes(type))
        .map(({ type, name, block }): FoundPolicy => ({
          policyPath: `${type}.${name}`,
          type,
          attributes: block,
          element,
        })),
    ),
  ];
  const present = all.filter(({ attributes }) => !isEmpty(attributes));
  if (present.length === 0) return undefined;
  const nameOf = namesIn(elements);
  const lookUp = lookupOf(present, ({ element, attributes: { api_name: name, api_management_name: service } }) => {
    const api = nameOf(element, name);
    return [...keyOf(api?.reference), ...keysOf(api, nameOf(element, service))];
  });
  return { lookUp, nameOf };
}

/** An API by its name and its service. */
function keysOf(api: Name | undefined, ...services: readonly (Name | undefined)[]): string[] {
  const texts = new Set(services.flatMap((service) => (service ? [service.reference, service.text] : [])));
  return [...texts].flatMap((service) => keyOf(api?.text, service));
}

/** Whether there is no instance of a resource. */
function isEmpty({ count, for_each: forEach }: Rendered): boolean {
  if (count !== undefined) return String(count) === "0";
  return typeof forEach === "object" && forEach !== null && Object.keys(forEach).length === 0;
}

/** The text of a policy, also if it is a local value: then without the paths of stacks, which are markup. */
function textOf({ element, attributes: { xml_content: written } }: FoundPolicy, nameOf: NameOf): unknown {
  const text = resolved(element, written);
  if (!/^\$\{local\./.test(String(text))) return text;
  return nameOf(element, written)?.text.replace(/\$\{<[^>]*>/g, "${");
}

/** Whether the text could be given as the policy of an operation. */
function goesWith(ofApi: PolicyDocument, text: unknown): boolean {
  try {
    const policy = PolicyDocument.fromXml(String(text));
    const { tree } = policy._asOperation("policy");
    const { conflicts } = policy._analyze().findings.and(Findings.list(operationFindings(tree, ofApi._statements)));
    return conflicts.length === 0;
  } catch {
    return false;
  }
}
