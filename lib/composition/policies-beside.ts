import { TerraformResource, TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { keyOf, serviceTexts } from "../api/declared-apis";
import { finding } from "../core/fail";
import { grouped } from "../core/grouped";
import { Lookup, lookupOf } from "../core/lookup";
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
}

/** The policies of a stack, and where to find them. */
interface FoundPolicies {
  readonly inScope: ReadonlyMap<IConstruct | undefined, readonly FoundPolicy[]>;
  /** By a reference to the API, or by its name and its service. */
  readonly ofApi: Lookup<string, FoundPolicy>;
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
  const found = surveyOf(stack, "policies-by-api", () => policiesIn(stack));
  scope.node.addValidation({
    validate: () => {
      const { inScope, ofApi } = found();
      const ours = inScope.get(scope) ?? [];
      const own = ours.find(({ resource }) => resource === apiPolicy)?.attributes ?? {};
      const reference = api && `\${${api.terraformResourceType}.${api.friendlyUniqueId}.name}`;
      // What a policy was moved to is checked like the policy.
      const checked = new Set<unknown>(ours.flatMap(({ resource }) => [resource, targetOfMove(resource)]));
      const services = [own.api_management_name, ...serviceTexts(scope, gateway)];
      const keys = [...keyOf(reference), ...services.flatMap((service) => keyOf(own.api_name, service))];
      return ofApi(keys)
        .filter(({ resource }) => !checked.has(resource))
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
    inScope: grouped(all, ({ resource }) => [resource.node.scope]),
    ofApi: lookupOf(all, ({ attributes: { api_name, api_management_name: service } }) => {
      // Each revision has a policy of its own, and a path.
      const name = String(api_name).replace(/;rev=[^;]*$/i, "");
      return [...keyOf(name), ...keyOf(name, service)];
    }),
  };
}

function foundPolicy(resource: TerraformResource): FoundPolicy {
  const { api_name, api_management_name, xml_content: text } = renderedAttributes(resource);
  const attributes: Rendered = Object(resolved(resource, { api_name, api_management_name }));
  return { resource, attributes, text };
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
