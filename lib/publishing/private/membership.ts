import { Annotations, ITerraformDependable } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { ApiManagementApiTag } from "@cdktf/provider-azurerm/lib/api-management-api-tag";
import { ApiManagementProductApi } from "@cdktf/provider-azurerm/lib/api-management-product-api";
import { ApiSurfaceConfig } from "../../api/api-surface";
import { apiIdOn } from "../../api/private/api-id";
import { originalOf } from "../../core/claims";
import { dependenciesWithin } from "../../core/dependencies";
import { labelOf } from "../../core/labels";
import * as errors from "../../core/publishing-errors";
import { replacedWith } from "../../core/replacement";
import { IApimGateway } from "../../gateway/gateway";
import { IApimProduct } from "../product";
import { IApimTag } from "../tag";

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
  if (open.length > 1) throw errors.severalOpenProducts(scope, open[0].node.path, open[1].node.path);
  for (const product of products) {
    const id = memberId(scope, "product", "Product", product, gateway);
    if (product.isOpen) Annotations.of(scope).addInfo(errors.openByProduct(product.node.path));
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
      dependsOn: dependenciesWithin(scope, api.ready),
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
    throw errors.ofOtherGateway(scope, what, member.node.path, member.gateway.node.path, gateway.node.path);
  }
  const id = `${prefix}-${labelOf(member, scope)}`;
  if (scope.node.tryFindChild(id)) throw errors.listedTwice(scope, what, member.node.path);
  return id;
}
