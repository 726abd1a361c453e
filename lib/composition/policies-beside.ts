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
import { operationFindings } from "../policy/findings/operation-policy";
import { PolicyDocument } from "../policy/policy-document";
import { namesIn, NamesOf } from "./names-in-app";
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
}

/** Makes it an error at synth to give an API a second policy, or an operation one that does not go with the policy of the API. */
export function forbidPoliciesBeside(
  scope: Construct,
  { resource: apiPolicy, document, gateway }: OwnPolicy,
  api?: TerraformResource,
): void {
  validateBySurvey(scope, "policies-beside", foreignPolicies, (foreign) => {
    if (!foreign) return [];
    const { api_name, api_management_name } = renderedAttributes(apiPolicy);
    const names = foreign.namesOf(apiPolicy, api_name);
    const services = [...foreign.namesOf(apiPolicy, api_management_name), ...foreign.namesOf(scope, gateway.apimName)];
    const references = api ? foreign.namesOf(api, `\${${api.terraformResourceType}.${api.friendlyUniqueId}.name}`) : [];
    const ofApi = [...keyOf(references[0]), ...services.flatMap((service) => keyOf(names.at(-1), service))];
    return foreign
      .lookUp(ofApi)
      .filter(
        ({ type, element, attributes: { xml_content: text } }) =>
          type === API_POLICY || !goesWith(document, resolved(element, text)),
      )
      .map(({ policyPath, type }) => {
        const isSecond = type === API_POLICY;
        return finding(
          "policy-beside",
          `The policy "${policyPath}" belongs to ${
            isSecond
              ? `the API of "${scope.node.path}", which has one policy: each would overwrite the other.`
              : `an operation of the API of "${scope.node.path}", and requests could bypass what secures the API.`
          }`,
          isSecond
            ? `Remove it, and write its text as policy on "${scope.node.path}", or as the document of ApiSurface.existingApi. If it is ` +
                "deployed, first take it out of the state with a removed block (destroy = false), or Terraform deletes the policy of the API."
            : `Remove it, and write its text in operationPolicies on "${scope.node.path}".`,
        );
      });
  });
}

interface ForeignPolicies {
  /** By a reference to the API, or by its name and its service. */
  readonly lookUp: Lookup<string, FoundPolicy>;
  readonly namesOf: NamesOf;
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
  if (all.length === 0) return undefined;
  const namesOf = namesIn(elements);
  const lookUp = lookupOf(all, ({ element, attributes: { api_name, api_management_name } }) => {
    const names = namesOf(element, api_name);
    const services = namesOf(element, api_management_name);
    return [...names.flatMap((name) => keyOf(name)), ...services.flatMap((service) => keyOf(names.at(-1), service))];
  });
  return { lookUp, namesOf };
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
