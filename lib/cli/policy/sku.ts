import { nearest } from "../../core/nearest";
import { findingsOf } from "../../policy/findings/findings";
import { examine, foundIn, PolicyFinding, PolicyRule } from "../../policy/findings/rule";
import { inKib, POLICY_LIMITS, sizeOf } from "../../policy/size";
import { SourceTree } from "../../policy/syntax/source-tree";
import { misuse } from "../misuse";

/** The tiers, as Azure names them. */
const SKUS = ["Consumption", "Developer", "Basic", "Standard", "Premium", "BasicV2", "StandardV2", "PremiumV2"];

/** The tier that `--sku` names, alone or with its units, as azurerm writes it: `StandardV2_1`. */
export function skuNamed(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  const name = written.replace(/_\d+$/, "").toLowerCase();
  const sku = SKUS.find((each) => each.toLowerCase() === name);
  if (sku !== undefined) return sku;
  const near = nearest(
    name,
    SKUS.map((each) => each.toLowerCase()),
  );
  const meant = SKUS.find((each) => each.toLowerCase() === near);
  misuse(
    "sku-unknown",
    `--sku ${written} is not a tier of API Management.`,
    meant === undefined ? `Write one of ${SKUS.join(", ")}.` : `Write --sku ${meant}.`,
  );
}

/** The size in bytes that a tier accepts; without one, that of all tiers but Consumption. */
export function limitOf(sku: string | undefined): number {
  return sku === "Consumption" ? POLICY_LIMITS.consumption : POLICY_LIMITS.otherTiers;
}

/** Without a tier, Consumption is no conflict: most gateways are of another tier. */
export function sizeConflicts(tree: SourceTree, sku: string | undefined): readonly PolicyFinding[] {
  return sku === "Consumption" ? findingsOf([TOO_LARGE_FOR_CONSUMPTION], examine(tree, [])) : [];
}

const TOO_LARGE_FOR_CONSUMPTION: PolicyRule = {
  id: "policy-too-large-for-consumption",
  severity: "conflict",
  finds: ({ tree }) => {
    const size = sizeOf(tree.text);
    const found = { ...foundIn(tree, { line: 1, column: 1 }), value: inKib(size) };
    return size > POLICY_LIMITS.consumption ? [found] : [];
  },
  says: ({ value: size }) =>
    `With the statements, the document has ${size}, but Consumption accepts at most ${inKib(POLICY_LIMITS.consumption)}.`,
  resolutions: () => ["move policies into policy fragments, and include the fragments", "choose another tier"],
};
