import { validatesToken } from "../../policy/findings/effects";
import { isInbound } from "../../policy/findings/located";
import { includedIn } from "../fragments";
import { judgedAt, SecurityRule } from "../rule";

const CACHE = /(?:^|-)cache-lookup$/;

export const CACHE_BEFORE_VALIDATION: SecurityRule = {
  id: "cache-before-validation",
  title: "A request is answered from a cache only after its token was validated.",
  severity: "error",
  control: "IM-1",
  cwe: 287,
  judges: (model) =>
    model.policies.flatMap((policy) => {
      const inbound = policy.located.filter(isInbound);
      return inbound
        .filter(({ element }) => CACHE.test(element.name))
        .map(({ element }) => {
          const later = inbound.find(
            (located) =>
              located.element.start > element.start &&
              (located.element.name === "base" ||
                validatesToken(located) ||
                includedIn(model, policy, located).some((fragment) => fragment.located.some(validatesToken))),
          );
          return judgedAt(
            policy,
            element.start,
            later ? "violated" : "complies",
            `<${element.name}> comes before <${later?.element.name}${later?.element.name === "base" ? " />" : ">"}, so it answers requests whose token nobody has validated.`,
            `Move <${element.name}> after it.`,
          );
        });
    }),
};
