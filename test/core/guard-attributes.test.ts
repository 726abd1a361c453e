import { TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { ApiManagementBackend } from "@cdktf/provider-azurerm/lib/api-management-backend";
import { ApiManagementProduct } from "@cdktf/provider-azurerm/lib/api-management-product";
import {
  ApimGateway,
  ApimProduct,
  Audience,
  Backend,
  SecureApimBackend,
  SecurePolicyFragment,
} from "cdktf-secure-apim-backend";
import { findings, GROUP, stackWithProviders, synth } from "../helpers/synth";

let stack: TerraformStack;
let api: SecureApimBackend;
let fragment: SecurePolicyFragment;
let product: ApimProduct;

beforeEach(() => {
  stack = stackWithProviders();
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
  const backend = () =>
    Backend.url("https://orders.contoso.com", Audience.clientId("11111111-2222-3333-4444-555555555555"));
  api = new SecureApimBackend(stack, "Orders", { gateway, backend: backend() });
  product = new ApimProduct(stack, "Partners", { gateway });
  fragment = new SecurePolicyFragment(stack, "Stock", { gateway, backend: backend() });
});

const resource = <T extends TerraformResource>(...path: string[]): T =>
  path.reduce<IConstruct>(({ node }, id) => node.findChild(id), api) as T;

test.each<[string, () => void]>([
  ["another address of the backend", () => (resource<ApiManagementBackend>("BackendEntity").url = "http://elsewhere")],
  [
    "a certificate that nobody checks",
    () =>
      resource<ApiManagementBackend>("BackendEntity").putTls({
        validateCertificateChain: false,
        validateCertificateName: false,
      }),
  ],
  ["plain HTTP", () => (resource<ApiManagementApi>("Api", "Resource").protocols = ["http", "https"])],
  ["no subscription key", () => (resource<ApiManagementApi>("Api", "Resource").subscriptionRequired = false)],
  [
    "a product without subscriptions",
    () => (product.node.findChild("Resource") as ApiManagementProduct).resetSubscriptionRequired(),
  ],
  [
    "another fragment",
    () => (fragment.node.findChild("Resource") as TerraformResource).addOverride("value", "<fragment />"),
  ],
])("%s, set afterwards, is an error at synth", (_, change) => {
  change();
  expect(findings(stack)).toMatchSnapshot();
});

test("what closes nothing may be set afterwards", () => {
  resource<ApiManagementApi>("Api", "Resource").description = "Orders of the shop";
  expect(() => synth(stack)).not.toThrow();
});
