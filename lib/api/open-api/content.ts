import { entriesOf, isObject, JsonObject, listOf, Trail } from "./json";
import { Reference, referencesOf, Resolver } from "./references";

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
  readonly resolver: Resolver;
}

/** An object of a document, with its place. It is empty where the document has no object. */
export interface Part {
  readonly trail: Trail;
  readonly body: JsonObject;
}

export interface Path extends Part {
  readonly path: string;
  readonly operations: readonly Operation[];
}

export interface Operation extends Part {
  readonly method: string;
  readonly path: string;
  /** Those of the path as well. */
  readonly parameters: readonly Part[];
  /** Whether not all parameters are known: one is a reference that points to nothing, or there are too many. */
  readonly incomplete: boolean;
}

/** The parts of a document. */
export function contentOf(root: JsonObject, isJson: boolean): Content {
  const resolver = new Resolver(root);
  const paths = new PathReader(root, resolver).paths();
  const operations = paths.flatMap((path) => path.operations);
  return { root, isJson, paths, operations, references: referencesOf(root), resolver };
}

/** How many parameters are read. Paths that share an item by a reference can have more of them than the text has characters. */
const MAX_PARAMETERS = 1_000_000;

class PathReader {
  private parameterCount = 0;

  constructor(
    private readonly root: JsonObject,
    private readonly resolver: Resolver,
  ) {}

  /**
   * The paths of a document. Of its extensions, API Management reads `x-ms-paths`, whose paths have a query.
   *
   * @see https://learn.microsoft.com/azure/api-management/api-management-api-import-restrictions#supported-extensions
   */
  public paths(): Path[] {
    return ["paths", "x-ms-paths"].flatMap((collection) =>
      entriesOf(this.root[collection])
        .filter(([path]) => !path.startsWith("x-"))
        .map(([path, item]) => {
          const part = { trail: [collection, path], body: this.resolver.resolved(item) ?? {} };
          const methods = METHODS.filter((method) => method in part.body);
          return { ...part, path, operations: methods.map((method) => this.operation(method, path, part)) };
        }),
    );
  }

  private operation(method: string, path: string, item: Part): Operation {
    const written = item.body[method];
    const part = { trail: [...item.trail, method], body: isObject(written) ? written : {} };
    const parameters = new Map<string, Part>();
    let incomplete = false;
    for (const { trail, body } of [item, part]) {
      for (const [index, each] of listOf(body.parameters).entries()) {
        const parameter = ++this.parameterCount > MAX_PARAMETERS ? undefined : this.resolver.resolved(each);
        incomplete ||= parameter === undefined;
        if (this.parameterCount > MAX_PARAMETERS) break;
        if (parameter)
          parameters.set(`${parameter.in} ${parameter.name}`, {
            trail: [...trail, "parameters", index],
            body: parameter,
          });
      }
    }
    return { ...part, method, path, parameters: [...parameters.values()], incomplete };
  }
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
  return dashed.replace(/^-|-$/g, "").slice(0, 76);
}
