import * as errors from "../../../core/open-api-errors";
import { entriesOf, isObject, JsonObject, Problem, Trail } from "./json";
import { nameOf, Operation, Path } from "./operations";
import { Reference } from "./references";

/**
 * What API Management leaves out without a word; of each kind the first place.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-api-import-restrictions
 */
export function omissions(root: JsonObject, paths: readonly Path[], references: readonly Reference[]): Problem[] {
  const operations = paths.flatMap((path) => path.operations);
  const trailsTo = (holders: readonly { trail: Trail; body: JsonObject }[], key: string): Trail[] =>
    holders.filter(({ body }) => key in body).map(({ trail }) => [...trail, key]);
  const components = isObject(root.components) ? root.components : {};
  const parameters = [
    ...new Map(operations.flatMap((each) => each.parameters).map((each) => [each.body, each])).values(),
  ];
  const parametersWith = (holds: (body: JsonObject) => boolean): Trail[] =>
    parameters.filter(({ body }) => holds(body)).map(({ trail }) => trail);
  const bodiless = operations.filter(({ method }) => ["get", "head", "options"].includes(method));
  return [
    ...newerVersion(root),
    ...once(errors.securityIgnored(), [
      ...trailsTo([{ trail: [], body: root }], "security"),
      ...trailsTo([{ trail: [], body: root }], "securityDefinitions"),
      ...trailsTo([{ trail: ["components"], body: components }], "securitySchemes"),
      ...trailsTo(operations, "security"),
    ]),
    ...once(errors.serversIgnored(), [...trailsTo(paths, "servers"), ...trailsTo(operations, "servers")]),
    ...once(errors.callbacksIgnored(), trailsTo(operations, "callbacks")),
    ...once(errors.bodyIgnored(), [
      ...trailsTo(bodiless, "requestBody"),
      ...bodiless.flatMap((each) => each.parameters.filter(({ body }) => body.in === "body").map(({ trail }) => trail)),
    ]),
    ...once(
      errors.cookieIgnored(),
      parametersWith((body) => body.in === "cookie"),
    ),
    ...once(
      errors.formIgnored(),
      parametersWith((body) => body.in === "formData"),
    ),
    ...once(errors.styleIgnored(), parametersWith(hasOtherStyle)),
    ...once(errors.recursionIgnored(), recursiveSchemas(root, references)),
    ...sameNames(operations),
  ];
}

function once(message: string, trails: readonly Trail[]): Problem[] {
  if (trails.length === 0) return [];
  return [{ trail: trails[0], ofKey: true, message: errors.others(message, trails.length - 1) }];
}

function newerVersion({ openapi }: JsonObject): Problem[] {
  const newer = typeof openapi === "string" && /^3\.0\.(?:[4-9]|\d{2,})$/.test(openapi);
  return newer ? [{ trail: ["openapi"], message: errors.newerPatch(openapi) }] : [];
}

function hasOtherStyle({ in: place, style, explode, collectionFormat }: JsonObject): boolean {
  if (place !== "query") return false;
  return (
    (style !== undefined && style !== "form") ||
    explode === false ||
    (collectionFormat !== undefined && collectionFormat !== "multi")
  );
}

/** Schemas from which references lead back to themselves. */
function recursiveSchemas(root: JsonObject, references: readonly Reference[]): Trail[] {
  const at: Trail = "swagger" in root ? ["definitions"] : ["components", "schemas"];
  const prefix = `#/${at.join("/")}/`;
  const holder = at.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), root);
  const leadsTo = new Map<string, Set<string>>(entriesOf(holder).map(([name]) => [name, new Set()]));
  for (const { trail, target } of references) {
    if (at.every((key, index) => trail[index] === key) && target.startsWith(prefix)) {
      leadsTo.get(String(trail[at.length]))?.add(target.slice(prefix.length));
    }
  }
  const cyclic = new Set<string>();
  const done = new Set<string>();
  for (const start of leadsTo.keys()) findCycles(start, leadsTo, done, cyclic);
  return [...cyclic].map((name) => [...at, name]);
}

/** Depth first, without recursion: chains of schemas may be long. */
function findCycles(
  start: string,
  leadsTo: ReadonlyMap<string, ReadonlySet<string>>,
  done: Set<string>,
  cyclic: Set<string>,
): void {
  const open = new Set<string>();
  const stack: [string, Iterator<string>][] = [];
  const enter = (name: string): void => {
    if (open.has(name)) cyclic.add(name);
    if (done.has(name) || open.has(name)) return;
    open.add(name);
    stack.push([name, (leadsTo.get(name) ?? new Set<string>()).values()]);
  };
  enter(start);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const [name, rest] = top;
    const next = rest.next();
    if (!next.done) {
      enter(next.value);
      continue;
    }
    open.delete(name);
    done.add(name);
    stack.pop();
  }
}

function sameNames(operations: readonly Operation[]): Problem[] {
  const taken = new Set<string>();
  return operations.flatMap((operation) => {
    const { operationId } = operation.body;
    const name = nameOf(operation);
    const again = taken.has(name);
    taken.add(name);
    if (!again || typeof operationId !== "string") return [];
    return [{ trail: [...operation.trail, "operationId"], message: errors.sameOperationName(operationId, name) }];
  });
}
