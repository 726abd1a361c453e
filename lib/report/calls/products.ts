import { grouped } from "../../core/grouped";
import { inOrderOf } from "../../core/in-order";
import { apiInId, isApi } from "../../rules/model/api";
import { azapiProperty, azapiTypeOf } from "../../rules/model/azapi";
import type { Model } from "../../rules/model/model";
import type { Resource } from "../../rules/model/resource";
import type { Value } from "../../rules/model/value";
import type { Api } from "../parties/apis";
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

/** Which APIs are in which products. */
export class Memberships {
  private readonly products: ReadonlySet<Resource>;
  private readonly productsById: ReadonlyMap<string | undefined, readonly Resource[]>;
  /** By the resource of the API that they refer to, and by the name that they have. */
  private readonly byApi: ReadonlyMap<Resource | string, readonly Named[]>;
  private readonly inOrder: (memberships: Iterable<Named>) => Named[];
  /** Those that could be of any API. */
  private readonly unsure: readonly Named[];

  constructor(
    model: Model,
    private readonly gateways: Gateways,
  ) {
    const products = model.resources.filter((each) => each.type === PRODUCT || azapiTypeOf(each) === AZAPI_PRODUCT);
    this.products = new Set(products);
    this.productsById = grouped(products, (product) => [productId(product)]);
    const all = model.resources.flatMap((resource) => namesIn(resource) ?? []);
    this.byApi = grouped(all, ({ resource, api }) => [...resource.stack.referencedBy(api), nameOfApi(api)]);
    this.inOrder = inOrderOf(all);
    this.unsure = all.filter(isUnsure);
  }

  /** The products that an API is in, or could be in. */
  public of(api: Api): Membership[] {
    const referring = new Set(api.resource && this.byApi.get(api.resource));
    const named = new Set(this.byApi.get(api.name));
    return this.inOrder([...referring, ...named, ...this.unsure])
      .filter(
        // A reference to the API says on which gateway it is.
        (each) => referring.has(each) || this.gateways.of(each.resource).party.id === api.gateway.party.id,
      )
      .map((each) => ({
        product: this.productOf(api, each),
        isCertain: referring.has(each) || named.has(each),
      }));
  }

  private productOf(api: Api, { resource, product }: Named): Resource | undefined {
    const referenced = resource.stack.referencedBy(product).find((one) => this.products.has(one));
    if (referenced) return referenced;
    const id = productIdIn(product);
    const known = id === undefined ? [] : (this.productsById.get(id) ?? []);
    return known.find((one) => this.gateways.of(one).party.id === api.gateway.party.id);
  }
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

/** The ID of a product in its gateway, if the configuration says it. */
export function productId(product: Resource): string | undefined {
  return product.at(product.type === PRODUCT ? "product_id" : "name").text;
}

/** The same in a text that names the product by its ID in the gateway or in Azure. */
export function productIdIn(written: Value): string | undefined {
  return /\/products\/([^/]+)/.exec(written.resolved)?.[1] ?? written.text;
}

/** What a membership names. */
interface Named {
  readonly resource: Resource;
  readonly api: Value;
  readonly product: Value;
}

/** What a membership names; `undefined` if it is none. */
function namesIn(resource: Resource): Named | undefined {
  if (resource.mode === "data") return undefined;
  if (resource.type === "azurerm_api_management_product_api") {
    const name = resource.at("api_name");
    return { resource, api: name.isAbsent ? resource.at("api_id") : name, product: resource.at("product_id") };
  }
  const type = azapiTypeOf(resource) ?? "";
  if (!AZAPI_MEMBERSHIPS.has(type)) return undefined;
  const api = type.endsWith("/apilinks") ? azapiProperty(resource, "properties.apiId") : resource.at("name");
  return { resource, api, product: resource.at("parent_id") };
}

function nameOfApi(api: Value): string {
  return apiInId(api) ?? api.text ?? api.template;
}

/** Whether only Terraform knows which API it is. */
function isUnsure({ resource, api }: Named): boolean {
  return api.isUnknown && !resource.stack.referencedBy(api).some(isApi);
}
