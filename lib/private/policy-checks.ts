import { Annotations, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import * as errors from "../core/errors";
import { findingLine } from "../core/policy-errors";
import { renderedAttributes } from "../core/rendered";
import { IApimGateway } from "../gateway/gateway";
import { PolicyDocument } from "../policy/policy-document";
import { tokenVariableWithoutValidation } from "../policy/private/caller-identity";

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
    if (around.gateway.sku?._isConsumption) throw errors.policyNotOnConsumption(scope, name, place);
    if (!around.gateway.sku) Annotations.of(scope).addWarning(errors.policyPerhapsNotOnSku(name, place));
  }
  const cors = elements.find(({ name }) => name === "cors");
  if (cors && around.passesOptions) {
    throw errors.corsWithOptions(scope, `${cors.source}:${cors.line}:${cors.column}`);
  }
  const unread = tokenVariableWithoutValidation(document);
  if (unread !== undefined) throw errors.callerIdentityWithoutToken(scope, unread);
  for (const finding of document._analyze().findings.filter(({ severity }) => severity === "warning")) {
    Annotations.of(scope).addWarning(`${finding.source}:${findingLine(finding)}`);
  }
}

/** What a document says when it cannot be written, said at the construct. */
export function atConstruct<T>(scope: Construct, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw errors.refusedPolicy(scope, (error as Error).message);
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
        return [errors.policyChanged(policy.node.path)];
      return ignored.includes("all") || ignored.includes("xml_content") ? [errors.policyIgnored(policy.node.path)] : [];
    },
  });
}
