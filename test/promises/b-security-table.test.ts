import { Aspects, IAspect, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { refusal } from "../helpers/refusal";
import { everything, FAMILIES } from "../helpers/security-table";
import { findings, stackWithProviders, synth } from "../helpers/synth";
import { packed } from "./packed";

/* Each attribute of the security table, changed in each way that cdktf has. All are changed at once, and none may be overlooked. */

const lib = packed();

/** A looser value of an attribute, alone in its resource: a block that is removed would hide what is in it. */
interface Change {
  readonly id: string;
  readonly path: string;
  readonly attribute: string;
  readonly value: unknown;
}

const isBlockOfAnother = (attribute: string, rows: readonly { readonly attribute: string }[]): boolean =>
  rows.some((row) => row.attribute.startsWith(`${attribute}.`));

const CHANGES: readonly Change[] = FAMILIES.flatMap(({ id, resources, rows }) =>
  resources.flatMap((path) =>
    rows
      .filter(({ attribute, looser }) => looser.length > 0 && !isBlockOfAnother(attribute, rows))
      // A resource cannot have both.
      .filter(({ attribute }) => attribute !== "for_each" && !/\.\d/.test(attribute))
      .map(({ attribute, looser: [value] }) => ({ id, path, attribute, value })),
  ),
);

const at = (stack: TerraformStack, path: string): TerraformResource =>
  path
    .split("/")
    .reduce((scope, id) => scope.findChild(id).node, stack.node)
    .scopes.at(-1) as TerraformResource;

const override = (resource: TerraformResource, { attribute, value }: Change): void =>
  resource.addOverride(attribute, value);

const stackOverride = (resource: TerraformResource, { attribute, value }: Change): void =>
  TerraformStack.of(resource).addOverride(
    `resource.${resource.terraformResourceType}.${resource.friendlyUniqueId}.${attribute}`,
    value,
  );

const dynamic = (resource: TerraformResource, { attribute }: Change): void =>
  resource.addOverride(attribute.replace(/[^.]+$/, "dynamic.$&"), { for_each: [1], content: {} });

/** Changes each resource when an aspect comes to it. */
const aspect = (changes: readonly Change[]): IAspect => ({
  visit: (node: IConstruct) => {
    const path = node.node.path.replace(/^app\//, "");
    changes.filter((change) => change.path === path).forEach((change) => override(node as TerraformResource, change));
  },
});

const all = (stack: TerraformStack, change: (resource: TerraformResource, each: Change) => void): void =>
  CHANGES.forEach((each) => change(at(stack, each.path), each));

/** Runs as a validation of the first or of the last construct of the stack. */
const validation = (node: IConstruct, change: () => void): void =>
  node.node.addValidation({
    validate: () => {
      change();
      return [];
    },
  });

const WAYS: Record<string, () => TerraformStack> = {
  "an override": () => {
    const stack = everything(lib);
    all(stack, override);
    return stack;
  },
  "an override of the stack": () => {
    const stack = everything(lib);
    all(stack, stackOverride);
    return stack;
  },
  "a dynamic block": () => {
    const stack = everything(lib);
    all(stack, dynamic);
    return stack;
  },
  "an aspect that was added before": () => {
    const stack = stackWithProviders();
    Aspects.of(stack).add(aspect(CHANGES));
    return everything(lib, stack);
  },
  "an aspect that was added after": () => {
    const stack = everything(lib);
    Aspects.of(stack).add(aspect(CHANGES));
    return stack;
  },
  "a validation before ours": () => {
    const stack = stackWithProviders();
    validation(stack, () => all(stack, override));
    return everything(lib, stack);
  },
  "a validation after ours": () => {
    const stack = everything(lib);
    validation(stack.node.findAll().at(-1)!, () => all(stack, override));
    return stack;
  },
};

test.each(Object.entries(WAYS))("%s opens nothing unnoticed", (_, make) => {
  const found = findings(make());
  const overlooked = CHANGES.filter(({ id, path, attribute }) => {
    const [block] = attribute.split(".");
    return !found.some((line) => line.startsWith(`[app/${path}]`) && line.includes(`(${id})`) && line.includes(block));
  });
  expect(overlooked).toEqual([]);
});

/** Every created resource of the table. */
const RESOURCES = [...new Set(CHANGES.map(({ path }) => path))];

test.each(["all", "each attribute"])("ignore_changes with %s is refused on each resource", (entry) => {
  const stack = everything(lib);
  for (const path of RESOURCES) {
    const attributes = CHANGES.filter((change) => change.path === path).map(({ attribute }) => attribute);
    const blocks = attributes.filter((each) => each !== "count").map((each) => each.replace(".", "[0]."));
    at(stack, path).addOverride("lifecycle.ignore_changes", entry === "all" ? "all" : blocks);
  }
  const found = findings(stack);
  const overlooked = RESOURCES.filter(
    (path) => !found.some((line) => line.startsWith(`[app/${path}]`) && line.includes("(guarded-attribute-ignored)")),
  );
  expect(overlooked).toEqual([]);
});

test("a lifecycle that is replaced as a whole is refused where the library set one", () => {
  const stack = everything(lib);
  const changed = stack.node
    .findAll()
    .filter((node): node is TerraformResource => TerraformResource.isTerraformResource(node))
    .filter(({ node }) => RESOURCES.includes(node.path.replace(/^app\//, "")))
    .filter(({ lifecycle }) => lifecycle?.replaceTriggeredBy ?? lifecycle?.precondition);
  expect(changed.length).toBeGreaterThan(3);
  changed.forEach((resource) => resource.addOverride("lifecycle", undefined));
  const found = findings(stack);
  const overlooked = changed.filter(
    ({ node }) => !found.some((line) => line.startsWith(`[${node.path}]`) && /(trigger|conditions)-removed/.test(line)),
  );
  expect(overlooked.map(({ node }) => node.path)).toEqual([]);
});

test.each(RESOURCES)("%s cannot be taken off alone", (path) => {
  const stack = everything(lib);
  const { scope, id } = at(stack, path).node;
  scope!.node.tryRemoveChild(id);
  expect(findings(stack)).toContainEqual(refusal("guarded-resource-removed", `[app/${path}]`, `"${scope!.node.path}"`));
});

test("a part of an API cannot be taken off, and an API can", () => {
  const stack = everything(lib);
  stack.node.findChild("Container").node.tryRemoveChild("Backend");
  expect(findings(stack)).toContainEqual(
    refusal("guarded-resource-removed", "[app/Container/Backend/SignIn]", '"app/Container"'),
  );
  const other = everything(lib);
  other.node.tryRemoveChild("Container");
  expect(() => synth(other)).not.toThrow();
});

test("what is removed or changed in a validation is noticed", () => {
  const stack = everything(lib);
  validation(stack.node.findAll().at(-1)!, () => stack.node.findChild("Web").node.tryRemoveChild("Policy"));
  expect(findings(stack)).toEqual([refusal("guarded-resource-removed", "[app/Web/Policy]")]);
});

test("what is made stricter is right in every way", () => {
  const stack = everything(lib);
  const stricter = FAMILIES.flatMap(({ resources, rows }) =>
    resources.flatMap((path) =>
      rows.flatMap(({ attribute, stricter: [value] = [] }) =>
        value === undefined ? [] : [{ id: "", path, attribute, value }],
      ),
    ),
  );
  Aspects.of(stack).add(aspect(stricter));
  expect(stricter.length).toBeGreaterThan(50);
  expect(() => synth(stack)).not.toThrow();
});

test.each(["module.other.azurerm_linux_web_app.Web", "azurerm_linux_web_app.of_another_stack"])(
  "an app cannot be moved to %s, where nothing checks it",
  (target) => {
    const stack = everything(lib);
    at(stack, "Web/Backend/Resource").moveToId(target);
    expect(findings(stack)).toContainEqual(refusal("moved-out-of-stack", "app/Web/Backend/Resource"));
  },
);
