import { azapiProperty, hasUnknownType } from "../model/azapi";
import type { Resource } from "../model/resource";
import { judged, SecurityRule } from "../rule";

export const POLICY_UNREADABLE: SecurityRule = {
  id: "policy-unreadable",
  title: "Every policy is a text that can be read.",
  severity: "error",
  control: "PV-1",
  judges: ({ policies, azapiResources }) => [
    ...policies.map(({ resource, attribute, tree, error = "" }) =>
      judged(
        resource,
        attribute,
        tree ? true : error === "" ? undefined : false,
        `The policy cannot be read: ${error}`,
        "Write the policy as API Management accepts it.",
      ),
    ),
    ...azapiResources.filter(canBePolicy).map((resource) => judged(resource, "type", undefined, "", "")),
  ],
};

/** A policy is the value of what azapi writes. */
function canBePolicy(resource: Resource): boolean {
  return (
    resource.mode === "resource" && hasUnknownType(resource) && !azapiProperty(resource, "properties.value").isAbsent
  );
}
