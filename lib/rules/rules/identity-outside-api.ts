import { tokensAddedBy } from "../identity";
import { judgedAt, SecurityRule } from "../rule";

export const IDENTITY_OUTSIDE_API: SecurityRule = {
  id: "identity-outside-api",
  title: "The gateway's token is added where the backend is known: in the policy of an API or an operation.",
  severity: "error",
  control: "IM-8",
  cwe: 522,
  judges: (model) =>
    model.policies.flatMap((policy) =>
      tokensAddedBy(model, policy)
        .filter(() => policy.scope !== "fragment")
        .map(({ element }) =>
          judgedAt(
            policy,
            element.start,
            policy.scope === "global" || policy.scope === "product" ? "violated" : "complies",
            `<${element.name}> is in the policy of ${policy.scope === "global" ? "the whole gateway" : "a product"}, so the backend of every API there gets the token.`,
            "Move it to the policy of the API whose backend the token is for.",
          ),
        ),
    ),
};
