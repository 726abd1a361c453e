import { TerraformStack } from "cdktf";
import { ApimGateway, ApimSku } from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";
import { GROUP, stackWithProviders } from "../helpers/synth";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const gateway = (sku: ApimSku): ApimGateway =>
  new ApimGateway(stack, "G", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    sku,
  });

describe("a SKU that does not exist", () => {
  test.each<[string, ApimSku, string, ...string[]]>([
    [
      "too many units",
      ApimSku.of("Standard", 5),
      "unsupported-units",
      "Tier Standard",
      "5 units",
      'ApimSku.of("Standard", n)',
      "from 1 to 4",
    ],
    [
      "units of a tier that has one",
      ApimSku.of("Developer", 2),
      "unsupported-units",
      "2 units",
      'ApimSku.of("Developer", 1)',
    ],
    ["units of Consumption", ApimSku.of("Consumption", 1), "unsupported-units", 'ApimSku.of("Consumption", 0)'],
    ["half a unit", ApimSku.of("Premium", 1.5), "unsupported-units", "1.5 units", "from 1 to 99"],
    ["a tier with the name of a method", ApimSku.of("toString", 1), "nonexistent-tier", '"toString"', "PremiumV2"],
  ])("%s", (_, sku, id, ...values) => {
    expect(() => gateway(sku)).toThrow(refusal(id, "[app/G]", ...values));
  });
});
