import { judgeBase } from "../base";
import { SecurityRule } from "../rule";

export const OPERATION_WITHOUT_BASE: SecurityRule = {
  id: "operation-without-base",
  title: "The policy of an operation inherits the policy of its API.",
  severity: "error",
  control: "IM-1",
  cwe: 693,
  judges: ({ policies }) =>
    policies
      .filter(({ scope }) => scope === "operation")
      .flatMap((policy) =>
        judgeBase(policy, "the policy of the API does not run: neither its token validation nor the gateway's token"),
      ),
};
