import { ignoresErrors } from "../../policy/findings/effects";
import { isIdentity } from "../identity";
import { judgedAt, SecurityRule } from "../rule";

export const IDENTITY_ERROR_IGNORED: SecurityRule = {
  id: "identity-error-ignored",
  title: "A request fails if the gateway's identity gets no token.",
  severity: "error",
  control: "IM-3",
  cwe: 636,
  judges: ({ policies }) =>
    policies.flatMap((policy) =>
      policy.located
        .filter(isIdentity)
        .map((located) =>
          judgedAt(
            policy,
            located.element.start,
            ignoresErrors(located) ? "violated" : "complies",
            `<${located.element.name}> has an ignore-error other than "false": if it gets no token, the consumer's Authorization goes on instead.`,
            "Remove the attribute ignore-error.",
          ),
        ),
    ),
};
