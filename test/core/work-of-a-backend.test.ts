import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, TerraformResource, TerraformStack } from "cdktf";
import * as stackTraces from "cdktf/lib/tokens/private/stack-trace";
import { ApimGateway, AppRuntime, Audience, Backend, IApimBackend, SecureApimBackend } from "cdktf-secure-apim-backend";
import { GROUP, synth } from "../helpers/synth";

const app = { resourceGroup: GROUP, runtime: AppRuntime.node("22") };

const KINDS: Record<string, { backend: () => IApimBackend; resources: number; tokens: number; later: number }> = {
  url: {
    backend: () => Backend.url("https://orders.contoso.com", Audience.clientId("11111111-1111-1111-1111-111111111111")),
    resources: 9,
    tokens: 65,
    later: 1,
  },
  webApp: { backend: () => Backend.webApp(app), resources: 14, tokens: 152, later: 8 },
  functionApp: { backend: () => Backend.functionApp(app), resources: 16, tokens: 173, later: 9 },
};

/** A stack, and what is done for its backends: resources, tokens and blocks made, and how often each resource is rendered. */
function counted(backend: () => IApimBackend, count: number) {
  let tokens = 0;
  Object.assign(stackTraces, { captureStackTrace: () => (tokens++, []) });
  const rendered = jest.spyOn(TerraformResource.prototype, "toTerraform");
  // The tokens are counted where cdktf would capture their stacks.
  const context = { "cdktf-secure-apim-backend:creationStacks": true };
  const stack = new TerraformStack(new App({ context }), "app");
  const features = [{ storage: [{ dataPlaneAvailable: false }] }];
  new AzurermProvider(stack, "azurerm", { features, storageUseAzuread: true });
  new AzureadProvider(stack, "azuread");
  const props = { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" };
  const gateway = new ApimGateway(stack, "Gateway", props);
  for (let i = 0; i < count; i++) new SecureApimBackend(stack, `Orders${i}`, { gateway, backend: backend() });
  const atConstruction = { tokens, rendered: rendered.mock.calls.length };
  synth(stack);
  const resources = rendered.mock.contexts as TerraformResource[];
  const times = new Map<TerraformResource, number>();
  for (const each of resources) times.set(each, (times.get(each) ?? 0) + 1);
  rendered.mockRestore();
  return { ...atConstruction, later: tokens - atConstruction.tokens, resources: times.size, times };
}

describe.each(Object.entries(KINDS))("a backend of Backend.%s", (_, { backend, ...most }) => {
  const [two, ten] = [2, 10].map((count) => counted(backend, count));
  const each = (value: "tokens" | "later" | "resources"): number => (ten[value] - two[value]) / 8;

  test("makes no more resources and tokens, however many there are", () => {
    expect(each("resources")).toBe(most.resources);
    expect(each("tokens")).toBeLessThanOrEqual(most.tokens);
    expect(each("later")).toBeLessThanOrEqual(most.later);
  });

  test("renders nothing at construction", () => {
    expect(ten.rendered).toBe(0);
  });

  test("renders a resource twice more than cdktf does, its policy three times more", () => {
    const often = [...ten.times].filter(([{ terraformResourceType: type }, times]) => {
      const most = type === "azurerm_api_management_api_policy" ? 5 : 4;
      return times > most;
    });
    expect(often.map(([{ node }, times]) => `${node.path}: ${times}`)).toEqual([]);
  });
});
