import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import {
  ApimGateway,
  ApimProduct,
  ApimProductProps,
  ApimTag,
  ApiSurface,
  Audience,
  Backend,
  IApimGateway,
  IApimProduct,
  IApimTag,
  IApiSurface,
  PolicyDocument,
  ProductAccess,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { Refusal, refusal } from "../helpers/refusal";
import { all, annotations, findings, GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = created("Gateway");
});

interface Published {
  readonly products?: IApimProduct[];
  readonly tags?: IApimTag[];
  readonly surface?: IApiSurface;
}

const created = (id: string): IApimGateway =>
  new ApimGateway(stack, id, { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" });
const product = (props: Partial<ApimProductProps> = {}, id = "PartnerApis"): IApimProduct =>
  new ApimProduct(stack, id, { gateway, ...props });
const publish = (props: Published, scope: Construct = stack): SecureApimBackend =>
  new SecureApimBackend(scope, "Orders", {
    gateway,
    backend: Backend.url("https://orders.contoso.com", Audience.clientId(GUID)),
    ...props,
  });
const ON_GATEWAY = {
  api_management_name: "${azurerm_api_management.Gateway_43CB3636.name}",
  resource_group_name: "${azurerm_api_management.Gateway_43CB3636.resource_group_name}",
};
const WITH_THE_GATEWAY = { replace_triggered_by: ["azurerm_api_management.Gateway_43CB3636.id"] };
const WITH_THE_API = { replace_triggered_by: ["azurerm_api_management_api.Orders_Api_A821092D.id"] };

describe("a product", () => {
  test("asks for a subscription, is in use, and has the name of its construct", () => {
    product();
    expect(only(synth(stack), "azurerm_api_management_product")).toEqual({
      ...ON_GATEWAY,
      lifecycle: WITH_THE_GATEWAY,
      product_id: "partner-apis",
      display_name: "PartnerApis",
      published: true,
      subscription_required: true,
    });
  });

  test("says what it is told to say", () => {
    product({
      productId: "partners",
      displayName: "APIs for partners",
      description: "Orders and invoices",
      terms: "See the contract.",
      published: false,
      access: ProductAccess.subscription(2),
    });
    expect(only(synth(stack), "azurerm_api_management_product")).toEqual({
      ...ON_GATEWAY,
      lifecycle: WITH_THE_GATEWAY,
      product_id: "partners",
      display_name: "APIs for partners",
      description: "Orders and invoices",
      terms: "See the contract.",
      published: false,
      subscription_required: true,
      subscriptions_limit: 2,
    });
  });

  test("may take an administrator's approval, which azurerm takes with a limit", () => {
    product({ access: ProductAccess.approvedSubscription(1) });
    expect(only(synth(stack), "azurerm_api_management_product")).toMatchObject({
      subscription_required: true,
      subscriptions_limit: 1,
      approval_required: true,
    });
  });

  test("is open by name and with a reason only, and says so, as its APIs do", () => {
    const open = product({ access: ProductAccess.open("opening hours are public, ADR 12") });
    publish({ products: [open] });
    const resource = only(synth(stack), "azurerm_api_management_product");
    expect(resource.subscription_required).toBe(false);
    expect([resource.subscriptions_limit, resource.approval_required]).toEqual([undefined, undefined]);
    expect(open.isOpen).toBe(true);
    expect(annotations(stack)).toEqual([
      "info: All APIs of this product are open without a subscription key: opening hours are public, ADR 12",
      refusal("open-by-product", "info: ", "app/PartnerApis"),
    ]);
  });
});

describe("an API", () => {
  test("is a part of products once its policy is there, and again when it is made anew", () => {
    publish({ products: [product(), product({}, "Staff")] });
    const json = synth(stack);
    const [partners, staff] = Object.keys(all(json, "azurerm_api_management_product"));
    const member = (address: string): Json => ({
      ...ON_GATEWAY,
      api_name: "orders",
      product_id: `\${azurerm_api_management_product.${address}.product_id}`,
      depends_on: ["azurerm_api_management_api_policy.Orders_Policy_41E378C0"],
      lifecycle: WITH_THE_API,
    });
    expect(Object.values(all(json, "azurerm_api_management_product_api"))).toEqual([member(partners), member(staff)]);
  });

  test("keeps its place in a product, whatever the order of the list", () => {
    const addresses = (reversed: boolean): string[] => {
      stack = stackWithProviders();
      gateway = created("Gateway");
      const products = [product({}, "A"), product({}, "B")];
      publish({ products: reversed ? products.reverse() : products });
      return Object.keys(all(synth(stack), "azurerm_api_management_product_api")).sort();
    };
    expect(addresses(true)).toEqual(addresses(false));
    expect(addresses(true)).toEqual(["Orders_Product-A_FD8C8F50", "Orders_Product-B_F3E5A8AC"]);
  });

  test("has tags by which it is found, and has them again when it is made anew", () => {
    publish({ tags: [new ApimTag(stack, "ForPartners", { gateway, displayName: "For partners" })] });
    const json = synth(stack);
    expect(only(json, "azurerm_api_management_tag")).toEqual({
      api_management_id: "${azurerm_api_management.Gateway_43CB3636.id}",
      name: "for-partners",
      display_name: "For partners",
      lifecycle: WITH_THE_GATEWAY,
    });
    const [address] = Object.keys(all(json, "azurerm_api_management_tag"));
    expect(only(json, "azurerm_api_management_api_tag")).toEqual({
      api_id: '${join("/", [azurerm_api_management.Gateway_43CB3636.id, "apis", "orders"])}',
      name: `\${azurerm_api_management_tag.${address}.name}`,
      depends_on: ["azurerm_api_management_api.Orders_Api_A821092D"],
      lifecycle: WITH_THE_API,
    });
  });

  test("that somebody else publishes takes part too", () => {
    publish({
      products: [product()],
      tags: [ApimTag.fromAttributes(stack, "Internal", { gateway, tagName: "internal" })],
      surface: ApiSurface.existingApi("stock", PolicyDocument.EMPTY),
    });
    const json = synth(stack);
    expect(only(json, "azurerm_api_management_product_api").api_name).toBe("stock");
    expect(only(json, "azurerm_api_management_product_api").lifecycle).toEqual(WITH_THE_GATEWAY);
    expect(only(json, "azurerm_api_management_api_tag").name).toBe("internal");
    expect(json.resource.azurerm_api_management_tag).toBeUndefined();
  });

  test("takes a product that another stack makes, by its name there", () => {
    const team = new TerraformStack(stack.node.root as Construct, "team");
    new AzurermProvider(team, "azurerm", { features: [{}] });
    publish({ products: [product()] }, team);
    [stack, team].forEach((each) => each.prepareStack());
    const member = only(synth(team), "azurerm_api_management_product_api");
    expect(member.product_id).toMatch(
      /^\$\{data\.terraform_remote_state\.cross-stack-reference-input-app\.outputs\.cross-stack-output-azurerm_api_management_productPartnerApis_\w+product_id\}$/,
    );
    expect(member.depends_on).toEqual(["azurerm_api_management_api_policy.Orders_Policy_41E378C0"]);
  });
});

describe("an existing product", () => {
  const existing = (): IApimProduct => ApimProduct.fromLookup(stack, "Partners", { gateway, productId: "partners" });

  test("is checked for its subscription at plan", () => {
    publish({ products: [existing()] });
    expect(only(synth(stack), "azurerm_api_management_product")).toEqual({
      ...ON_GATEWAY,
      product_id: "partners",
      lifecycle: {
        postcondition: [
          {
            condition: "${self.subscription_required}",
            error_message: refusal(
              "existing-product-is-open",
              "${self.product_id}",
              "ApimProduct.fromLookupOpen(this, ",
            ),
          },
        ],
      },
    });
  });

  test("keeps that check", () => {
    const resource = existing().node.findChild("Resource");
    // @ts-expect-error -- it is a data source
    resource.lifecycle = undefined;
    expect(findings(stack)).toEqual([refusal("conditions-removed", "app/Partners/Resource")]);
  });

  test("may be open by name, with a reason", () => {
    const open = ApimProduct.fromLookupOpen(stack, "Hours", "public, ADR 12", { gateway, productId: "hours" });
    publish({ products: [open] });
    expect(only(synth(stack), "azurerm_api_management_product")).toEqual({ ...ON_GATEWAY, product_id: "hours" });
    expect(annotations(open)).toEqual([
      "info: All APIs of this product may be open without a subscription key: public, ADR 12",
    ]);
  });
});

test.each<[string, () => unknown, Refusal]>([
  [
    "an open product without a reason",
    () => product({ access: ProductAccess.open(" ") }),
    refusal("missing-reason", "app/PartnerApis", "ProductAccess.open("),
  ],
  [
    "a limit of none",
    () => product({ access: ProductAccess.subscription(0) }),
    refusal("invalid-subscriptions-limit", "app/PartnerApis", "ProductAccess.subscription ", "not 0", "1 or more"),
  ],
  [
    "half a subscription",
    () => product({ access: ProductAccess.approvedSubscription(0.5) }),
    refusal("invalid-subscriptions-limit", "app/PartnerApis", "ProductAccess.approvedSubscription ", "not 0.5"),
  ],
  [
    "a product id that is none",
    () => product({ productId: "for partners" }),
    refusal("invalid-name", "app/PartnerApis", "product", '"for partners"', '"for-partners"'),
  ],
  [
    "two products of one name",
    () => [product(), product({ productId: "Partner-Apis" }, "Other")],
    refusal("name-taken-on-gateway", "app/Other", '"Partner-Apis"', "app/Gateway", "app/PartnerApis", "productId"),
  ],
  [
    "a product twice",
    () => ((p) => publish({ products: [p, p] }))(product()),
    refusal("listed-twice", "app/Orders", 'product "app/PartnerApis"'),
  ],
  [
    "a product of another gateway",
    () => publish({ products: [product({ gateway: created("Other") })] }),
    refusal("published-on-other-gateway", "app/Orders", 'product "app/PartnerApis"', "app/Other", "app/Gateway"),
  ],
  [
    "two open products",
    () =>
      publish({
        products: [
          product({ access: ProductAccess.open("public") }),
          ApimProduct.fromLookupOpen(stack, "Old", "public", { gateway, productId: "old" }),
        ],
      }),
    refusal("several-open-products", "app/Orders", "app/PartnerApis", "app/Old"),
  ],
  [
    "an existing open product without a reason",
    () => ApimProduct.fromLookupOpen(stack, "Old", "", { gateway, productId: "old" }),
    refusal("missing-reason", "app/Old", 'ApimProduct.fromLookupOpen(this, "Old", "', '", { gateway, productId }).'),
  ],
  [
    "a misspelled property of an existing open product, by the call that takes it",
    () => ApimProduct.fromLookupOpen(stack, "Old", "public", { gateway, productId: "old", title: "Old" } as never),
    refusal("unknown-property", "app/Old", '"title" in ApimProduct.fromLookupOpen,'),
  ],
  [
    "a tag name that is none",
    () => new ApimTag(stack, "A", { gateway, tagName: "for partners" }),
    refusal("invalid-name", "app/A", "tag", '"for partners"', '"for-partners"'),
  ],
  [
    "two tags of one name",
    () => [new ApimTag(stack, "A", { gateway }), new ApimTag(stack, "B", { gateway, tagName: "a" })],
    refusal("name-taken-on-gateway", "app/B", '"a"', "app/Gateway", "app/A", "tagName"),
  ],
  [
    "a tag twice",
    () => ((tag) => publish({ tags: [tag, tag] }))(new ApimTag(stack, "A", { gateway })),
    refusal("listed-twice", "app/Orders", 'tag "app/A"'),
  ],
  [
    "a tag of another gateway",
    () => publish({ tags: [ApimTag.fromAttributes(stack, "A", { gateway: created("Other"), tagName: "a" })] }),
    refusal("published-on-other-gateway", "app/Orders", 'tag "app/A"', "app/Other", "app/Gateway"),
  ],
])("refuses %s", (_, action, expected) => expect(action).toThrow(expected));
