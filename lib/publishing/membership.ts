import { Annotations, ITerraformDependable } from "cdktf";
import { Construct, IConstruct } from "constructs";
import type { ApiManagementApiTag } from "@cdktf/provider-azurerm/lib/api-management-api-tag";
import type { ApiManagementProductApi } from "@cdktf/provider-azurerm/lib/api-management-product-api";
import { ApiSurfaceConfig, apiIdOn } from "../api/api-surface";
import { areSame } from "../core/claims";
import { dependenciesWithin } from "../core/dependencies";
import { guard } from "../core/guard";
import { labelOf } from "../core/names";
import { IApimGateway, onGateway } from "../gateway/gateway";
import { liveOn } from "../gateway/gateway-child";
import { IApimProduct } from "./apim-product";
import { IApimTag } from "./apim-tag";
import { fail, finding } from "../core/fail";
import { requireGiven, requireList } from "../core/given";
import { azurerm } from "../providers/azurerm";

/** The API, and the gateway that it is on. */
interface ApiOnGateway {
  readonly gateway: IApimGateway;
  readonly api: ApiSurfaceConfig;
}

/** Adds the API to products, but only after its policy: subscribers of a product could call it without one. */
export function addToProducts(
  scope: Construct,
  products: readonly IApimProduct[],
  { gateway, api, apiPolicy }: ApiOnGateway & { readonly apiPolicy: ITerraformDependable },
): ApiManagementProductApi[] {
  checkMembers(scope, "product", products, ["productId", "isOpen"], gateway);
  checkOpen(scope, products);
  return products.map((product) => {
    const resource = new azurerm.ApiManagementProductApi(scope, `Product-${labelOf(product, scope)}`, {
      apiName: api.apiName,
      productId: product.productId,
      ...onGateway(gateway),
      dependsOn: dependenciesWithin(scope, [apiPolicy]),
    });
    liveOn(resource, gateway, { lostWith: api.replaceTriggers });
    guardMembership(resource);
    return resource;
  });
}

/** Refuses a second open product. Synth says that the API is open because of the first one. */
function checkOpen(scope: Construct, products: readonly IApimProduct[]): void {
  const open = products.filter(({ isOpen }) => isOpen);
  const [firstProduct, secondProduct] = open.map(({ node }) => node.path);
  if (secondProduct !== undefined)
    fail(
      scope,
      "several-open-products",
      `Products "${firstProduct}" and "${secondProduct}" are both open, but API Management allows an API in only one open product.`,
      "Remove one from products, or write access: ProductAccess.subscription() on it.",
    );
  for (const product of open)
    Annotations.of(scope).addInfo(
      finding(
        "open-by-product",
        `The API is open to consumers without a subscription key, because product "${product.node.path}" is open.`,
        "Remove it from products if this is not intended.",
      ),
    );
}

function guardMembership(resource: ApiManagementProductApi): void {
  guard(resource, {
    attributes: {
      api_name: resource.apiNameInput,
      product_id: resource.productIdInput,
      api_management_name: resource.apiManagementNameInput,
      resource_group_name: resource.resourceGroupNameInput,
    },
    changed: (attributes) =>
      finding(
        "membership-changed",
        `The membership "${resource.node.path}" was changed after it was created, so a product could open an API.`,
        `Remove what changes ${attributes} on it (addOverride, an aspect). Write the product in products.`,
      ),
  });
}

/** Adds tags to the API. */
export function addTags(
  scope: Construct,
  tags: readonly IApimTag[],
  { gateway, api }: ApiOnGateway,
): ApiManagementApiTag[] {
  checkMembers(scope, "tag", tags, ["tagName"], gateway);
  return tags.map((tag) => {
    const resource = new azurerm.ApiManagementApiTag(scope, `Tag-${labelOf(tag, scope)}`, {
      // Without a revision, as azurerm writes it back.
      apiId: apiIdOn(gateway, api.apiName),
      name: tag.tagName,
      provider: gateway.provider,
      dependsOn: dependenciesWithin(scope, api.dependencies),
    });
    liveOn(resource, gateway, { lostWith: api.replaceTriggers });
    return resource;
  });
}

type Member = IConstruct & { readonly gateway: IApimGateway };

/** The products or tags of an API are on its gateway, each listed once. */
function checkMembers(
  scope: Construct,
  kind: "product" | "tag",
  members: readonly Member[],
  has: readonly string[],
  gateway: IApimGateway,
): void {
  requireList(scope, `${kind}s`, members, `${kind}s: [${kind}]`);
  const example = kind === "tag" ? "an ApimTag" : "an ApimProduct";
  const listed = new Set<Member>();
  for (const member of members) {
    requireGiven(scope, member, { name: `an entry of ${kind}s`, has: ["gateway", ...has], example });
    const [memberGateway, apiGateway] = [member.gateway, gateway].map(({ node }) => node.path);
    if (!areSame(member.gateway, gateway))
      fail(
        scope,
        "published-on-other-gateway",
        `The ${kind} "${member.node.path}" is on gateway "${memberGateway}", but this API is on "${apiGateway}".`,
        "Use one on the gateway of the API.",
      );
    if (listed.has(member))
      fail(scope, "listed-twice", `The ${kind} "${member.node.path}" is listed twice.`, "List it once.");
    listed.add(member);
  }
}
