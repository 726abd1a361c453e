import { isDeepStrictEqual } from "util";
import {
  ITerraformDependable,
  Postcondition,
  Precondition,
  TerraformDataSource,
  TerraformResource,
  TerraformStack,
} from "cdktf";
import { IConstruct } from "constructs";
import { callAspectsOfApp } from "./app-aspects";
import { finding } from "./fail";
import { grouped } from "./grouped";
import { writeReadableHcl } from "./hcl/readable-hcl";
import { checkWhenWritten } from "./last-check";
import { once } from "./once";
import { lostBy, removedFinding } from "./removed";
import { addressOf, lateLogicalId, Rendered, renderedAtTarget, writtenAs } from "./rendered";
import { stateOf } from "./state";
import { resolved } from "./tokens";

/** Attributes of a resource that must be rendered as they were set. */
export interface GuardedAttributes {
  /**
   * The values as Terraform's JSON has them, by dotted path (`site_config.ip_restriction`); `undefined` for an attribute that
   * must be absent; a function for an attribute that may also have stricter values.
   */
  readonly attributes: Readonly<Record<string, unknown>>;

  /**
   * The only other attributes that may be set.
   *
   * @default - every other attribute may be set
   */
  readonly others?: ReadonlySet<string>;

  /** The finding for attributes that were changed, whose paths it gets. */
  readonly changed: (attributes: string) => string;
}

type Guardable = TerraformResource | TerraformDataSource;

/** Says whether a value, `undefined` if absent, is as strict as the one that was set. */
type Holds = (value: unknown) => boolean;

interface Watched {
  readonly attributes: GuardedAttributes[];
  /** What the lists of the lifecycle must contain. */
  readonly precondition: Rendered[];
  readonly postcondition: Rendered[];
  readonly triggers: (string | ITerraformDependable)[];
}

/** What must be absent of a resource that the library creates: with `count`, it would not exist, or several times. */
export const ONCE = { count: undefined, for_each: undefined };

/** Each of these values is strict enough. */
export function oneOf(...values: readonly unknown[]): Holds {
  return (value) => values.includes(value);
}

/**
 * Makes it an error at synth to change the given attributes of a resource. Aspects and overrides are included, and so are
 * `ignore_changes` and dynamic blocks. A resource that was moved is checked where it was moved to, which must be in its stack.
 * A validation of the user's can change it, too: it is checked again when it is written. Nothing is rendered before synth, so
 * `overrideLogicalId` still works.
 */
export function guard(resource: Guardable, attributes: GuardedAttributes): void {
  // Copies: lists and blocks that are changed later are changes, too.
  const values = Object.entries(attributes.attributes).map(([path, value]) => [path, plain(value)]);
  watchedOf(resource).attributes.push({ ...attributes, attributes: Object.fromEntries(values) });
}

/**
 * Makes it an error at synth to remove the conditions and replacement triggers that the lifecycle of a resource has now. Only for
 * a lifecycle that the library set.
 */
export function guardLifecycle(resource: Guardable): void {
  const { precondition = [], postcondition = [], replaceTriggeredBy = [] } = resource.lifecycle ?? {};
  if ([precondition, postcondition, replaceTriggeredBy].every(({ length }) => length === 0)) return;
  const watched = watchedOf(resource);
  watched.precondition.push(...precondition.map(renderedCondition));
  watched.postcondition.push(...postcondition.map(renderedCondition));
  watched.triggers.push(...replaceTriggeredBy);
}

/** Adds conditions to a resource, perhaps the user's. Removing one is an error at synth, like the rest of what is guarded. */
export function requireAtPlan(resource: TerraformResource, conditions: readonly Precondition[]): void {
  if (conditions.length === 0) return;
  const { lifecycle } = resource;
  resource.lifecycle = { ...lifecycle, precondition: [...(lifecycle?.precondition ?? []), ...conditions] };
  watchedOf(resource).precondition.push(...conditions.map(renderedCondition));
}

/** The same for conditions on what is known once the resource exists. */
export function requireOnceMade(resource: TerraformResource, conditions: readonly Postcondition[]): void {
  const { lifecycle } = resource;
  resource.lifecycle = { ...lifecycle, postcondition: [...(lifecycle?.postcondition ?? []), ...conditions] };
  watchedOf(resource).postcondition.push(...conditions.map(renderedCondition));
}

/** One validation a resource, however often it is guarded. */
function watchedOf(resource: Guardable): Watched {
  return stateOf(resource, "guard", () => {
    const watched: Watched = { attributes: [], precondition: [], postcondition: [], triggers: [] };
    resource.node.addValidation({ validate: () => findingsOf(resource, watched) });
    guardedIn(TerraformStack.of(resource)).set(resource, watched);
    return watched;
  });
}

/** What is guarded in a stack. It is checked again when the stack is written. */
function guardedIn(stack: TerraformStack): Map<Guardable, Watched> {
  return stateOf(stack, "guarded", () => {
    const guarded = new Map<Guardable, Watched>();
    callAspectsOfApp(stack);
    writeReadableHcl(stack);
    checkWhenWritten(stack, () => {
      const ours = [...guarded].filter(([, watched]) => isCreated(watched));
      const closed = new Set(ours.map(([{ node }]) => node.scope));
      const elements = stack.node.findAll().filter(isGuardable);
      const twinOf = twinsIn(stack, elements);
      const found = [...guarded].flatMap(([resource, watched]) => {
        const loser = lostBy(resource);
        // An API or a gateway that is removed as a whole leaves nothing open.
        if (loser !== undefined) return closed.has(loser) ? [at(resource, removedFinding(resource, loser))] : [];
        const written = writtenAs(resource) ?? resource;
        const twin = twinOf(written);
        const findings = [...findingsOf(resource, watched), ...(twin ? [twinFinding(written, twin)] : [])];
        return findings.map((each) => at(resource, each));
      });
      const within = elements.filter(({ node }) => node.scopes.some((scope) => closed.has(scope)));
      return [...found, ...within.flatMap(lateFindings)];
    });
    return guarded;
  });
}

/** Finds another resource at the address of a resource, by one search of the stack. cdktf would write both as one block. */
function twinsIn(
  stack: TerraformStack,
  elements: readonly Guardable[],
): (resource: Guardable) => Guardable | undefined {
  const own = elements.filter((each) => TerraformStack.of(each) === stack);
  const places = grouped(own, (each) => [addressOf(each)]);
  return (resource) => {
    const address = addressOf(resource);
    return address === undefined ? undefined : places.get(address)?.find((other) => other !== resource);
  };
}

function isGuardable(node: IConstruct): node is Guardable {
  return TerraformResource.isTerraformResource(node) || TerraformDataSource.isTerraformDataSource(node);
}

function twinFinding(resource: Guardable, twin: Guardable): string {
  return finding(
    "address-taken",
    `"${resource.node.path}" and "${twin.node.path}" have the same Terraform address, so cdktf writes them as one resource, with ` +
      `settings of both.`,
    "Give one of them another logical ID (overrideLogicalId).",
  );
}

/** What is wrong with the logical ID of a resource that the library creates. */
function lateFindings(resource: Guardable): string[] {
  const asked = lateLogicalId(resource);
  if (asked === undefined) return [];
  const late = finding(
    "logical-id-too-late",
    `overrideLogicalId("${asked}") of "${resource.node.path}" has no effect, because something already refers to it as ` +
      `"${resource.friendlyUniqueId}".`,
    `Remove it. To keep what the state has at the other address, write moveFromId("${resource.terraformResourceType}.${asked}") on the resource.`,
  );
  return [at(resource, late)];
}

function at({ node }: Guardable, text: string): string {
  return `[${node.path}] ${text}`;
}

/** Whether the library creates the resource: on the user's own it guards some attributes, and not how often it exists. */
function isCreated({ attributes }: Watched): boolean {
  return attributes.some((each) => each.others !== undefined || "count" in each.attributes);
}

function findingsOf(resource: Guardable, watched: Watched): string[] {
  const rendered = renderedAtTarget(resource);
  if (!rendered)
    return [
      finding(
        "moved-out-of-stack",
        `"${resource.node.path}" was moved to an address that its stack does not declare, so nothing can check what closes it.`,
        "Move it to a resource of the same stack. Terraform does not move resources to another state.",
      ),
    ];
  const { lifecycle } = rendered;
  const resolvedLifecycle = once(() => resolved(resource, lifecycle));
  // Most lists match as they are.
  const keeps = (list: string, expected: readonly unknown[]): boolean => {
    const contains = searchOf(elementsAt(lifecycle, list));
    const resolvedOnes = once(() => searchOf(elementsAt(resolvedLifecycle(), list)));
    return expected.every((each) => contains(each) || resolvedOnes()(resolved(resource, each)));
  };
  const findings = watched.attributes.flatMap((each) => {
    const names = changedAttributes(resource, rendered, each);
    return names.length > 0 ? [each.changed(names.join(", "))] : [];
  });
  const ignored = ignoresNothing(lifecycle)
    ? []
    : ignoredAttributes(elementsAt(resolvedLifecycle(), "ignore_changes"), watched.attributes);
  if (ignored.length > 0)
    findings.push(
      finding(
        "guarded-attribute-ignored",
        `The lifecycle of "${resource.node.path}" ignores changes to ${ignored.join(", ")}, so Terraform would keep the deployed value, ` +
          `even if that value opens the resource.`,
        `Remove it from ignoreChanges. Instead of "all", list the attributes to ignore.`,
      ),
    );
  if (!keeps("precondition", watched.precondition) || !keeps("postcondition", watched.postcondition))
    findings.push(
      finding(
        "conditions-removed",
        `A precondition or postcondition of "${resource.node.path}" was removed or changed. Terraform checks there what is not known ` +
          `at synth, and could deploy what the condition would stop.`,
        `Remove what replaces lifecycle or its conditions (an aspect, addOverride). To add to the lifecycle, write ` +
          `resource.lifecycle = { ...resource.lifecycle, preventDestroy: true }.`,
      ),
    );
  const triggers = watched.triggers.map((each) => (typeof each === "string" ? each : each.fqn));
  if (!keeps("replace_triggered_by", triggers))
    findings.push(
      finding(
        "replace-trigger-removed",
        `replace_triggered_by was removed or changed in the lifecycle of "${resource.node.path}". When Terraform replaces what this ` +
          `resource belongs to, it would not create this resource again.`,
        `Remove what replaces lifecycle or its triggers (an aspect, addOverride). To add to the lifecycle, write ` +
          `resource.lifecycle = { ...resource.lifecycle, preventDestroy: true }.`,
      ),
    );
  return findings;
}

/** Says whether a list contains a value. What is asked for in the order of the list is found at once. */
function searchOf(values: readonly unknown[]): (expected: unknown) => boolean {
  let next = 0;
  return (expected) => {
    const isExpected = (value: unknown): boolean => isDeepStrictEqual(value, expected);
    const at = isExpected(values[next]) ? next : values.findIndex(isExpected);
    next = at + 1;
    return at >= 0;
  };
}

/** What a lifecycle has besides `ignore_changes`. */
const WITHOUT_IGNORING: ReadonlySet<string> = new Set([
  "create_before_destroy",
  "postcondition",
  "precondition",
  "prevent_destroy",
  "replace_triggered_by",
]);

/** Whether a lifecycle ignores no changes. Its keys show it, so no token is resolved. */
function ignoresNothing(lifecycle: unknown = {}): boolean {
  return isPlain(lifecycle) && Object.keys(lifecycle).every((name) => WITHOUT_IGNORING.has(name));
}

/** The guarded attributes that are rendered differently, and those that may not be set. */
function changedAttributes(
  resource: Guardable,
  rendered: Rendered,
  { attributes, others }: GuardedAttributes,
): string[] {
  const changed = Object.keys(attributes).filter((path) => {
    const parts = path.split(".");
    return !isSet(resource, valuesAt(rendered, parts), attributes[path]) || isDynamic(rendered, parts);
  });
  if (!others) return changed;
  const known = new Set(Object.keys(attributes).map((path) => path.split(".")[0]));
  const more = Object.keys(rendered).filter((name) => (rendered[name] ?? undefined) !== undefined && !known.has(name));
  return [...changed, ...more.filter((name) => !others.has(name))];
}

/** A lazy value may resolve to the right one. Most values match as they are. */
function isSet(resource: Guardable, values: readonly unknown[], expected: unknown): boolean {
  if (values.length > 1) return false;
  // Terraform reads null as absent.
  const value = values[0] ?? undefined;
  if (typeof expected === "function") return expected(value) || expected(resolvedOrError(resource, value));
  if (isDeepStrictEqual(plain(value), expected)) return true;
  if (isDeepStrictEqual(resolvedOrError(resource, value), resolved(resource, expected))) return true;
  // Terraform converts "true" and "80".
  return ["boolean", "number"].includes(typeof expected) && value === String(expected);
}

/** What cdktf cannot resolve, such as a list token to which an override added an element, equals nothing that was set. */
function resolvedOrError(resource: Guardable, value: unknown): unknown {
  try {
    return resolved(resource, value);
  } catch (error) {
    return error;
  }
}

/** Terraform takes a block from `dynamic` of what surrounds it, too. */
function isDynamic(rendered: Rendered, parts: readonly string[]): boolean {
  return parts.some((name, at) =>
    valuesAt(rendered, parts, 0, at).some((block) => valuesAt(block, ["dynamic", name]).length > 0),
  );
}

/** The values at a part of a path: one, or several where a block on the way is a list. */
function valuesAt(value: unknown, parts: readonly string[], from = 0, to = parts.length): unknown[] {
  if (from === to) return value === undefined ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, parts, from, to));
  return isObject(value) ? valuesAt(value[parts[from]], parts, from + 1, to) : [];
}

/** The elements of an attribute of a block, which Terraform's JSON can have as a list of blocks. */
function elementsAt(block: unknown, name: string): unknown[] {
  return valuesAt(block, [name]).flat();
}

/** The guarded attributes that `ignore_changes` covers, contains, or reaches into. */
function ignoredAttributes(ignoreChanges: readonly unknown[], guarded: readonly GuardedAttributes[]): string[] {
  const ignored = ignoreChanges.map(String);
  const found = guarded.flatMap(({ attributes, others }) =>
    ignored.flatMap((entry) => {
      const path = pathOf(entry);
      if (others && path.length > 0 && !others.has(path[0])) return [entry];
      return Object.keys(attributes).filter((name) => name.split(".").every((part, at) => (path[at] ?? part) === part));
    }),
  );
  return [...new Set(found)];
}

/** What Terraform reads over in an expression: white space, and comments in all of its three forms. */
const SPACE = /\s|\/\*[\s\S]*?\*\/|(?:#|\/\/).*/g;

/** An element of `ignore_changes` without indexes; empty for everything. */
function pathOf(entry: string): string[] {
  const text = entry.replace(SPACE, "");
  const parts = text.split(/[.[\]"]/).filter((part) => part !== "" && !/^(?:\d+|\*)$/.test(part));
  return text === "all" ? [] : parts;
}

function renderedCondition({ condition, errorMessage }: Precondition | Postcondition): Rendered {
  return { condition, error_message: errorMessage };
}

/** A copy of plain objects and lists. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}

/** Not a token or another class. */
function isPlain(value: unknown): value is Rendered {
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isObject(value: unknown): value is Rendered {
  return typeof value === "object" && value !== null;
}
