import { Annotations, ITerraformDependable } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { ApiManagementApiTag } from "@cdktf/provider-azurerm/lib/api-management-api-tag";
import { ApiManagementProductApi } from "@cdktf/provider-azurerm/lib/api-management-product-api";
import { ApiSurfaceConfig, apiIdOn } from "../api/api-surface";
import { originalOf } from "../core/claims";
import { dependenciesWithin } from "../core/dependencies";
import { labelOf } from "../core/labels";
import { replacedWith } from "../core/replacement";
import { IApimGateway } from "../gateway/gateway";
import { IApimProduct } from "./product";
import { IApimTag } from "./apim-tag";
import { fail, finding } from "../core/fail";

/** The API that is published. */
export interface PublishedApi {
  readonly gateway: IApimGateway;
  readonly api: ApiSurfaceConfig;
}

/** Makes the API a part of products, after its policy: whoever has a key of a product could call it before. */
export function addToProducts(
  scope: Construct,
  products: readonly IApimProduct[],
  { gateway, api, apiPolicy }: PublishedApi & { readonly apiPolicy: ITerraformDependable },
): void {
  const open = products.filter(({ isOpen }) => isOpen);
  if (open.length > 1)
    fail(
      scope,
      "several-open-products",
      `The products "${open[0].node.path}" and "${open[1].node.path}" are both open, and API Management takes an API into one open product at most. Leave one ` +
        `out of products, or write ProductAccess.subscription() on it.`,
    );
  for (const product of products) {
    const id = memberId(scope, "product", "Product", product, gateway);
    if (product.isOpen)
      Annotations.of(scope).addInfo(
        finding(
          "open-by-product",
          `Open to consumers without a subscription key, since the product "${product.node.path}" is.`,
        ),
      );
    new ApiManagementProductApi(scope, id, {
      apiName: api.apiName,
      productId: product.productId,
      apiManagementName: gateway.apimName,
      resourceGroupName: gateway.resourceGroupName,
      provider: gateway.provider,
      dependsOn: dependenciesWithin(scope, [apiPolicy]),
      lifecycle: replacedWith(api.replaceTriggers),
    });
  }
}

/** Puts tags on the API. */
export function addTags(scope: Construct, tags: readonly IApimTag[], { gateway, api }: PublishedApi): void {
  for (const tag of tags) {
    new ApiManagementApiTag(scope, memberId(scope, "tag", "Tag", tag, gateway), {
      // Without a revision, as azurerm writes it back.
      apiId: apiIdOn(gateway, api.apiName),
      name: tag.tagName,
      provider: gateway.provider,
      dependsOn: dependenciesWithin(scope, api.dependencies),
      lifecycle: replacedWith(api.replaceTriggers),
    });
  }
}

/** A construct id that does not depend on the order of the list. */
function memberId(
  scope: Construct,
  what: string,
  prefix: string,
  member: IConstruct & { readonly gateway: IApimGateway },
  gateway: IApimGateway,
): string {
  if (originalOf(member.gateway) !== originalOf(gateway)) {
    fail(
      scope,
      "of-other-gateway",
      `The ${what} "${member.node.path}" is on the gateway "${member.gateway.node.path}", and this API on "${gateway.node.path}". Write a ${what} on the gateway of the API.`,
    );
  }
  const id = `${prefix}-${labelOf(member, scope)}`;
  if (scope.node.tryFindChild(id))
    fail(scope, "listed-twice", `The ${what} "${member.node.path}" is in the list of ${what}s twice. Write it once.`);
  return id;
}
