import { Annotations, ITerraformDependable } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { ApiManagementApiTag } from "@cdktf/provider-azurerm/lib/api-management-api-tag";
import { ApiManagementProductApi } from "@cdktf/provider-azurerm/lib/api-management-product-api";
import { ApiSurfaceConfig, apiIdOn } from "../api/api-surface";
import { originalOf } from "../core/claims";
import { dependenciesWithin, replacedWith } from "../core/dependencies";
import { labelOf } from "../core/names";
import { IApimGateway, onGateway } from "../gateway/gateway";
import { IApimProduct } from "./apim-product";
import { IApimTag } from "./apim-tag";
import { fail, finding } from "../core/fail";
import { requireGiven, requireList } from "../core/given";

/** The API, and the gateway that it is on. */
export interface ApiOnGateway {
  readonly gateway: IApimGateway;
  readonly api: ApiSurfaceConfig;
}

/** Adds the API to products, but only after its policy: subscribers of a product could call it without one. */
export function addToProducts(
  scope: Construct,
  products: readonly IApimProduct[],
  { gateway, api, apiPolicy }: ApiOnGateway & { readonly apiPolicy: ITerraformDependable },
): ApiManagementProductApi[] {
  requireList(scope, "products", products, "products: [product]");
  for (const product of products)
    requireGiven(scope, product, {
      name: "an entry of products",
      has: ["gateway", "productId", "isOpen"],
      example: "an ApimProduct",
    });
  const [firstProduct, secondProduct] = products.filter(({ isOpen }) => isOpen).map(({ node }) => node.path);
  if (secondProduct !== undefined)
    fail(
      scope,
      "several-open-products",
      `Products "${firstProduct}" and "${secondProduct}" are both open, but API Management allows an API in only one open product.`,
      "Remove one from products, or write access: ProductAccess.subscription() on it.",
    );
  return products.map((product) => {
    const id = memberId(scope, "product", "Product", product, gateway);
    if (product.isOpen)
      Annotations.of(scope).addInfo(
        finding(
          "open-by-product",
          `The API is open to consumers without a subscription key, because product "${product.node.path}" is open.`,
          "Remove it from products if this is not intended.",
        ),
      );
    return new ApiManagementProductApi(scope, id, {
      apiName: api.apiName,
      productId: product.productId,
      ...onGateway(gateway),
      dependsOn: dependenciesWithin(scope, [apiPolicy]),
      lifecycle: replacedWith(api.replaceTriggers),
    });
  });
}

/** Adds tags to the API. */
export function addTags(
  scope: Construct,
  tags: readonly IApimTag[],
  { gateway, api }: ApiOnGateway,
): ApiManagementApiTag[] {
  requireList(scope, "tags", tags, "tags: [tag]");
  for (const tag of tags)
    requireGiven(scope, tag, { name: "an entry of tags", has: ["gateway", "tagName"], example: "an ApimTag" });
  return tags.map(
    (tag) =>
      new ApiManagementApiTag(scope, memberId(scope, "tag", "Tag", tag, gateway), {
        // Without a revision, as azurerm writes it back.
        apiId: apiIdOn(gateway, api.apiName),
        name: tag.tagName,
        provider: gateway.provider,
        dependsOn: dependenciesWithin(scope, api.dependencies),
        lifecycle: replacedWith(api.replaceTriggers),
      }),
  );
}

/** A construct id that does not depend on the order of the list. */
function memberId(
  scope: Construct,
  kind: string,
  prefix: string,
  member: IConstruct & { readonly gateway: IApimGateway },
  gateway: IApimGateway,
): string {
  const [memberGateway, apiGateway] = [member.gateway, gateway].map(({ node }) => node.path);
  if (originalOf(member.gateway) !== originalOf(gateway))
    fail(
      scope,
      "published-on-other-gateway",
      `The ${kind} "${member.node.path}" is on gateway "${memberGateway}", but this API is on "${apiGateway}".`,
      "Use one on the gateway of the API.",
    );
  const id = `${prefix}-${labelOf(member, scope)}`;
  if (scope.node.tryFindChild(id))
    fail(scope, "listed-twice", `The ${kind} "${member.node.path}" is listed twice.`, "List it once.");
  return id;
}
