import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { GROUP, stackWithProviders } from "../helpers/synth";

/** The modules that keep state, as two copies of the package in one app have them. */
function copy() {
  let modules!: typeof import("../../lib/core/claims") &
    typeof import("../../lib/core/guard") &
    typeof import("../../lib/core/state");
  jest.isolateModules(() => {
    /* eslint-disable @typescript-eslint/no-require-imports -- another instance each time */
    modules = {
      ...require("../../lib/core/claims"),
      ...require("../../lib/core/guard"),
      ...require("../../lib/core/state"),
    };
    /* eslint-enable @typescript-eslint/no-require-imports */
  });
  return modules;
}

const one = copy();
const other = copy();

let stack: TerraformStack;
let gateway: Construct;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = new Construct(stack, "Gateway");
});

test("the copies are two", () => {
  expect(one.stateOf).not.toBe(other.stateOf);
});

test("a path that one copy claimed is taken for the other", () => {
  expect(one.claim(gateway, "path", "orders", new Construct(stack, "Orders"))).toBeUndefined();
  expect(other.claim(gateway, "path", "Orders", new Construct(stack, "Again"))).toBe("app/Orders");
});

test("a construct is an alias for both copies", () => {
  const alias = new Construct(stack, "Alias");
  one.standFor(alias, gateway);
  expect(other.originalOf(alias)).toBe(gateway);

  const [first, second] = ["First", "Second"].map((id) => new Construct(stack, id));
  one.standForNamed(first, "contoso");
  other.standForNamed(second, "contoso");
  expect(one.originalOf(second)).toBe(first);
});

test("a resource that both copies guard has one validation", () => {
  const app = new LinuxWebApp(stack, "App", {
    name: "app",
    resourceGroupName: GROUP.name,
    location: GROUP.location,
    servicePlanId: "/plan",
    siteConfig: {},
    httpsOnly: false,
    publicNetworkAccessEnabled: true,
  });
  one.guard(app, { attributes: { https_only: true }, changed: () => "one" });
  other.guard(app, { attributes: { public_network_access_enabled: false }, changed: () => "other" });
  const rendered = jest.spyOn(app, "toTerraform");
  expect(app.node.validate()).toEqual(["one", "other"]);
  expect(rendered).toHaveBeenCalledTimes(1);
});

test("state is kept apart by construct, by kind and by app", () => {
  const elsewhere = new Construct(stackWithProviders(), "Gateway");
  one.stateOf(gateway, "names", () => ["orders"]);
  expect(one.stateOf(gateway, "names", () => [])).toEqual(["orders"]);
  expect(one.stateOf(gateway, "paths", () => [])).toEqual([]);
  expect(one.stateOf(stack, "names", () => [])).toEqual([]);
  expect(one.stateOf(elsewhere, "names", () => [])).toEqual([]);
});

test("state does not show on the app", () => {
  one.stateOf(gateway, "names", () => []);
  expect(Object.getOwnPropertySymbols(stack.node.root).map((symbol) => symbol.description)).toContain(
    "cdktf-secure-apim-backend",
  );
  expect(Object.keys(stack.node.root)).not.toContain("cdktf-secure-apim-backend");
  expect({ ...stack.node.root }).not.toHaveProperty([Symbol.for("cdktf-secure-apim-backend")]);
});
