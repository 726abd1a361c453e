import { grouped } from "../../core/grouped";
import { Owner, Resource } from "./resource";
import { isObject, Scope, Value } from "./value";

/** A reference to a resource: `data.` if it is a data source, its type, its name and the rest. */
const REFERENCE =
  /(?<![\w.-])(data\.)?([a-z][a-z0-9]*_[a-z0-9_]+)\.([A-Za-z_][\w-]*)((?:\.[A-Za-z_][\w-]*|\[[^\]]*\])*)/g;
const WHOLE_REFERENCE = new RegExp(`^${REFERENCE.source}$`);
const LOCAL = /^local\.([\w-]+)((?:\.[A-Za-z_][\w-]*|\[[^\]]*\])*)$/;
const OUTPUT = /^data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)$/;

/** A file of Terraform's JSON. */
export interface ConfigurationFile {
  readonly path: string;
  /** Its text, if it was read from a file. */
  readonly text?: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** The configuration of one stack, or of one folder. */
export class Stack implements Owner {
  public readonly resources: readonly Resource[];
  private readonly byAddress: ReadonlyMap<string, Resource>;
  private readonly root: Value;
  private readonly scope: Scope;
  private readonly pending = new Set<string>();

  constructor(
    /** All stacks by name, whose outputs this one can read. */
    private readonly all: ReadonlyMap<string, Stack>,
    public readonly name: string,
    public readonly files: readonly ConfigurationFile[],
  ) {
    const scope: Scope = { lookUp: (expression) => this.lookUp(expression) };
    this.scope = scope;
    // Terraform reads a list of objects as it reads one object, so several files are a list. What overrides is found first.
    this.root = new Value(
      [...files.filter(isOverride).reverse(), ...files.filter((file) => !isOverride(file))].map(({ json }) => json),
      scope,
    );
    const declared = merged(files).map(({ path, mode, type, name, content }) => {
      return new Resource({ stack: this, file: path, mode, type, name, content, scope });
    });
    this.byAddress = new Map(declared.map((resource) => [resource.address, resource]));
    this.resources = declared.filter((resource) => resource.exists !== false);
  }

  /** A value that is written in the stack, but is not in its JSON, such as an attribute in a policy. */
  public valueOf(raw: unknown): Value {
    return new Value(raw, this.scope);
  }

  /** The first value at a path of the stack itself, such as `output.url.value`. */
  public at(path: string): Value {
    return this.root.at(path);
  }

  /** The values at a path of the stack itself: several if several files have it. */
  public values(path: string): Value[] {
    return this.root.all(path);
  }

  /** The resources that a value refers to, also through locals and the outputs of other stacks. */
  public referencedBy(value: Value, depth = 0, visited = new Set<string>()): Resource[] {
    // Locals can refer to each other in many ways, and each is looked at once.
    const isNew = (name: string): boolean => {
      const before = visited.size;
      return visited.add(`${this.name} ${name}`).size > before;
    };
    const found = [...new Set(value.expressions)].flatMap((expression) => {
      const direct = [...expression.matchAll(REFERENCE)].flatMap(
        ([, data = "", type, name]) => this.byAddress.get(`${data}${type}.${name}`) ?? [],
      );
      const isDeep = depth > 20;
      const locals = isDeep ? [] : [...expression.matchAll(/(?<![\w.-])local\.([\w-]+)/g)].map(([, name]) => name);
      return [
        ...direct,
        ...locals
          .filter((name) => isNew(`local.${name}`))
          .flatMap((name) => this.referencedBy(this.root.at(`locals.${name}`), depth + 1, visited)),
        ...(isDeep ? [] : this.outputReferences(expression, depth, visited)),
      ];
    });
    return [...new Set(found)];
  }

  /** What refers to itself, which Terraform refuses, is not known. */
  private lookUp(expression: string): Value | undefined {
    if (this.pending.has(expression)) return undefined;
    this.pending.add(expression);
    try {
      return this.found(expression);
    } finally {
      this.pending.delete(expression);
    }
  }

  private found(expression: string): Value | undefined {
    const [, local, localPath] = LOCAL.exec(expression) ?? [];
    // A key in brackets is that of a map, as one after a dot is.
    const inLocal = localPath?.replace(/\["([A-Za-z_][\w-]*)"\]/g, ".$1");
    if (local !== undefined) return below(this.root.at(`locals.${local}`), inLocal);
    const [, origin, output] = OUTPUT.exec(expression) ?? [];
    if (origin !== undefined) return this.outputOf(origin, output);
    const [, data = "", type, name, path = ""] = WHOLE_REFERENCE.exec(expression) ?? [];
    const resource = type === undefined ? undefined : this.byAddress.get(`${data}${type}.${name}`);
    return resource && path !== "" ? below(resource.everything, path) : undefined;
  }

  private outputReferences(expression: string, depth: number, visited: Set<string>): Resource[] {
    const [, origin, output] = OUTPUT.exec(expression) ?? [];
    const stack = this.all.get(origin);
    const value = origin === undefined ? undefined : this.outputOf(origin, output);
    return stack && value ? stack.referencedBy(value, depth + 1, visited) : [];
  }

  private outputOf(origin: string, output: string): Value | undefined {
    return this.all.get(origin)?.at(`output.${output}.value`);
  }
}

/** A resource as a file writes it. */
interface Declared {
  readonly path: string;
  readonly mode: "resource" | "data";
  readonly type: string;
  readonly name: string;
  readonly content: Readonly<Record<string, unknown>>;
}

function declaredIn({ path, json }: ConfigurationFile): Declared[] {
  return (["resource", "data"] as const).flatMap((mode) =>
    objectsIn(json[mode]).flatMap(([type, named]) =>
      objectsIn(named).map(([name, content]) => ({ path, mode, type, name, content })),
    ),
  );
}

/** @see https://developer.hashicorp.com/terraform/language/files/override */
function isOverride({ path }: ConfigurationFile): boolean {
  return /(?:^|[\\/_])override\.tf\.json$/.test(path);
}

/** The resources of files, in which an override replaces the attributes and the blocks that it has. */
function merged(files: readonly ConfigurationFile[]): Declared[] {
  const declared = files.filter((file) => !isOverride(file)).flatMap(declaredIn);
  const addressOf = ({ mode, type, name }: Declared): string => `${mode}.${type}.${name}`;
  const overrides = grouped(files.filter(isOverride).flatMap(declaredIn), (each) => [addressOf(each)]);
  return declared.map((each) =>
    (overrides.get(addressOf(each)) ?? []).reduce(
      (found, { content }) => ({ ...found, content: { ...found.content, ...content } }),
      each,
    ),
  );
}

function below(value: Value, path: string): Value {
  const names = path
    .replace(/\[[^[\]]*\]/g, "")
    .split(".")
    .filter((name) => name !== "");
  return names.length === 0 ? value : value.at(names.join("."));
}

/** Terraform's JSON can have the blocks of a type as an object or as a list of objects. */
function objectsIn(value: unknown): [string, Record<string, unknown>][] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, content]): [string, Record<string, unknown>][] => {
    if (name === "//") return [];
    const contents: unknown[] = Array.isArray(content) ? content : [content];
    return contents.filter(isObject).map((each) => [name, each]);
  });
}
