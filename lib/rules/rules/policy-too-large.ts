import { inKib, POLICY_LIMITS, sizeOf } from "../../policy/size";
import type { PolicyText } from "../model/policy-text";
import { judged, Judgement, SecurityRule } from "../rule";

export const POLICY_TOO_LARGE: SecurityRule = {
  id: "policy-too-large",
  title: "Every policy is within the size that the tier of its gateway accepts.",
  severity: "error",
  control: "PV-1",
  judges: ({ policies }) => policies.flatMap(judgePolicy),
};

function judgePolicy({ resource, attribute, written }: PolicyText): Judgement[] {
  if (written === undefined) return [];
  const { consumption, otherTiers } = POLICY_LIMITS;
  const size = sizeOf(written);
  const [gateway] = ["api_management_name", "api_management_id", "parent_id"]
    .flatMap((name) => resource.referenced(name))
    .filter(({ type }) => type === "azurerm_api_management");
  const tier = gateway?.at("sku_name").text;
  const limit = tier?.startsWith("Consumption") ? consumption : otherTiers;
  const isSure = tier !== undefined || size <= consumption || size > otherTiers;
  return [
    judged(
      resource,
      attribute,
      isSure ? size <= limit : undefined,
      `The policy has ${inKib(size)}, but ${limit === consumption ? "the Consumption tier" : "API Management"} accepts at most ${inKib(limit)}.`,
      "Move policies into policy fragments, and include the fragments.",
    ),
  ];
}
