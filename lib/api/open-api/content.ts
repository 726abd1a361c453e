import { entriesOf, isObject, JsonObject, listOf, Trail } from "./json";
import { Reference, referencesOf, resolved } from "./references";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** A document and its parts. */
export interface Content {
  readonly root: JsonObject;
  /** Whether it was written in JSON. */
  readonly isJson: boolean;
  readonly paths: readonly Path[];
  /** Those of all paths. */
  readonly operations: readonly Operation[];
  readonly references: readonly Reference[];
}

/** A path of a document. */
export interface Path {
  readonly path: string;
  readonly trail: Trail;
  readonly body: JsonObject;
  readonly operations: readonly Operation[];
}

/** An operation of a document. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly trail: Trail;
  /** Empty where the document has no object here. */
  readonly body: JsonObject;
  readonly parameters: readonly Parameter[];
  /** Whether a parameter is a reference that points to nothing, so that not all are known. */
  readonly incomplete: boolean;
}

/** A parameter of an operation or of its path. */
export interface Parameter {
  readonly trail: Trail;
  readonly body: JsonObject;
}

/** The parts of a document. */
export function contentOf(root: JsonObject, isJson: boolean): Content {
  const paths = pathsOf(root);
  const operations = paths.flatMap((path) => path.operations);
  return { root, isJson, paths, operations, references: referencesOf(root) };
}

/**
 * The paths of a document. Of its extensions, API Management reads `x-ms-paths`, whose paths have a query.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-api-import-restrictions#supported-extensions
 */
function pathsOf(root: JsonObject): Path[] {
  return ["paths", "x-ms-paths"].flatMap((collection) =>
    entriesOf(root[collection])
      .filter(([path]) => !path.startsWith("x-"))
      .map(([path, item]) => {
        const trail = [collection, path];
        const body = resolved(root, item) ?? {};
        const operations = METHODS.filter((method) => method in body).map((method) =>
          operation(root, method, path, trail, body),
        );
        return { path, trail, body, operations };
      }),
  );
}

function operation(root: JsonObject, method: string, path: string, item: Trail, itemBody: JsonObject): Operation {
  const trail = [...item, method];
  const body = isObject(itemBody[method]) ? itemBody[method] : {};
  const written = [...parametersAt(root, item, itemBody.parameters), ...parametersAt(root, trail, body.parameters)];
  const known = written.filter((parameter): parameter is Parameter => parameter.body !== undefined);
  const parameters = new Map(known.map((parameter) => [`${parameter.body.in} ${parameter.body.name}`, parameter]));
  const incomplete = known.length < written.length;
  return { method, path, trail, body, parameters: [...parameters.values()], incomplete };
}

function parametersAt(
  root: JsonObject,
  trail: Trail,
  parameters: unknown,
): { readonly trail: Trail; readonly body?: JsonObject }[] {
  return listOf(parameters).map((parameter, index) => ({
    trail: [...trail, "parameters", index],
    body: resolved(root, parameter),
  }));
}

/** The parameters in a path. `{*rest}`, which takes all that follows, has the name `rest`. */
export function placeholders(path: string): string[] {
  return [...path.matchAll(/\{\*?([^{}]+)\}/g)].map(([, name]) => name);
}

/**
 * The name that API Management gives to an operation.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-api-import-restrictions#add-new-api-via-openapi-import
 */
export function nameOf({ method, path, body }: Operation): string {
  const id = typeof body.operationId === "string" && body.operationId !== "" ? body.operationId : `${method}-${path}`;
  const dashed = id.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return dashed.replace(/^-+|-+$/g, "").slice(0, 76);
}
