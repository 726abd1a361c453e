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
    ...once(
      "security: it protects nothing here. Write a policy, such as PolicyStatement.requireEntraToken({ ... }), for what it says.",
      [
        ...trailsTo([{ trail: [], body: root }], "security"),
        ...trailsTo([{ trail: [], body: root }], "securityDefinitions"),
        ...trailsTo([{ trail: ["components"], body: components }], "securitySchemes"),
        ...trailsTo(operations, "security"),
      ],
    ),
    ...once("servers of a path or an operation: all are called at the address of the backend.", [
      ...trailsTo(paths, "servers"),
      ...trailsTo(operations, "servers"),
    ]),
    ...once("callbacks.", trailsTo(operations, "callbacks")),
    ...once("the request body of a GET, HEAD or OPTIONS operation.", [
      ...trailsTo(bodiless, "requestBody"),
      ...bodiless.flatMap((each) => each.parameters.filter(({ body }) => body.in === "body").map(({ trail }) => trail)),
    ]),
    ...once(
      "a parameter in a cookie.",
      parametersWith((body) => body.in === "cookie"),
    ),
    ...once(
      "a form parameter.",
      parametersWith((body) => body.in === "formData"),
    ),
    ...once(
      "style and explode of a query parameter: arrays are read as style: form with explode: true.",
      parametersWith(hasOtherStyle),
    ),
    ...once(
      "a schema that contains itself: API Management does not support recursive ones.",
      recursiveSchemas(root, references),
    ),
    ...sameNames(operations),
  ];
}

function once(message: string, trails: readonly Trail[]): Problem[] {
  if (trails.length === 0) return [];
  return [
    {
      trail: trails[0],
      ofKey: true,
      message: trails.length - 1 === 0 ? message : `${message} And so at ${trails.length - 1} more places.`,
    },
  ];
}

function newerVersion({ openapi }: JsonObject): Problem[] {
  const newer = typeof openapi === "string" && /^3\.0\.(?:[4-9]|\d{2,})$/.test(openapi);
  return newer ? [{ trail: ["openapi"], message: `what version ${openapi} has added to 3.0.3, if it uses it.` }] : [];
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
    return [
      {
        trail: [...operation.trail, "operationId"],
        message: `the operationId "${operationId}": it becomes the name "${name}", which another operation has, and gets a number behind it.`,
      },
    ];
  });
}
