import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import { Feature, FEATURES_OF_POLICIES, requireTier, requireTierIfKnown, tierHas } from "../../lib/gateway/tiers";
import { refusal } from "../helpers/refusal";
import { annotations, stackWithProviders } from "../helpers/synth";

const TIERS = ["Consumption", "Developer", "Basic", "Standard", "Premium", "BasicV2", "StandardV2", "PremiumV2"];
const CLASSIC = ["Developer", "Basic", "Standard", "Premium"];
const PAID = [...CLASSIC, "BasicV2", "StandardV2", "PremiumV2"];
const USE = { what: "A thing", instead: "omit it" };

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const resolved = (value: unknown): unknown =>
  Tokenization.resolve(value, { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()) });

test.each<[Feature, string[]]>([
  ["circuitBreaker", PAID],
  ["azureMonitor", PAID],
  ["policyByKey", PAID],
  ["cipherSettings", PAID],
  ["zones", ["Premium"]],
  ["publicAddresses", CLASSIC],
  ["virtualNetwork", ["Developer", "Premium", "StandardV2", "PremiumV2"]],
  ["externalNetwork", ["Developer", "Premium"]],
  ["internalNetwork", ["Developer", "Premium", "PremiumV2"]],
  ["outboundNetwork", ["StandardV2", "PremiumV2"]],
  ["undelegatedSubnet", ["Developer", "Premium"]],
  ["publicIpAddress", ["Developer", "Premium"]],
  ["privateEndpoints", [...CLASSIC, "StandardV2", "PremiumV2"]],
])("%s is on certain tiers", (feature, tiers) => {
  expect(TIERS.filter((tier) => tierHas(tier, feature))).toEqual(tiers);
  for (const tier of TIERS) {
    const call = (): unknown => requireTier(stack, { skuName: `${tier}_1` }, feature, USE);
    if (tiers.includes(tier)) expect(call()).toEqual([]);
    else expect(call).toThrow(refusal("unsupported-tier", "[app] A thing requires", `This gateway is ${tier}, which`));
  }
});

test("the message lists the tiers, suggests one, and says what to do otherwise", () => {
  const call = (): unknown => requireTier(stack, { skuName: "Basic_1" }, "virtualNetwork", USE);
  expect(call).toThrow(
    refusal(
      "unsupported-tier",
      "tier Developer, Premium, StandardV2 or PremiumV2",
      "sku: ApimSku.STANDARD_V2",
      "or omit it.",
    ),
  );
  const onConsumption = (): unknown => requireTier(stack, { skuName: "Consumption_0" }, "circuitBreaker", USE);
  expect(onConsumption).toThrow(refusal("unsupported-tier", "a tier other than Consumption", "sku: ApimSku.BASIC_V2"));
});

test.each<[Feature, string, string]>([
  ["zones", '${contains(["Premium"], element(split("_", "${var.sku}"), 0))}', "tier Premium"],
  ["circuitBreaker", '${!startswith("${var.sku}", "Consumption")}', "a tier other than Consumption"],
])("Terraform checks a tier that only it knows: %s", (feature, condition, tiers) => {
  const [precondition, ...others] = requireTier(stack, { skuName: "${var.sku}" }, feature, USE);
  expect(resolved(precondition)).toEqual({
    condition,
    errorMessage: refusal("unsupported-tier-at-plan", tiers, "omit it"),
  });
  expect(others).toEqual([]);
});

test("without a resource for a precondition, an unknown tier is a warning, and a known one an error", () => {
  requireTierIfKnown(stack, { skuName: "${var.sku}" }, "policyByKey", USE);
  expect(annotations(stack)).toEqual([refusal("unknown-tier", "warn: A thing", "other than Consumption", "omit it")]);
  requireTierIfKnown(stack, { skuName: "Basic_1" }, "policyByKey", USE);
  expect(annotations(stack)).toHaveLength(1);
  const known = (): void => requireTierIfKnown(stack, { skuName: "Consumption_0" }, "policyByKey", USE);
  expect(known).toThrow(refusal("unsupported-tier", "This gateway is Consumption"));
});

test("policies by key need a tier, and others do not", () => {
  expect(
    ["rate-limit-by-key", "quota-by-key", "rate-limit", "toString"].map((name) => FEATURES_OF_POLICIES.get(name)),
  ).toEqual(["policyByKey", "policyByKey", undefined, undefined]);
});
