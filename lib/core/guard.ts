import { isDeepStrictEqual } from "util";
import {
  ITerraformDependable,
  Postcondition,
  Precondition,
  TerraformDataSource,
  TerraformResource,
  lifecycleToTerraform,
} from "cdktf";
import { finding } from "./fail";
import { Rendered, renderedAttributes } from "./rendered";
import { stateOf } from "./state";
import { resolved } from "./tokens";

/** Attributes of a resource that must be rendered as they were set. */
export interface GuardedAttributes {
  /**
   * The values as Terraform's JSON has them, by dotted path (`site_config.ip_restriction`); `undefined` for an attribute that
   * must be absent.
   */
  readonly attributes: Readonly<Record<string, unknown>>;

  /**
   * The only other attributes that may be set.
   *
   * @default - every other attribute may be set
   */
  readonly others?: ReadonlySet<string>;

  /** The finding for an attribute that was changed. */
  readonly changed: () => string;
}

type Guardable = TerraformResource | TerraformDataSource;

/** What Terraform checks on a resource. */
type Condition = Precondition | Postcondition;

/** Everything that is guarded on one resource. */
interface Watched {
  readonly attributes: GuardedAttributes[];
  readonly preconditions: Condition[];
  readonly postconditions: Condition[];
  readonly triggers: (string | ITerraformDependable)[];
}

/**
 * Makes it an error at synth to change what closes a resource: the given attributes, and the conditions and replacement triggers
 * that its lifecycle has now. Aspects and overrides are included, and so are `ignore_changes` and dynamic blocks. Nothing is
 * rendered before synth, so `overrideLogicalId` still works.
 */
export function guard(resource: Guardable, attributes?: GuardedAttributes): void {
  const { precondition = [], postcondition = [], replaceTriggeredBy = [] } = resource.lifecycle ?? {};
  if (!attributes && [precondition, postcondition, replaceTriggeredBy].every(({ length }) => length === 0)) return;
  const watched = stateOf(resource, "guard", () => watch(resource));
  if (attributes) {
    // Copies: lists and conditions that are changed later are changes, too.
    const values = Object.entries(attributes.attributes).map(([path, value]) => [path, plain(value)]);
    watched.attributes.push({ ...attributes, attributes: Object.fromEntries(values) });
  }
  watched.preconditions.push(...precondition.map((condition) => ({ ...condition })));
  watched.postconditions.push(...postcondition.map((condition) => ({ ...condition })));
  watched.triggers.push(...replaceTriggeredBy);
}

/** One validation a resource, however often it is guarded. */
function watch(resource: Guardable): Watched {
  const watched: Watched = { attributes: [], preconditions: [], postconditions: [], triggers: [] };
  resource.node.addValidation({ validate: () => findingsOf(resource, watched) });
  return watched;
}

function findingsOf(resource: Guardable, watched: Watched): string[] {
  const rendered = renderedAttributes(resource);
  const lifecycle: Rendered = rendered.lifecycle ?? {};
  const findings = watched.attributes.filter((each) => isChanged(rendered, each)).map(({ changed }) => changed());
  const ignored = ignoredAttributes(resource, lifecycle.ignore_changes, watched.attributes);
  if (ignored.length > 0)
    findings.push(
      finding(
        "guarded-attribute-ignored",
        `The lifecycle of "${resource.node.path}" ignores changes to ${ignored.join(", ")}, so Terraform would keep what is deployed ` +
          `now, whatever that allows.`,
        `Remove it from ignoreChanges. Instead of "all", list the attributes to ignore.`,
      ),
    );
  if (!hasConditions(lifecycle, watched))
    findings.push(
      finding(
        "conditions-removed",
        `A precondition or postcondition of "${resource.node.path}" was removed or changed. Terraform checks there what is not known ` +
          `at synth, and could deploy what the condition would stop.`,
        `Remove what replaces lifecycle or its conditions (an aspect, addOverride). To add to the lifecycle, write ` +
          `resource.lifecycle = { ...resource.lifecycle, preventDestroy: true }.`,
      ),
    );
  if (!hasTriggers(lifecycle, watched))
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

function isChanged(rendered: Rendered, { attributes, others }: GuardedAttributes): boolean {
  const paths = Object.entries(attributes).map(([path, value]) => ({ parts: path.split("."), value }));
  if (paths.some(({ parts, value }) => !isSet(rendered, parts, value) || isDynamic(rendered, parts))) return true;
  const known = new Set(paths.map(({ parts }) => parts[0]));
  const more = Object.keys(rendered).filter((name) => rendered[name] !== undefined && !known.has(name));
  return others !== undefined && more.some((name) => !others.has(name));
}

function isSet(rendered: Rendered, parts: readonly string[], value: unknown): boolean {
  const values = valuesAt(rendered, parts).map(plain);
  return value === undefined ? values.length === 0 : values.length === 1 && isDeepStrictEqual(values[0], value);
}

/** Terraform takes a block from `dynamic` of what surrounds it, too. */
function isDynamic(rendered: Rendered, parts: readonly string[]): boolean {
  return parts.some((name, at) => valuesAt(rendered, [...parts.slice(0, at), "dynamic", name]).length > 0);
}

/** The values at a path: one, or several where a block on the way is a list. */
function valuesAt(value: unknown, parts: readonly string[]): unknown[] {
  const [name, ...rest] = parts;
  if (name === undefined) return value === undefined ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, parts));
  return isObject(value) ? valuesAt(value[name], rest) : [];
}

/** The guarded attributes that `ignore_changes` covers, contains, or reaches into. */
function ignoredAttributes(
  resource: Guardable,
  ignoreChanges: unknown,
  guarded: readonly GuardedAttributes[],
): string[] {
  const ignored = [resolved(resource, ignoreChanges) ?? []].flat().map(String);
  const found = guarded.flatMap(({ attributes, others }) =>
    ignored.flatMap((entry) => {
      const path = pathOf(entry);
      if (others && path.length > 0 && !others.has(path[0])) return [entry];
      return Object.keys(attributes).filter((name) => name.split(".").every((part, at) => (path[at] ?? part) === part));
    }),
  );
  return [...new Set(found)];
}

/** An element of `ignore_changes` without indexes; empty for everything. */
function pathOf(entry: string): string[] {
  const parts = entry.replace(/\[[^\]]*\]/g, "").split(".");
  return ["all", "*"].includes(entry) ? [] : parts.filter((part) => !/^\d+$/.test(part));
}

function hasConditions(lifecycle: Rendered, { preconditions, postconditions }: Watched): boolean {
  return (
    hasAll(lifecycle.precondition, preconditions.map(renderedCondition)) &&
    hasAll(lifecycle.postcondition, postconditions.map(renderedCondition))
  );
}

function renderedCondition({ condition, errorMessage }: Condition): Rendered {
  return { condition, error_message: errorMessage };
}

function hasTriggers(lifecycle: Rendered, { triggers }: Watched): boolean {
  const { replaceTriggeredBy = [] } = lifecycleToTerraform({ replaceTriggeredBy: triggers }) ?? {};
  return hasAll(lifecycle.replace_triggered_by, replaceTriggeredBy);
}

function hasAll(rendered: unknown, expected: readonly unknown[]): boolean {
  const values = [rendered ?? []].flat();
  return expected.every((each) => values.some((value) => isDeepStrictEqual(value, each)));
}

/** A copy of plain objects and lists without what is `undefined`, which Terraform's JSON leaves out. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.map(([name, each]) => [name, plain(each)]));
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
