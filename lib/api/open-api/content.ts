import type { OpenApiSource } from "./source";
import { MAX_OPERATIONS } from "./limits";
import { isObject, JsonObject, keysOf, listOf, primitiveText, Trail } from "./json";
import { OperationNames } from "./operation-names";
import { ParameterNames } from "./parameter-names";
import { Resolver } from "./references";
import { Reference } from "./walk";

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
  readonly names: ParameterNames;
  readonly operations: readonly Operation[];
}

export interface Operation extends Part {
  readonly method: string;
  readonly path: string;
  /** The name that API Management gives to it. */
  readonly name: string;
  /** The names of the parameters in the path. */
  readonly names: ParameterNames;
  /** Those of the path as well. */
  readonly parameters: readonly Part[];
  /** Whether not all parameters are known: one is a reference that points to nothing, or there are too many. */
  readonly incomplete: boolean;
}

/** The parts of a document; `undefined` if it has more paths or operations than are read. */
export function contentOf(
  root: JsonObject,
  { isJson, length, references }: Pick<OpenApiSource, "isJson" | "length" | "references">,
): Content | undefined {
  const resolver = new Resolver(root);
  const reader = new PathReader(root, resolver, maxParameters(length));
  const paths = reader.paths();
  if (reader.tooMany) return undefined;
  const operations = paths.flatMap((path) => path.operations);
  const parameters = distinct(operations.flatMap((operation) => operation.parameters));
  return { root, isJson, paths, operations, parameters, references, resolver };
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
  /** Whether there are more paths or operations than are read. */
  public tooMany = false;
  private operationCount = 0;
  private parameterCount = 0;
  private readonly operationNames = new OperationNames();
  private readonly parameterNumbers = new ParameterNumbers();

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
    const paths: Path[] = [];
    for (const collection of ["paths", "x-ms-paths"]) {
      const items = this.root[collection];
      for (const path of keysOf(items)) {
        if (path.startsWith("x-")) continue;
        this.tooMany ||= paths.length === MAX_OPERATIONS;
        if (this.tooMany) return paths;
        const body = this.resolver.resolved((items as JsonObject)[path]) ?? {};
        paths.push(this.path({ trail: [collection, path], body }, path));
      }
    }
    return paths;
  }

  private path(part: Part, path: string): Path {
    const methods = METHODS.filter((method) => method in part.body);
    this.operationCount += methods.length;
    this.tooMany ||= this.operationCount > MAX_OPERATIONS;
    const names = new ParameterNames(path);
    const shared = new ParameterList(part);
    const operations = methods.map((method) => this.operation(method, { ...part, path, names }, shared));
    return { ...part, path, names, operations };
  }

  private operation(
    method: string,
    { path, names, ...item }: Omit<Path, "operations">,
    shared: ParameterList,
  ): Operation {
    const written = item.body[method];
    const part = { trail: [...item.trail, method], body: isObject(written) ? written : {} };
    const name = this.operationNames.of(method, path, part.body.operationId);
    return {
      trail: part.trail,
      body: part.body,
      method,
      path,
      name,
      names,
      ...this.parametersOf([shared, new ParameterList(part)]),
    };
  }

  /** The parameters of a path and of its operation, of which the latter count. */
  private parametersOf(lists: readonly ParameterList[]): Pick<Operation, "parameters" | "incomplete"> {
    const parameters = new Map<number, Part>();
    let incomplete = false;
    for (const list of lists) {
      for (const [index, written] of list.written.entries()) {
        const tooMany = ++this.parameterCount > this.maxParameters;
        const body = tooMany ? undefined : this.resolver.resolved(written);
        incomplete ||= body === undefined;
        if (tooMany) break;
        if (body) parameters.set(this.parameterNumbers.of(body), { trail: list.trailOf(index), body });
      }
    }
    return { parameters: [...parameters.values()], incomplete };
  }
}

/** Numbers parameters. Those with the same name at the same place have the same number. Operations can share long names. */
class ParameterNumbers {
  private readonly ofParameters = new Map<JsonObject, number>();
  private readonly ofNames = new Map<string, number>();

  public of(parameter: JsonObject): number {
    const known = this.ofParameters.get(parameter);
    if (known !== undefined) return known;
    const name = `${primitiveText(parameter.in)} ${primitiveText(parameter.name)}`;
    const number = this.ofNames.get(name) ?? this.ofNames.size;
    this.ofNames.set(name, number);
    this.ofParameters.set(parameter, number);
    return number;
  }
}

/** The parameters of a path or of an operation, as they are written. */
class ParameterList {
  public readonly written: readonly unknown[];
  private readonly trails: Trail[] = [];

  constructor(private readonly holder: Part) {
    this.written = listOf(holder.body.parameters);
  }

  /** The same for all operations that share the parameter. */
  public trailOf(index: number): Trail {
    this.trails[index] ??= [...this.holder.trail, "parameters", index];
    return this.trails[index];
  }
}
