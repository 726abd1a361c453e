import { TerraformResource, TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { keyOf, serviceTexts } from "../api/declared-apis";
import type { ElementsOfApp } from "../core/elements-of-app";
import { finding } from "../core/fail";
import { Lookup, lookupOf } from "../core/lookup";
import { addressOf, overridesOnly, Rendered, renderedAttributes } from "../core/rendered";
import { validateBySurvey } from "../core/survey";
import { identityOf, resolved } from "../core/tokens";
import { IApimGateway } from "../gateway/gateway";
import { operationFindings } from "../policy/findings/operation-policy";
import { PolicyDocument } from "../policy/policy-document";
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
  validateBySurvey(scope, "policies-by-api", foreignPolicies, (ofApi) => {
    if (!ofApi) return [];
    const [name, service] = identityIn(apiPolicy, renderedAttributes(apiPolicy));
    const literals = serviceTexts(scope, gateway).filter((text) => !String(text).includes("${"));
    const services = [service, identityInApp(scope, gateway.apimName), ...literals];
    const reference = api && inApp(api, `\${${api.terraformResourceType}.${api.friendlyUniqueId}.name}`);
    return ofApi([...keyOf(reference), ...services.flatMap((each) => keyOf(name, each))])
      .filter(
        ({ type, element, attributes: { xml_content: text } }) =>
          type === API_POLICY || !goesWith(document, resolved(element, text)),
      )
      .map(({ policyPath }) =>
        finding(
          "policy-beside",
          `The policy "${policyPath}" belongs to the API of "${scope.node.path}", so requests could bypass what secures the API.`,
          `Remove it. Write policy or operationPolicies on "${scope.node.path}".`,
        ),
      );
  });
}

/** The policies that the library does not write, by a reference to the API, or by its name and its service. */
function foreignPolicies({ resources, overridingStacks }: ElementsOfApp): Lookup<string, FoundPolicy> | undefined {
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
  return lookupOf(all, ({ element, attributes }) => {
    const [name, service] = identityIn(element, attributes);
    // Each revision has a policy of its own, and a path.
    const api = name?.replace(/;rev=[^;]*$/i, "");
    return [...keyOf(api), ...keyOf(api, service)];
  });
}

/** What identifies the API of a policy: its name, and its service. */
function identityIn(element: IConstruct, { api_name, api_management_name }: Rendered): (string | undefined)[] {
  return [api_name, api_management_name].map((value) =>
    value === undefined ? undefined : identityInApp(element, value),
  );
}

/** The same for each stack: a reference begins with the path of its stack, also in that stack. */
function identityInApp(element: IConstruct, value: unknown): string | undefined {
  const identity = identityOf(element, value);
  return identity === undefined ? undefined : inApp(element, identity);
}

function inApp(element: IConstruct, text: string): string {
  return text.replace(/\$\{(?!<)/g, `\${<${TerraformStack.of(element).node.path}>`);
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
