import { Fn, Lazy, TerraformStack, TerraformVariable } from "cdktf";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { expressionsIn, rootsIn } from "../../lib/core/references";
import { GROUP, stackWithProviders } from "../helpers/synth";

let stack: TerraformStack;
beforeEach(() => {
  stack = stackWithProviders();
});

const group = (home: TerraformStack): string => new ResourceGroup(home, "Group", GROUP).name;
const other = (): TerraformStack => new TerraformStack(stack.node.root, "other");

test.each<[string, () => string, string[]]>([
  ["a literal", () => "rg-orders", []],
  ["a reference", () => group(stack), ["azurerm_resource_group.Group.name"]],
  ["a reference within a text", () => `https://${group(stack)}.contoso.com`, ["azurerm_resource_group.Group.name"]],
  ["a reference to another stack", () => group(other()), []],
  ["both", () => `${group(stack)}${group(other())}`, ["azurerm_resource_group.Group.name"]],
  ["Terraform's syntax", () => "a${var.a}b${upper(local.c)}", ["var.a", "upper(local.c)"]],
  ["a call", () => Fn.lower(group(stack)), ["lower(azurerm_resource_group.Group.name)"]],
  ["a value that is not known yet", () => Lazy.stringValue({ produce: () => fails() }), ["unknown.value"]],
])("finds the expressions of %s", (_, value, expressions) => {
  expect(expressionsIn(stack, value())).toEqual(expressions);
});

function fails(): never {
  throw new Error("not yet");
}

test.each<[string, string[]]>([
  ["${azurerm_api_management.a.identity[0].principal_id}", ["azurerm_api_management.a"]],
  ["${data.azurerm_client_config.me.tenant_id}", ["data.azurerm_client_config.me"]],
  ['${replace(var.host, "a.b", "c.d")}', ["var.host"]],
  ['${join("/", ["x.y", "${local.path}"])}', ["local.path"]],
  ['${azurerm_api_management.a["west.eu"].id}', ["azurerm_api_management.a"]],
])("%s begins with %p", (value, roots) => {
  expect(rootsIn(stack, value)).toEqual(roots);
});

test("a variable is a root", () => {
  expect(rootsIn(stack, new TerraformVariable(stack, "host", {}).stringValue)).toEqual(["var.host"]);
});
