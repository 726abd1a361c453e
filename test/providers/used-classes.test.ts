import { TerraformElement, TerraformStack } from "cdktf";
import { ApimGateway } from "cdktf-secure-apim-backend";
import { EVERY_BACKEND } from "../backends/every-backend";
import { NEW } from "../backends/gateways";
import { stackWithProviders, synth } from "../helpers/synth";

/* Each kind of backend uses the classes of its own resources: the first use of one loads its module. */

/** The classes and functions of providers that the library has used. */
const mockUsed = new Map<string, unknown>();

/** The same object, but what is used of it is noted. */
function mockNoting(actual: object): object {
  return new Proxy(actual, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      mockUsed.set(String(name), value);
      return value;
    },
  });
}

jest.mock("../../lib/providers/azurerm", () => ({
  azurerm: mockNoting(jest.requireActual<{ azurerm: object }>("../../lib/providers/azurerm").azurerm),
}));
jest.mock("../../lib/providers/azuread", () => ({
  azuread: mockNoting(jest.requireActual<{ azuread: object }>("../../lib/providers/azuread").azuread),
}));

test.each(Object.keys(EVERY_BACKEND))("%s uses no class of another kind", (kind) => {
  const { make, sku } = EVERY_BACKEND[kind];
  const stack = stackWithProviders();
  const gateway = new ApimGateway(stack, "Gateway", { ...NEW, sku });
  mockUsed.clear();
  make(stack, "Orders", gateway);
  synth(stack);
  const types = new Set(typesIn(stack));
  const others = [...mockUsed].filter(([, used]) => !types.has(Object(used).tfResourceType)).map(([name]) => name);
  expect(others).toEqual([]);
});

function typesIn(stack: TerraformStack): unknown[] {
  const elements = stack.node.findAll().filter((node) => TerraformElement.isTerraformElement(node));
  return elements.map((each) => Reflect.get(each, "terraformResourceType"));
}
