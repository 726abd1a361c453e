import { TerraformDataSource, TerraformElement, TerraformResource, TerraformStack, Tokenization } from "cdktf";
import { addToGroup } from "./grouped";
import { lostBy } from "./removed";
import { stateOf } from "./state";
import { produced } from "./tokens";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- rendered JSON has no type
export type Rendered = Record<string, any>;

type Renderable = TerraformResource | TerraformDataSource;

/** The attributes of a resource in the Terraform JSON as of now, including overrides on the resource and on its stack. */
export function renderedAttributes(resource: Renderable): Rendered {
  return renderedAtTarget(resource) ?? {};
}

/**
 * The attributes of a resource, or of the resource that it was moved to. No attributes if an override removed the resource;
 * `undefined` if it was moved to a place that is not in this stack.
 */
export function renderedAtTarget(resource: Renderable): Rendered | undefined {
  const written = writtenAs(resource);
  if (!written) return undefined;
  const rendered: Rendered = written.toTerraform();
  const block = blockOf(written);
  const { terraformResourceType: type, friendlyUniqueId: name } = written;
  return attributesAt(merged({ [block]: rendered[block] }, overridesAt(written, name)), [block, type, name]);
}

/** What overrides set on a resource and on its stack. Does not render the resource, so `overrideLogicalId` still works. */
export function overriddenAttributes(resource: Renderable): Rendered {
  const name = logicalIdOf(resource);
  const place = [blockOf(resource), resource.terraformResourceType, name];
  const own = place.reduceRight<Rendered>((value, key) => ({ [key]: value }), rawOverridesOf(resource));
  return attributesAt(merged(merged({}, own), overridesAt(resource, name)), place);
}

/** The address at which a resource is written, `undefined` for one that was moved to another. Does not fix its logical ID. */
export function addressOf(resource: Renderable): string | undefined {
  if (TerraformResource.isTerraformResource(resource) && resource["_hasMoved"]) return undefined;
  return `${blockOf(resource)}.${resource.terraformResourceType}.${logicalIdOf(resource)}`;
}

/** The logical ID of an element as of now. Reading `friendlyUniqueId` would fix it. */
export function logicalIdOf(element: TerraformElement): string {
  return (
    element["_friendlyUniqueId"] ?? element["_logicalIdOverride"] ?? TerraformStack.of(element).getLogicalId(element)
  );
}

/** The logical ID that was asked for after another one was fixed, which cdktf ignores. */
export function lateLogicalId(element: TerraformElement): string | undefined {
  const asked: string | undefined = element["_logicalIdOverride"];
  return asked === logicalIdOf(element) ? undefined : asked;
}

function blockOf(resource: Renderable): "resource" | "data" {
  return TerraformResource.isTerraformResource(resource) ? "resource" : "data";
}

/** What is written in place of a resource: itself, or the last one that it was moved to. Resources that move to each other are nowhere. */
export function writtenAs(resource: Renderable): Renderable | undefined {
  const moved = new Set<Renderable>();
  let written: Renderable | undefined = resource;
  while (written && addressOf(written) === undefined) {
    moved.add(written);
    const target = targetOfMove(written);
    written = target && moved.has(target) ? undefined : target;
  }
  return written;
}

/** The resource of this stack that another one was moved to, perhaps to an instance of it. */
export function targetOfMove(resource: Renderable): TerraformResource | undefined {
  const rendered: Rendered = resource.toTerraform();
  // Plain JavaScript moves to anything.
  const [whole] = String(rendered.moved[0].to).split("[", 1);
  const stack = TerraformStack.of(resource);
  const known = stateOf(stack, "move-targets", () => new Map<string, TerraformResource[]>());
  const isTarget = (other: TerraformResource): boolean =>
    other !== resource && idOf(other) === whole && lostBy(other) === undefined;
  const target = known.get(whole)?.find(isTarget);
  if (target) return target;
  // The tree is searched only for addresses that are new.
  known.clear();
  for (const node of stack.node.findAll())
    if (TerraformResource.isTerraformResource(node) && TerraformStack.of(node) === stack)
      addToGroup(known, idOf(node), node);
  return known.get(whole)?.find(isTarget);
}

function idOf(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${logicalIdOf(resource)}`;
}

/** The overrides on the stack that concern a resource. */
function overridesAt(resource: Renderable, name: string): Rendered {
  // The stack merges its overrides after its elements are rendered, and has no other way to ask for them.
  return narrowed(rawOverridesOf(TerraformStack.of(resource)), [
    blockOf(resource),
    resource.terraformResourceType,
    name,
  ]);
}

/** What an override on the stack itself sets at a path. */
export function stackOverrideAt(stack: TerraformStack, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => Object(value)[key], rawOverridesOf(stack));
}

/** A resource that only an override of a stack declares, and no element of the stack. */
export interface OverrideOnly {
  readonly type: string;
  readonly name: string;
  readonly block: Rendered;
}

/**
 * The resources that only overrides of a stack declare.
 *
 * @param ofType what the construct tree has of a Terraform type
 */
export function overridesOnly(
  stack: TerraformStack,
  ofType: (type: string) => readonly TerraformResource[],
): OverrideOnly[] {
  const known = (value: unknown): unknown => (Tokenization.isResolvable(value) ? produced(stack, value) : value);
  // Terraform's JSON has what is named in an object, or in a list of objects.
  const entriesOf = (value: unknown): [string, unknown][] =>
    [known(value)].flat().flatMap((each) => Object.entries(Object(known(each))));
  return entriesOf(stackOverrideAt(stack, ["resource"])).flatMap(([type, blocks]) => {
    const own = ofType(type).filter((resource) => TerraformStack.of(resource) === stack);
    const declared = new Set(own.map(addressOf));
    const others = entriesOf(blocks).filter(([name]) => !declared.has(`resource.${type}.${name}`));
    return others.flatMap(([name, block]) =>
      [known(block)].flat().map((each) => ({ type, name, block: Object(known(each)) })),
    );
  });
}

/** The overrides of a resource itself, and those on its stack that concern it. Its logical ID is fixed. */
export function overridesOf(resource: Renderable): { readonly own: Rendered; readonly onStack: Rendered } {
  const { terraformResourceType: type, friendlyUniqueId: name } = resource;
  const onStack = stackOverrideAt(TerraformStack.of(resource), [blockOf(resource), type, name]);
  return { own: rawOverridesOf(resource), onStack: Object(onStack) };
}

function rawOverridesOf(element: Renderable | TerraformStack): Rendered {
  return TerraformStack.isStack(element) ? element["rawOverrides"] : element["rawOverrides"];
}

/** An override without what it sets elsewhere. */
function narrowed(override: Rendered, [key, ...rest]: readonly string[]): Rendered {
  if (key === undefined || !isBlock(override) || Array.isArray(override)) return override;
  return key in override ? { [key]: narrowed(override[key], rest) } : {};
}

/**
 * The only block at a path. Terraform's JSON has a block as an object, or as a list of objects on any level. What is no block, such as a
 * token, can become another one.
 */
function attributesAt(rendered: Rendered, path: readonly string[]): Rendered {
  const blocks = path.reduce<unknown[]>(
    (values, key) => values.flatMap((value) => (isBlock(value) ? (value[key] ?? []) : [value])),
    [rendered],
  );
  const [attributes] = blocks;
  return blocks.length === 1 && isBlock(attributes) ? attributes : {};
}

/** Merges as cdktf does: objects in depth, and lists appended to lists. What is `undefined` is absent. */
export function merged(rendered: Rendered, override: Rendered): Rendered {
  const result: Rendered = Array.isArray(rendered) ? [...rendered] : { ...rendered };
  for (const [key, value] of Object.entries(override)) {
    const before: unknown = result[key];
    if (Array.isArray(value)) result[key] = Array.isArray(before) ? [...before, ...value] : value;
    else result[key] = isBlock(value) ? merged(isBlock(before) ? before : {}, value) : value;
  }
  return result;
}

/** What is merged in depth; the elements of a list are named by their index. */
function isBlock(value: unknown): value is Rendered {
  return typeof value === "object" && value !== null && !Tokenization.isResolvable(value);
}
