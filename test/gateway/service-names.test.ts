import { TerraformStack, TerraformVariable } from "cdktf";
import { ApimGateway, ApimGatewayProps, ApimSku } from "cdktf-secure-apim-backend";
import { Refusal, refusal } from "../helpers/refusal";
import { GROUP, stackWithProviders } from "../helpers/synth";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

function create(props: Partial<ApimGatewayProps>): void {
  new ApimGateway(stack, "G", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    ...props,
  });
}

const variable = (): TerraformVariable => new TerraformVariable(stack, "v", { type: "string" });

describe("names that API Management refuses", () => {
  test.each<[string, () => unknown, Refusal]>([
    [
      "name of the service",
      () => create({ apimName: "contoso_apim" }),
      refusal("invalid-name", "[app/G]", "API Management", '"contoso_apim"', '"contoso-apim"'),
    ],
    [
      "an empty name of the service",
      () => create({ apimName: "" }),
      refusal("invalid-name", "[app/G]", "API Management", '""'),
    ],
    [
      "name of an existing service",
      () => ApimGateway.fromLookup(stack, "G", { apimName: "a.b", resourceGroupName: "rg" }),
      refusal("invalid-name", "[app/G]", "API Management", '"a.b"'),
    ],
    ["publisher name", () => create({ publisherName: "" }), refusal("invalid-name", "[app/G]", "publisher", '""')],
    [
      "publisher e-mail",
      () => create({ publisherEmail: "Contoso" }),
      refusal("invalid-name", "[app/G]", '"Contoso"', "api@contoso.com"),
    ],
  ])("%s", (_, action, expected) => expect(action).toThrow(expected));
});

describe("a literal is needed", () => {
  test("for a tier", () => {
    expect(() => create({ sku: ApimSku.of(variable().stringValue, 1) })).toThrow(
      refusal("literal-required", "[app/G]", "tier", "ApimSku.of"),
    );
  });

  test("for units", () => {
    expect(() => create({ sku: ApimSku.of("Premium", variable().numberValue) })).toThrow(
      refusal("literal-required", "[app/G]", "units", "ApimSku.of"),
    );
  });
});
