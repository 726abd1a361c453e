import { Construct } from "constructs";
import { CLOUDS } from "../azure/clouds/hosts";
import { cloudOf } from "../azure/clouds/stack-cloud";
import { fail } from "../core/fail";
import { PolicyDocument } from "../policy/policy-document";
import { AUTHENTICATION_ENDPOINT } from "../policy/names";
import { allElements, attributeOf } from "../policy/syntax/source-tree";

/**
 * Outside the public cloud, requires that each validation of Entra tokens names the sign-in host: API Management documents no default that
 * differs by cloud.
 *
 * @see https://learn.microsoft.com/azure/api-management/validate-azure-ad-token-policy
 */
export function checkEntraTokenCloud(scope: Construct, document: PolicyDocument): void {
  const cloud = cloudOf(scope);
  if (cloud === "public") return;
  const { merged } = document._analyze();
  const found = allElements(merged.roots).find(
    (element) =>
      element.name === "validate-azure-ad-token" && attributeOf(element, AUTHENTICATION_ENDPOINT) === undefined,
  );
  if (found === undefined) return;
  const { title: thisCloud, member, signIn } = CLOUDS[cloud];
  const { line, column } = merged.position(found.start);
  fail(
    scope,
    "entra-token-without-cloud",
    `The policy validate-azure-ad-token (${merged.source}:${line}:${column}) names no sign-in host, but the stack is for ${thisCloud}, so every ` +
      `token could be refused.`,
    `Write cloud: AzureCloud.${member} in PolicyStatement.requireEntraToken, or ${AUTHENTICATION_ENDPOINT}="https://${signIn[0]}" in your XML.`,
  );
}
