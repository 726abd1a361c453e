import { Aspects, IAspect, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { refusal } from "../helpers/refusal";
import { asIgnored, changedIn, everything, FAMILIES, ignoredIn } from "../helpers/security-table";
import { findings, Json, stackWithProviders, synth } from "../helpers/synth";
import { packed } from "./packed";

/* Each attribute of the security table, changed in each way that cdktf has. All are changed at once, and none may be overlooked. */

const lib = packed();

/** A looser value of an attribute, alone in its resource: a block that is removed would hide what is in it. */
interface Change {
  readonly id: string;
  readonly path: string;
  readonly attribute: string;
  readonly value: unknown;
  /** The checked attribute that a finding names. */
  readonly named: string;
  readonly isOther?: boolean;
}

const isBlockOfAnother = (attribute: string, rows: readonly { readonly attribute: string }[]): boolean =>
  rows.some((row) => row.attribute.startsWith(`${attribute}.`));

/** The looser values of all attributes for which this holds. */
const changesOf = (holds: (attribute: string, isBlock: boolean) => boolean): readonly Change[] =>
  FAMILIES.flatMap(({ id, resources, rows }) =>
    resources.flatMap((path) =>
      rows
        .filter(({ attribute, looser }) => looser.length > 0 && holds(attribute, isBlockOfAnother(attribute, rows)))
        .map(({ attribute, named = attribute, isOther, looser: [value] }) => ({
          id,
          path,
          attribute,
          named,
          isOther,
          value,
        })),
    ),
  );

const isInList = (attribute: string): boolean => /\.\d/.test(attribute);
const CHANGES = changesOf((name, isBlock) => !isBlock && name !== "for_each" && !isInList(name));

/** A resource cannot have `count` and `for_each`, and what a block contains cannot be changed together with the block. */
const BATCHES: Record<string, readonly Change[]> = {
  "most attributes": CHANGES,
  "blocks, and for_each": changesOf((name, isBlock) => isBlock || name === "for_each"),
  "attributes in lists of blocks": changesOf((name) => isInList(name)),
};

const at = (stack: TerraformStack, path: string): TerraformResource =>
  path
    .split("/")
    .reduce((scope, id) => scope.findChild(id).node, stack.node)
    .scopes.at(-1) as TerraformResource;

const override = (resource: TerraformResource, { attribute, value }: Pick<Change, "attribute" | "value">): void =>
  resource.addOverride(attribute, value);

const stackOverride = (resource: TerraformResource, { attribute, value }: Change): void =>
  TerraformStack.of(resource).addOverride(
    `resource.${resource.terraformResourceType}.${resource.friendlyUniqueId}.${attribute}`,
    value,
  );

const dynamic = (resource: TerraformResource, { attribute }: Change): void =>
  resource.addOverride(attribute.replace(/[^.]+$/, "dynamic.$&"), { for_each: [1], content: {} });

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** A value as the bindings take it. */
const asConfig = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asConfig);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [camel(name), asConfig(each)]));
};

/** What an object of the bindings has to set or to remove an attribute: a property, or a method. */
const setterOf = (target: Json, attribute: string, value: unknown): (() => void) | undefined => {
  const name = camel(attribute);
  const method = (verb: string): string => verb + name[0].toUpperCase() + name.slice(1);
  if (value === undefined) return method("reset") in target ? () => target[method("reset")]() : undefined;
  if (method("put") in target) return () => target[method("put")](asConfig(value));
  for (let owner = target; owner !== null; owner = Object.getPrototypeOf(owner) as Json) {
    const found = Object.getOwnPropertyDescriptor(owner, name);
    if (found) return found.set || found.writable ? () => void (target[name] = asConfig(value)) : undefined;
  }
  return undefined;
};

/** The same for an attribute in a block. */
const settable = (resource: TerraformResource, { attribute, value }: Change): (() => void) | undefined => {
  const path = attribute.split(".");
  const block = path.slice(0, -1).reduce<Json | undefined>((target, name) => target?.[camel(name)], resource as Json);
  return typeof block === "object" && !Array.isArray(block) ? setterOf(block, path.at(-1)!, value) : undefined;
};

/** Changes each resource when an aspect comes to it. */
const aspect = (changes: readonly Pick<Change, "path" | "attribute" | "value">[]): IAspect => ({
  visit: (node: IConstruct) => {
    const path = node.node.path.replace(/^app\//, "");
    changes.filter((change) => change.path === path).forEach((change) => override(node as TerraformResource, change));
  },
});

const all = (
  stack: TerraformStack,
  changes: readonly Change[],
  change: (resource: TerraformResource, each: Change) => void,
): void => changes.forEach((each) => change(at(stack, each.path), each));

/** Runs as a validation of the first or of the last construct of the stack. */
const validation = (node: IConstruct, change: () => void): void =>
  node.node.addValidation({
    validate: () => {
      change();
      return [];
    },
  });

const WAYS: Record<string, (changes: readonly Change[]) => TerraformStack> = {
  "an override": (changes) => {
    const stack = everything(lib);
    all(stack, changes, override);
    return stack;
  },
  "an override of the stack": (changes) => {
    const stack = everything(lib);
    all(stack, changes, stackOverride);
    return stack;
  },
  "a dynamic block": (changes) => {
    const stack = everything(lib);
    all(stack, changes, dynamic);
    return stack;
  },
  "an aspect that was added before": (changes) => {
    const stack = stackWithProviders();
    Aspects.of(stack).add(aspect(changes));
    return everything(lib, stack);
  },
  "an aspect that was added after": (changes) => {
    const stack = everything(lib);
    Aspects.of(stack).add(aspect(changes));
    return stack;
  },
  "a validation before ours": (changes) => {
    const stack = stackWithProviders();
    validation(stack, () => all(stack, changes, override));
    return everything(lib, stack);
  },
  "a validation after ours": (changes) => {
    const stack = everything(lib);
    validation(stack.node.findAll().at(-1)!, () => all(stack, changes, override));
    return stack;
  },
};

/** The changes that none of the findings names. */
function overlookedIn(found: readonly string[], changes: readonly Change[]): string[] {
  const overlooked = changes.filter(({ id, path, named, isOther }) => {
    // What is unknown is refused by its first name.
    const names = isOther ? [named, "dynamic"] : [named];
    const ofResource = found.filter((line) => line.startsWith(`[app/${path}]`) && line.includes(`(${id})`));
    return !ofResource.some((line) => names.some((name) => changedIn(line).includes(name)));
  });
  return overlooked.map(({ path, attribute }) => `${path} ${attribute}`);
}

describe.each(Object.entries(BATCHES))("%s", (_, changes) => {
  test.each(Object.entries(WAYS))("%s opens nothing unnoticed", (_way, make) => {
    expect(overlookedIn(findings(make(changes)), changes)).toEqual([]);
  });
});

test("each row of the table is in a batch", () => {
  const rows = FAMILIES.flatMap(({ resources, rows }) => resources.flatMap(() => rows));
  const changed = Object.values(BATCHES).flat();
  expect(changed).toHaveLength(rows.filter(({ looser }) => looser.length > 0).length);
});

test("a property and a method of the bindings open nothing unnoticed", () => {
  const stack = everything(lib);
  const changes = CHANGES.flatMap((change) => {
    const set = settable(at(stack, change.path), change);
    return set ? [{ ...change, set }] : [];
  });
  expect(new Set(changes.map(({ path }) => path)).size).toBeGreaterThan(0.8 * RESOURCES.length);
  changes.forEach(({ set }) => set());
  expect(overlookedIn(findings(stack), changes)).toEqual([]);
});

/** Every resource of the table. */
const RESOURCES = [...new Set(CHANGES.map(({ path }) => path))];

/** What is checked of a resource: not only the part of it that can be changed together with the rest. */
const checkedOf = (resource: string): string[] => {
  const rows = FAMILIES.filter(({ resources }) => resources.includes(resource)).flatMap(({ rows }) => rows);
  const checked = rows.filter(({ looser, isOther }) => looser.length > 0 && !isOther);
  return [...new Set(checked.map(({ attribute, named = attribute }) => named))].sort();
};
const META = ["count", "for_each"];

test.each<[string, (checked: string[]) => unknown, (checked: string[]) => string[]]>([
  ["all", () => "all", (checked) => checked],
  ["all in a list", () => ["all"], (checked) => checked],
  [
    "each checked attribute",
    (checked) => checked.filter((name) => !META.includes(name)).map(asIgnored),
    (checked) => checked.filter((name) => !META.includes(name)),
  ],
])("ignore_changes with %s names what it covers on each resource", (_, entry, covered) => {
  const stack = everything(lib);
  RESOURCES.forEach((path) => at(stack, path).addOverride("lifecycle.ignore_changes", entry(checkedOf(path))));
  const found = findings(stack).filter((line) => line.includes("(guarded-attribute-ignored)"));
  const ignored = found.map((line) => [/^\[app\/(.*?)\]/.exec(line)?.[1], ignoredIn(line).sort()]);
  expect(new Map(ignored as [string, string[]][])).toEqual(
    new Map(RESOURCES.map((path) => [path, covered(checkedOf(path))])),
  );
});

test.each<[string, string, string[]]>([
  ["Web/Backend/Resource", "auth_settings_v2", ["auth_settings_v2"]],
  ["Web/Backend/Resource", "auth_settings_v2[0].auth_enabled", ["auth_settings_v2"]],
  ["OwnApp", "auth_settings_v2[0].active_directory_v2[0].allowed_identities", ["auth_settings_v2"]],
  ["OwnSlot", "auth_settings_v2[0].excluded_paths", ["auth_settings_v2"]],
  ["Flex/Backend/Resource", "auth_settings[0].enabled", ["auth_settings"]],
  ["Container/Backend/Resource", "ingress[0].target_port", ["ingress.target_port"]],
  ["Container/Backend/Resource", "ingress[0].allow_insecure_connections", ["ingress.allow_insecure_connections"]],
  ["Locked/Backend/Resource", "site_config[0].ip_restriction", ["site_config.ip_restriction"]],
  ["Locked/Backend/Resource", "site_config[0].ip_restriction[0].action", ["site_config.ip_restriction"]],
  ["Web/BackendEntity", "tls[0].validate_certificate_name", ["tls"]],
  ["Web/Api/Resource", "subscription_key_parameter_names[0].header", ["subscription_key_parameter_names"]],
  ["Secret/Resource", "value_from_key_vault[0].secret_id", ["value_from_key_vault"]],
])("%s with ignore_changes = [%s] is refused", (path, entry, checked) => {
  const stack = everything(lib);
  at(stack, path).addOverride("lifecycle.ignore_changes", [entry]);
  const found = findings(stack);
  expect(found).toEqual([refusal("guarded-attribute-ignored", `[app/${path}]`)]);
  expect(ignoredIn(found[0])).toEqual(checked);
});

test("a dynamic block opens no app whose network is locked", () => {
  const open = { for_each: [1], content: { action: "Allow", ip_address: "0.0.0.0/0" } };
  const stack = everything(lib);
  for (const path of ["Locked/Backend/Resource", "Hidden/Backend/Resource"])
    at(stack, path).addOverride("site_config.dynamic.ip_restriction", open);
  expect(findings(stack)).toEqual([
    refusal("network-changed", "[app/Locked/Backend/Resource]", "what changes site_config.ip_restriction on it"),
    refusal("network-changed", "[app/Hidden/Backend/Resource]", "what changes site_config.ip_restriction on it"),
  ]);
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

const CREATED = CHANGES.filter(({ attribute }) => attribute === "count").map(({ path }) => path);

test("none of what is created can be taken off alone", () => {
  const stack = everything(lib);
  const homes = new Map(CREATED.map((path) => [path, at(stack, path).node.scope!.node]));
  homes.forEach((home, path) => home.tryRemoveChild(path.replace(/.*\//, "")));
  const found = findings(stack);
  homes.forEach((home, path) =>
    expect(found).toContainEqual(refusal("guarded-resource-removed", `[app/${path}]`, `"${home.path}"`)),
  );
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
        value === undefined ? [] : [{ path, attribute, value }],
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
