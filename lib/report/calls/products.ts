import { azapiProperty, azapiTypeOf } from "../../rules/model/azapi";
import type { Model } from "../../rules/model/model";
import type { Resource } from "../../rules/model/resource";
import type { Value } from "../../rules/model/value";
import { Api, apiInId, isApi } from "../parties/apis";
import type { Gateways } from "../parties/gateways";

/** An API that is in a product. */
export interface Membership {
  /** None if the configuration does not have it. */
  readonly product?: Resource;
  /** Whether it is this API. It can be another one if only Terraform knows which. */
  readonly isCertain: boolean;
}

const PRODUCT = "azurerm_api_management_product";
const AZAPI_PRODUCT = "microsoft.apimanagement/service/products";
const AZAPI_MEMBERSHIPS = new Set([`${AZAPI_PRODUCT}/apis`, `${AZAPI_PRODUCT}/apilinks`]);

/** The products that an API is in, or could be in. */
export function membershipsIn(model: Model, gateways: Gateways, api: Api): Membership[] {
  return model.resources.flatMap((each) => {
    const named = namesIn(each);
    if (!named) return [];
    const isCertain = isNamed(api, each, named.api);
    if (isCertain === false) return [];
    // A reference to the API says on which gateway it is.
    if (!isReferenced(api, each, named.api) && gateways.of(each).party.id !== api.gateway.party.id) return [];
    return [{ product: productNamed(model, gateways, api, each, named.product), isCertain: isCertain === true }];
  });
}

/** Whether a product asks for a key; `undefined` if only Terraform knows. */
export function asksForKey(product: Resource): boolean | undefined {
  if (product.mode === "data") return undefined;
  const value =
    product.type === PRODUCT
      ? product.at("subscription_required")
      : azapiProperty(product, "properties.subscriptionRequired");
  return value.is([true], true);
}

interface Named {
  readonly api: Value;
  readonly product: Value;
}

/** What a membership names; `undefined` if it is none. */
function namesIn(each: Resource): Named | undefined {
  if (each.mode === "data") return undefined;
  if (each.type === "azurerm_api_management_product_api") {
    const name = each.at("api_name");
    return { api: name.isAbsent ? each.at("api_id") : name, product: each.at("product_id") };
  }
  const type = azapiTypeOf(each) ?? "";
  if (!AZAPI_MEMBERSHIPS.has(type)) return undefined;
  const isLink = type.endsWith("/apilinks");
  return { api: isLink ? azapiProperty(each, "properties.apiId") : each.at("name"), product: each.at("parent_id") };
}

function isReferenced({ resource }: Api, each: Resource, name: Value): boolean {
  return resource !== undefined && each.stack.referencedBy(name).includes(resource);
}

/** Whether a name is that of an API; `undefined` if only Terraform knows. */
function isNamed(api: Api, each: Resource, name: Value): boolean | undefined {
  if (isReferenced(api, each, name)) return true;
  const text = apiInId(name) ?? name.text ?? name.template;
  if (text === api.name) return true;
  return name.isUnknown && !each.stack.referencedBy(name).some(isApi) ? undefined : false;
}

function productNamed(
  model: Model,
  gateways: Gateways,
  api: Api,
  { stack }: Resource,
  value: Value,
): Resource | undefined {
  const products = model.resources.filter((each) => each.type === PRODUCT || azapiTypeOf(each) === AZAPI_PRODUCT);
  const referenced = stack.referencedBy(value).find((one) => products.includes(one));
  if (referenced) return referenced;
  const id = /\/products\/([^/]+)/.exec(value.resolved)?.[1] ?? value.text;
  return products.find(
    (one) =>
      id !== undefined &&
      (one.type === PRODUCT ? one.at("product_id") : one.at("name")).text === id &&
      gateways.of(one).party.id === api.gateway.party.id,
  );
}
