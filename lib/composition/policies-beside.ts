import { TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { isSame, serviceTexts } from "../api/declared-apis";
import { finding } from "../core/fail";
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
  readonly attributes: Rendered;
  /** Without a revision: each revision has a policy of its own, and a path. */
  readonly apiName: string;
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
      const ours = found().filter(({ resource }) => resource.node.scope === scope);
      const own = ours.find(({ resource }) => resource === apiPolicy)?.attributes ?? {};
      const reference = api && `\${${api.terraformResourceType}.${api.friendlyUniqueId}.name}`;
      const services = [own.api_management_name, ...serviceTexts(scope, gateway)];
      // What a policy was moved to is checked like the policy.
      const checked = new Set<unknown>(ours.flatMap(({ resource }) => [resource, targetOfMove(resource)]));
      return found()
        .filter(({ resource }) => !checked.has(resource))
        .filter(
          ({ apiName, attributes: { api_management_name: service } }) =>
            isSame(apiName, reference) ||
            (isSame(apiName, own.api_name) && services.some((text) => isSame(text, service))),
        )
        .filter(
          ({ resource, attributes }) =>
            resource.terraformResourceType === API_POLICY || !goesWith(document, attributes.xml_content),
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

function policiesIn(stack: TerraformStack): FoundPolicy[] {
  return resourcesIn(stack, API_POLICY, OPERATION_POLICY).map((resource) => {
    const attributes = attributesOf(resource);
    return { resource, attributes, apiName: String(attributes.api_name).replace(/;rev=[^;]*$/i, "") };
  });
}

/** What identifies the API, and the text, with references as Terraform has them. */
function attributesOf(resource: TerraformResource): Rendered {
  const { api_name, api_management_name, xml_content } = renderedAttributes(resource);
  return Object(resolved(resource, { api_name, api_management_name, xml_content }));
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
