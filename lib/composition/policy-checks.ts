import { Annotations, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { guard } from "../core/guard";
import { IApimGateway } from "../gateway/gateway";
import { featureOfPolicy, requireTierIfKnown } from "../gateway/tiers";
import { PolicyDocument } from "../policy/policy-document";
import { tokenVariableWithoutValidation } from "../policy/gateway/caller-identity";
import { fail, finding } from "../core/fail";
import { findingLine } from "../policy/findings/finding";

const COUNT_BY_SUBSCRIPTION = "use PolicyStatement.rateLimit, which counts by subscription";

/** Checks a composed policy against the gateway's tier and the API's operations, and adds the document's warnings to the construct. */
export function checkPolicy(
  scope: Construct,
  document: PolicyDocument,
  around: { readonly gateway: IApimGateway; readonly passesOptions: boolean },
): void {
  const elements = document._elements();
  for (const { name, source, line, column } of elements) {
    const feature = featureOfPolicy(name);
    if (!feature) continue;
    const what = `The policy ${name} (${source}:${line}:${column})`;
    requireTierIfKnown(scope, around.gateway, feature, { what, instead: COUNT_BY_SUBSCRIPTION });
  }
  const cors = elements.find(({ name }) => name === "cors");
  if (cors && around.passesOptions) {
    fail(
      scope,
      "cors-with-options",
      `The cors policy (${cors.source}:${cors.line}:${cors.column}) cannot answer preflight requests, because the API has an OPTIONS operation.`,
      "Remove passThroughOptions(...) from the surface, or remove the policy and let the backend handle CORS.",
    );
  }
  const unread = tokenVariableWithoutValidation(document);
  if (unread !== undefined)
    fail(
      scope,
      "caller-identity-without-token",
      `PolicyStatement.forwardCallerIdentity reads the validated token from the variable "${unread}", but nothing before it in the ` +
        `inbound section validates a token into that variable.`,
      `Add PolicyStatement.requireEntraToken(...) or requireJwt(...), or set output-token-variable-name="${unread}" on your validation. ` +
        `If a parent policy validates the token, use PolicyStatement.forwardInheritedCallerIdentity("${unread}", "why").`,
    );
  for (const finding of document._analyze().findings.filter(({ severity }) => severity === "warning")) {
    Annotations.of(scope).addWarning(`${finding.source}:${findingLine(finding)}`);
  }
}

/** The policy secures the API and gets the gateway's token, so it must be rendered as it was composed. */
export function guardPolicy(policy: TerraformResource & { readonly xmlContentInput?: string }): void {
  guard(policy, {
    attributes: { xml_content: policy.xmlContentInput, xml_link: undefined },
    changed: () =>
      finding(
        "policy-changed",
        `The policy "${policy.node.path}" was changed after it was composed, so the API could be open, or the backend could get no token.`,
        "Remove what changes xml_content or xml_link on it (xmlContent, addOverride, an aspect). Write the policy as " +
          "policy: PolicyDocument... on the SecureApimBackend.",
      ),
  });
}
