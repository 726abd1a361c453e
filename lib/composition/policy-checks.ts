import { Annotations, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { renderedAttributes } from "../core/rendered";
import { IApimGateway } from "../gateway/gateway";
import { PolicyDocument } from "../policy/policy-document";
import { tokenVariableWithoutValidation } from "../policy/gateway/caller-identity";
import { fail, finding } from "../core/fail";
import { findingLine } from "../policy/findings/finding";

/** Policies that the Consumption tier does not have. */
const NOT_ON_CONSUMPTION = new Set(["rate-limit-by-key", "quota-by-key"]);

/**
 * Holds a composed policy against what surrounds it: the gateway's tier and the API's operations. What the document itself has
 * to say (conflicts, fragments that cannot be looked into) is said at the construct.
 */
export function checkPolicy(
  scope: Construct,
  document: PolicyDocument,
  around: { readonly gateway: IApimGateway; readonly passesOptions: boolean },
): void {
  const elements = document._elements();
  for (const { name, source, line, column } of elements.filter((element) => NOT_ON_CONSUMPTION.has(element.name))) {
    const place = `${source}:${line}:${column}`;
    if (around.gateway.sku?._isConsumption)
      fail(
        scope,
        "policy-not-on-consumption",
        `The policy ${name} (${place}) does not exist on the Consumption tier. ` +
          `Write another tier, for example sku: ApimSku.BASIC_V2, or PolicyStatement.rateLimit, which counts by subscription.`,
      );
    if (!around.gateway.sku)
      Annotations.of(scope).addWarning(
        finding(
          "policy-perhaps-not-on-sku",
          `The policy ${name} (${place}) does not exist on the Consumption tier, and the tier of this gateway is not known here. ` +
            `On Consumption the policy will be refused at apply.`,
        ),
      );
  }
  const cors = elements.find(({ name }) => name === "cors");
  if (cors && around.passesOptions) {
    fail(
      scope,
      "cors-with-options",
      `The cors policy (${`${cors.source}:${cors.line}:${cors.column}`}) answers no preflight requests while the API has an OPTIONS operation. ` +
        `Remove passThroughOptions(...) from the surface, or leave cors to the backend and remove the policy.`,
    );
  }
  const unread = tokenVariableWithoutValidation(document);
  if (unread !== undefined)
    fail(
      scope,
      "caller-identity-without-token",
      `PolicyStatement.forwardCallerIdentity reads the validated token from the variable "${unread}", and nothing before it in ` +
        `the inbound section validates a token into it. Write PolicyStatement.requireEntraToken(...) or requireJwt(...) beside it, ` +
        `or output-token-variable-name="${unread}" on your own validation. Where a parent policy validates, write ` +
        `PolicyStatement.forwardInheritedCallerIdentity("${unread}", "why").`,
    );
  for (const finding of document._analyze().findings.filter(({ severity }) => severity === "warning")) {
    Annotations.of(scope).addWarning(`${finding.source}:${findingLine(finding)}`);
  }
}

/** What a document says when it cannot be written, said at the construct. */
export function atConstruct<T>(scope: Construct, write: () => T): T {
  try {
    return write();
  } catch (error) {
    fail(scope, "refused-policy", (error as Error).message);
  }
}

/** The policy holds the lock of the API and the token of the gateway: what is rendered at synth must still be it. */
export function keepPolicy(scope: Construct, policy: TerraformResource): void {
  const ours = renderedAttributes(policy).xml_content;
  scope.node.addValidation({
    validate: () => {
      const rendered = renderedAttributes(policy);
      const ignored: string | string[] = rendered.lifecycle?.ignore_changes ?? [];
      if (rendered.xml_content !== ours || rendered.xml_link !== undefined)
        return [
          finding(
            "policy-changed",
            `The policy "${policy.node.path}" was changed after it was composed: the API could be open, or the backend get no token. Remove what ` +
              `changes xml_content on it (xmlContent, addOverride, an aspect), and write policy: PolicyDocument... on the SecureApimBackend.`,
          ),
        ];
      return ignored.includes("all") || ignored.includes("xml_content")
        ? [
            finding(
              "policy-ignored",
              `The policy "${policy.node.path}" has xml_content in lifecycle.ignoreChanges: Terraform would leave it as it is now, whatever it lets ` +
                `in. Take it out of ignoreChanges; in place of "all", name the attributes to ignore.`,
            ),
          ]
        : [];
    },
  });
}
