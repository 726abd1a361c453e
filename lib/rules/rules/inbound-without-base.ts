import { judgeBase } from "../base";
import { SecurityRule } from "../rule";

export const INBOUND_WITHOUT_BASE: SecurityRule = {
  id: "inbound-without-base",
  title: "The policy of an API or a product inherits the policies above it.",
  severity: "error",
  control: "IM-1",
  cwe: 693,
  judges: ({ policies }) =>
    policies
      .filter(({ scope }) => scope === "api" || scope === "product")
      .flatMap((policy) =>
        judgeBase(policy, "it inherits nothing, not even the token validation of the policies above it"),
      ),
};
