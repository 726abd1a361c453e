import { parameterNames } from "../url-template";
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
  /** Those of all operations, each once: operations may share one. */
  readonly parameters: readonly Part[];
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
  /** The names of the parameters in it. */
  readonly names: readonly string[];
  readonly operations: readonly Operation[];
}

export interface Operation extends Part {
  readonly method: string;
  readonly path: string;
  /** The name that API Management gives to it. */
  readonly name: string;
  /** The names of the parameters in the path. */
  readonly names: readonly string[];
  /** Those of the path as well. */
  readonly parameters: readonly Part[];
  /** Whether not all parameters are known: one is a reference that points to nothing, or there are too many. */
  readonly incomplete: boolean;
}

/** The parts of a document. */
export function contentOf(
  root: JsonObject,
  { isJson, length }: { readonly isJson: boolean; readonly length: number },
): Content {
  const resolver = new Resolver(root);
  const paths = new PathReader(root, resolver, maxParameters(length)).paths();
  const operations = paths.flatMap((path) => path.operations);
  const parameters = distinct(operations.flatMap((operation) => operation.parameters));
  return { root, isJson, paths, operations, parameters, references: referencesOf(root), resolver };
}

/** How many parameters are read: paths that share an item by a reference can have far more of them than were written. */
function maxParameters(length: number): number {
  return 10_000 + length / 32;
}

function distinct(parameters: readonly Part[]): Part[] {
  const byBody = new Map<JsonObject, Part>();
  for (const each of parameters) if (!byBody.has(each.body)) byBody.set(each.body, each);
  return [...byBody.values()];
}

class PathReader {
  private parameterCount = 0;

  constructor(
    private readonly root: JsonObject,
    private readonly resolver: Resolver,
    private readonly maxParameters: number,
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
          const names = parameterNames(path);
          const methods = METHODS.filter((method) => method in part.body);
          const operations = methods.map((method) => this.operation(method, { ...part, path, names }));
          return { trail: part.trail, body: part.body, path, names, operations };
        }),
    );
  }

  private operation(method: string, { path, names, ...item }: Omit<Path, "operations">): Operation {
    const written = item.body[method];
    const part = { trail: [...item.trail, method], body: isObject(written) ? written : {} };
    const name = nameOf(method, path, part.body.operationId);
    return { trail: part.trail, body: part.body, method, path, name, names, ...this.parametersOf([item, part]) };
  }

  /** The parameters of a path and of its operation, of which the latter count. */
  private parametersOf(holders: readonly Part[]): Pick<Operation, "parameters" | "incomplete"> {
    if (holders.every(({ body }) => listOf(body.parameters).length === 0)) return { parameters: [], incomplete: false };
    const parameters = new Map<string, Part>();
    let incomplete = false;
    for (const { trail, body } of holders) {
      for (const [index, each] of listOf(body.parameters).entries()) {
        const tooMany = ++this.parameterCount > this.maxParameters;
        const parameter = tooMany ? undefined : this.resolver.resolved(each);
        incomplete ||= parameter === undefined;
        if (tooMany) break;
        if (parameter)
          parameters.set(`${parameter.in} ${parameter.name}`, {
            trail: [...trail, "parameters", index],
            body: parameter,
          });
      }
    }
    return { parameters: [...parameters.values()], incomplete };
  }
}

/**
 * The name that API Management gives to an operation.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-api-import-restrictions#add-new-api-via-openapi-import
 */
function nameOf(method: string, path: string, operationId: unknown): string {
  const id = typeof operationId === "string" && operationId !== "" ? operationId : `${method}-${path}`;
  const dashed = id.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return dashed.replace(/^-|-$/g, "").slice(0, 76);
}
