import { readdirSync } from "fs";
import { dirname, join } from "path";

/* What is large is loaded where it is used: modules of providers, and bundled packages. */

const BUNDLED = ["js-yaml", "@hpcc-js/wasm-graphviz"];

const OF_PROVIDERS = ["@cdktf/provider-azurerm", "@cdktf/provider-azuread"].flatMap((provider) =>
  readdirSync(join(dirname(require.resolve(`${provider}/package.json`)), "lib")).map(
    (name) => `${provider}/lib/${name}`,
  ),
);

/** The modules of providers and the bundled packages that something loads, in a registry of its own. */
function loadedBy(action: () => void): string[] {
  const loaded: string[] = [];
  jest.isolateModules(() => {
    for (const module of [...OF_PROVIDERS, ...BUNDLED])
      jest.doMock(module, () => {
        loaded.push(module);
        return jest.requireActual(module);
      });
    action();
  });
  return loaded.sort();
}

test("the package loads nothing of a provider, and no bundled package", () => {
  expect(loadedBy(() => jest.requireActual("cdktf-secure-apim-backend"))).toEqual([]);
});

test("an address on an existing gateway loads the modules of its resources, and no others", () => {
  const loaded = loadedBy(() => {
    const { App, TerraformStack: Stack } = jest.requireActual<typeof import("cdktf")>("cdktf");
    const lib = jest.requireActual<typeof import("cdktf-secure-apim-backend")>("cdktf-secure-apim-backend");
    const stack = new Stack(new App(), "app");
    const existing = { apimName: "contoso", resourceGroupName: "platform" };
    const gateway = lib.ApimGateway.fromLookup(stack, "Gateway", existing);
    const backend = lib.Backend.url("https://orders.contoso.com", lib.Audience.uri("api://orders"));
    new lib.SecureApimBackend(stack, "Orders", { gateway, backend });
  });
  const ofApis = ["api", "api-operation", "api-policy", "backend"].map((name) => `api-management-${name}`);
  const modules = [...ofApis, "data-azurerm-api-management"];
  expect(loaded).toEqual(modules.map((name) => `@cdktf/provider-azurerm/lib/${name}`));
});
