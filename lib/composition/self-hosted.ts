import { TerraformDataSource, TerraformResource, TerraformStack, Tokenization } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { keyOf, serviceTexts } from "../api/declared-apis";
import type { ElementsOfApp } from "../core/elements-of-app";
import { finding } from "../core/fail";
import { lookupOf } from "../core/lookup";
import { once } from "../core/once";
import { logicalIdOf, Rendered, renderedAttributes } from "../core/rendered";
import { surveyOfApp } from "../core/survey";
import { resolved } from "../core/tokens";
import { IApimGateway } from "../gateway/gateway";

/** What gives an API to a self-hosted gateway, and how it names the API. */
interface Handover {
  readonly path: string;
  readonly apis: readonly NamedApi[];
}

/** An API by its object, or by its name and the texts that name its service. */
interface NamedApi {
  readonly element?: IConstruct;
  readonly name: unknown;
  readonly service?: unknown;
}

/**
 * Makes it an error at synth to give an API to a self-hosted gateway: it does not have the managed identity of the service, so it gets
 * no token for the backend.
 *
 * @see https://learn.microsoft.com/azure/api-management/authentication-managed-identity-policy
 */
export function forbidSelfHosted(
  scope: Construct,
  gateway: IApimGateway,
  api: { readonly apiName: string; readonly api?: TerraformResource },
): void {
  const found = surveyOfApp(scope, "self-hosted-apis", (elements) => {
    const all = handovers(elements);
    return all.length > 0 ? lookupOf(all, ({ apis }) => apis.flatMap(keysOf)) : undefined;
  });
  scope.node.addValidation({
    validate: () => {
      const lookUp = found();
      if (!lookUp) return [];
      const name = resolved(scope, api.apiName);
      const services = [...serviceTexts(scope, gateway), resolved(scope, gateway.apimId)];
      const keys = [api.api, ...keyOf(name), ...services.flatMap((service) => keyOf(name, service))];
      return lookUp(keys).map(({ path }) =>
        finding(
          "api-on-self-hosted-gateway",
          `"${path}" gives the API of "${scope.node.path}" to a self-hosted gateway, which does not have the managed identity of the ` +
            "service. Every call there would fail.",
          `Remove it. For the self-hosted gateway, declare another API with a policy that signs in with its workload identity: ` +
            `<authentication-managed-identity resource="..." authentication-provider="WorkloadIdentity" />, and grant that identity ` +
            `access: registration.grantInvoke(Caller.servicePrincipal("<object ID>")).`,
        ),
      );
    },
  });
}

function keysOf({ element, name, service }: NamedApi): unknown[] {
  return [...(element ? [element] : []), ...(service === undefined ? keyOf(name) : keyOf(name, service))];
}

const BY_AZAPI = /^Microsoft\.ApiManagement\/service\/gateways\/apis@/i;

/** azapi creates MCP servers, which are APIs as well. */
const API_TYPES = ["azurerm_api_management_api", "azapi_resource"];

type Api = TerraformResource | TerraformDataSource;

function handovers({ resources, dataSources }: ElementsOfApp): Handover[] {
  const apis = once(() => {
    const all = API_TYPES.flatMap((type): Api[] => [...(resources.get(type) ?? []), ...(dataSources.get(type) ?? [])]);
    return new Map(all.map((api) => [addressInTree(TerraformStack.of(api), api), api]));
  });
  const byAzurerm = (resources.get("azurerm_api_management_gateway_api") ?? []).map((resource) => {
    const { api_id: id, for_each: each } = renderedAttributes(resource);
    return { path: resource.node.path, apis: [id, each].flatMap((value) => apisIn(resource, value, apis())) };
  });
  const byAzapi = (resources.get("azapi_resource") ?? []).flatMap((resource) => {
    const { type, name } = renderedAttributes(resource);
    return BY_AZAPI.test(String(type))
      ? [{ path: resource.node.path, apis: [{ name: resolved(resource, name) }] }]
      : [];
  });
  return [...byAzurerm, ...byAzapi];
}

function addressInTree(stack: TerraformStack, api: Api): string {
  const prefix = TerraformResource.isTerraformResource(api) ? "" : "data.";
  return `${stack.node.addr} ${prefix}${api.terraformResourceType}.${logicalIdOf(api)}`;
}

const REFERENCE = /(?:data\.)?(?:azurerm_api_management_api|azapi_resource)\.[\w-]+/g;
const API_ID = /^(.+)\/apis\/([^/;]+)/i;
const SERVICE_ID = /\/service\/([^/]+)$/i;

/** The APIs that an ID is of: by references, also to other stacks, or by the ID itself. */
function apisIn(resource: TerraformResource, id: unknown, apis: ReadonlyMap<string, Api>): NamedApi[] {
  if (typeof id !== "string") return [];
  const own = TerraformStack.of(resource);
  const references = Tokenization.reverseString(id).tokens.flatMap((token) => {
    const stack: unknown = Reflect.get(token, "originStack") ?? own;
    const text = String(Reflect.get(token, "identifier") ?? resolved(resource, token));
    return TerraformStack.isStack(stack) ? addressesIn(stack, text) : [];
  });
  const text = String(resolved(resource, id));
  const [, serviceId = "", name] = API_ID.exec(text) ?? [];
  const written = [...references, ...addressesIn(own, text)].flatMap((address) => apis.get(address) ?? []);
  const byObject = [...new Set(written)].map((api) => ({ element: api, ...namesOf(api) }));
  return name === undefined ? byObject : [...byObject, { name, service: SERVICE_ID.exec(serviceId)?.[1] ?? serviceId }];
}

function addressesIn(stack: TerraformStack, text: string): string[] {
  return [...text.matchAll(REFERENCE)].map(([address]) => `${stack.node.addr} ${address}`);
}

function namesOf(api: Api): Pick<NamedApi, "name" | "service"> {
  const { name, api_management_name: service }: Rendered = renderedAttributes(api);
  return { name: resolved(api, name), service: resolved(api, service) };
}
