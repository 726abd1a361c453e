import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { TerraformStack } from "cdktf";
import { targetOfMove } from "../../lib/core/rendered";
import { GROUP, stackWithProviders } from "../helpers/synth";

/* What a resource was moved to is remembered by its address, and can change afterwards. */

let stack: TerraformStack;
let moved: ResourceGroup;

beforeEach(() => {
  stack = stackWithProviders();
  moved = new ResourceGroup(stack, "Moved", GROUP);
  moved.moveToId("azurerm_resource_group.Target");
});

const newGroup = (id: string): ResourceGroup => new ResourceGroup(stack, id, GROUP);

test("nothing is at the address before the target exists", () => {
  expect(targetOfMove(moved)).toBeUndefined();
  const target = newGroup("Target");
  expect(targetOfMove(moved)).toBe(target);
});

test("a target that was removed is none", () => {
  const target = newGroup("Target");
  expect(targetOfMove(moved)).toBe(target);
  stack.node.tryRemoveChild("Target");
  expect(targetOfMove(moved)).toBeUndefined();
});

test("a target that gets another address is none", () => {
  const target = newGroup("Target");
  expect(targetOfMove(moved)).toBe(target);
  target.overrideLogicalId("Other");
  expect(targetOfMove(moved)).toBeUndefined();
  const other = newGroup("Next");
  other.overrideLogicalId("Target");
  expect(targetOfMove(moved)).toBe(other);
});

test("the first resource at the address is the target", () => {
  const target = newGroup("Target");
  newGroup("Twin").overrideLogicalId("Target");
  expect(targetOfMove(moved)).toBe(target);
});

test("a resource of a stack within the stack is none", () => {
  new ResourceGroup(new TerraformStack(stack, "Within"), "Target", GROUP);
  expect(targetOfMove(moved)).toBeUndefined();
});

test("the tree is searched once for a target that stays", () => {
  const target = newGroup("Target");
  const searches = jest.spyOn(stack.node, "findAll");
  expect([targetOfMove(moved), targetOfMove(moved)]).toEqual([target, target]);
  expect(searches).toHaveBeenCalledTimes(1);
});

test("a resource is not its own target", () => {
  const itself = newGroup("Itself");
  itself.moveToId("azurerm_resource_group.Itself");
  expect(targetOfMove(itself)).toBeUndefined();
});
