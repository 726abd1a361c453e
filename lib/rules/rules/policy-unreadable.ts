import { judged, SecurityRule } from "../rule";

export const POLICY_UNREADABLE: SecurityRule = {
  id: "policy-unreadable",
  title: "Every policy is a text that can be read.",
  severity: "error",
  control: "PV-1",
  judges: ({ policies }) =>
    policies.map(({ resource, attribute, tree, error = "" }) =>
      judged(
        resource,
        attribute,
        tree ? true : error === "" ? undefined : false,
        `The policy cannot be read: ${error}`,
        "Write the policy as API Management accepts it.",
      ),
    ),
};
