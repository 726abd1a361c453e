import { Annotations, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { guard, ONCE } from "../core/guard";
import { IApimGateway } from "../gateway/gateway";
import { FEATURES_OF_POLICIES, requireTierIfKnown } from "../gateway/tiers";
import { PolicyDocument } from "../policy/policy-document";
import { identityVariable } from "../policy/gateway/caller-validation";
import { checkEntraTokenCloud } from "./entra-token-cloud";
import { noteOwnPolicy } from "./own-policies";
import { checkUnknowns } from "./policy-values";
import { inKib, POLICY_LIMITS, sizeOf } from "../policy/size";
import { fail, finding } from "../core/fail";
import { named } from "../policy/findings/named";
import { Findings } from "../policy/findings/findings";
import { findingLine } from "../policy/findings/rule";

const COUNT_BY_SUBSCRIPTION = "use PolicyStatement.rateLimit, which counts by subscription";

/** Checks a composed policy against the gateway's tier and the API's operations, and adds the document's warnings to the construct. */
export function checkPolicy(
  scope: Construct,
  document: PolicyDocument,
  around: { readonly gateway: IApimGateway; readonly passesOptions: boolean },
): void {
  const elements = document._elements();
  for (const element of named(elements, FEATURES_OF_POLICIES.keys())) {
    const what = `The policy ${element.name} (${element.source}:${element.line}:${element.column})`;
    const feature = FEATURES_OF_POLICIES.get(element.name)!;
    requireTierIfKnown(scope, around.gateway, feature, { what, instead: COUNT_BY_SUBSCRIPTION });
  }
  const size = sizeOf(document._analyze().merged.text);
  if (size > POLICY_LIMITS.consumption) {
    const what = `The policy, which has ${inKib(size)},`;
    requireTierIfKnown(scope, around.gateway, "largePolicies", { what, instead: "make the policy smaller" });
  }
  const [cors] = named(elements, ["cors"]);
  if (cors && around.passesOptions)
    fail(
      scope,
      "cors-with-options",
      `The cors policy (${cors.source}:${cors.line}:${cors.column}) cannot answer preflight requests, because the API has an OPTIONS operation.`,
      "Remove passThroughOptions(...) from the surface, or remove the policy and let the backend handle CORS.",
    );
  checkEntraTokenCloud(scope, document);
  checkIdentityVariable(scope, document);
  warn(scope, document._analyze().findings);
}

function checkIdentityVariable(scope: Construct, document: PolicyDocument): void {
  const variable = identityVariable(document);
  if (variable?.validatedLater !== undefined)
    fail(
      scope,
      "caller-identity-before-validation",
      `The caller's identity is read from the variable "${variable.name}" before <${variable.validatedLater}> fills it, so every request ` +
        "would fail.",
      "Write the validation in a PolicyStatement.raw of its own, without other policies and without context.Variables. The library then places " +
        "it before the identity is read.",
    );
  if (variable && !variable.isValidated)
    fail(
      scope,
      "caller-identity-without-token",
      `PolicyStatement.forwardCallerIdentity reads the validated token from the variable "${variable.name}", but nothing before it in the ` +
        `inbound section validates a token into that variable.`,
      `Add PolicyStatement.requireEntraToken(...) or requireJwt(...), or set output-token-variable-name="${variable.name}" on your validation. ` +
        `If a parent policy validates the token, use PolicyStatement.forwardInheritedCallerIdentity("${variable.name}", "why").`,
    );
  if (variable?.overwrittenBy !== undefined)
    fail(
      scope,
      "caller-identity-overwritten",
      `The caller's identity is read from the validated token in the variable "${variable.name}", but ${variable.overwrittenBy} can ` +
        "overwrite the variable after the validation, so a consumer could forge the identity.",
      "Give the variable of this policy another name.",
    );
}

const MOST_WARNINGS = 20;

/** Adds the warnings among the findings to the construct. Nobody reads hundreds of them. */
export function warn(scope: Construct, findings: Findings): void {
  for (const warning of findings.warnings(MOST_WARNINGS))
    Annotations.of(scope).addWarning(`${warning.source}:${findingLine(warning)}`);
  if (findings.numberOfWarnings > MOST_WARNINGS)
    Annotations.of(scope).addWarning(
      finding(
        "more-policy-warnings",
        `The policy has ${findings.numberOfWarnings - MOST_WARNINGS} more warnings.`,
        "Run cdktf-secure-apim-backend policy check --json on the document to see all of them.",
      ),
    );
}

/** The policy of an API, or of an operation. */
interface PolicyResource extends TerraformResource {
  readonly apiManagementNameInput?: string;
  readonly resourceGroupNameInput?: string;
  readonly apiNameInput?: string;
  readonly operationIdInput?: string;
  readonly xmlContentInput?: string;
}

/**
 * The policy secures the API and gets the gateway's token, so it must be rendered as it was composed.
 *
 * @param text what it was composed to, with values that only Terraform knows
 */
export function guardPolicy(policy: PolicyResource, text: string): void {
  checkUnknowns(policy, text);
  noteOwnPolicy(policy);
  guard(policy, {
    attributes: {
      ...ONCE,
      api_management_name: policy.apiManagementNameInput,
      resource_group_name: policy.resourceGroupNameInput,
      api_name: policy.apiNameInput,
      operation_id: policy.operationIdInput,
      xml_content: policy.xmlContentInput,
      xml_link: undefined,
    },
    changed: (attributes) =>
      finding(
        "policy-changed",
        `The policy "${policy.node.path}" was changed after it was composed, so the API could be open, or the backend could get no token.`,
        `Remove what changes ${attributes} on it (a setter, addOverride, an aspect). Write the policy as ` +
          "policy: PolicyDocument... on the SecureApimBackend or the ApimMcpServer.",
      ),
  });
}
