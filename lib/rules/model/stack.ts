import { grouped } from "../../core/grouped";
import { Owner, Resource } from "./resource";
import { isObject, Scope, Value } from "./value";

/** A reference to a resource: `data.` if it is a data source, its type, its name and the rest. */
const REFERENCE =
  /(?<![\w.-])(data\.)?([a-z][a-z0-9]*_[a-z0-9_]+)\.([A-Za-z_][\w-]*)((?:\.[A-Za-z_][\w-]*|\[[^\]]*\])*)/g;
const WHOLE_REFERENCE = new RegExp(`^${REFERENCE.source}$`);
const LOCAL = /^local\.([\w-]+)((?:\.[A-Za-z_][\w-]*|\[[^\]]*\])*)$/;
const OUTPUT = /(?<![\w.-])data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)/g;
const WHOLE_OUTPUT = new RegExp(`^${OUTPUT.source}$`);

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
    const scope: Scope = { stack: name, lookUp: (expression) => this.lookUp(expression), found: new Map() };
    this.scope = scope;
    // Terraform reads a list of objects as it reads one object, so several files are a list. What overrides is found first.
    this.root = new Value(
      [...files.filter(isOverride).reverse(), ...files.filter((file) => !isOverride(file))].map(({ json }) => json),
      scope,
    );
    const declared = merged(files).map(({ path, mode, type, name, content }) => {
      return new Resource({ stack: this, file: path, mode, type, name, content: withInstances(content), scope });
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
  public referencedBy(value: Value): Resource[] {
    const found = new Set<Resource>();
    // Locals and outputs can refer to each other in many ways, and each is looked at once.
    const meant = new Map<string, readonly [stack: Stack, value: Value]>([["", [this, value]]]);
    for (const [stack, each] of meant.values())
      for (const expression of new Set(each.expressions)) {
        for (const resource of stack.resourcesIn(expression)) found.add(resource);
        for (const [key, next] of [...stack.localsIn(expression), ...stack.outputsIn(expression)])
          if (!meant.has(key)) meant.set(key, next);
      }
    return [...found];
  }

  private resourcesIn(expression: string): Resource[] {
    return [...expression.matchAll(REFERENCE)].flatMap(
      ([, data = "", type, name]) => this.byAddress.get(`${data}${type}.${name}`) ?? [],
    );
  }

  private localsIn(expression: string): [key: string, meant: [Stack, Value]][] {
    return [...expression.matchAll(/(?<![\w.-])local\.([\w-]+)/g)].map(([local, name]) => [
      `${this.name} ${local}`,
      [this, this.root.at(`locals.${name}`)],
    ]);
  }

  private outputsIn(expression: string): [key: string, meant: [Stack, Value]][] {
    return [...expression.matchAll(OUTPUT)].flatMap(([, origin, output]): [string, [Stack, Value]][] => {
      const stack = this.all.get(origin);
      return stack ? [[`${origin} output.${output}`, [stack, stack.at(`output.${output}.value`)]]] : [];
    });
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
    if (local !== undefined) return below(this.root.at(`locals.${local}`), localPath);
    const [, origin, output] = WHOLE_OUTPUT.exec(expression) ?? [];
    if (origin !== undefined) return this.all.get(origin)?.at(`output.${output}.value`);
    const [, data = "", type, name, path = ""] = WHOLE_REFERENCE.exec(expression) ?? [];
    const resource = type === undefined ? undefined : this.byAddress.get(`${data}${type}.${name}`);
    // The index of an instance, which has what its resource writes.
    const inResource = path.replace(/^\[[^\]]*\]/, "");
    return resource && inResource !== "" ? below(resource.everything, inResource) : undefined;
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

/** In what is created for each instance of another resource, `each.value` is that instance. */
function withInstances(content: Declared["content"]): Declared["content"] {
  const [, address] = /^\$\{((?:data\.)?[a-z][a-z0-9]*_\w+\.[\w-]+)\}$/.exec(String(content.for_each)) ?? [];
  if (address === undefined) return content;
  const written = JSON.stringify(content).replace(/(?<![\w.-])each\.value(?=\.\w)/g, `${address}[each.key]`);
  return JSON.parse(written) as Declared["content"];
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

/** What a path leads to, such as `.site_config[0].minimum_tls_version`. What Terraform computes a key of is not known. */
function below(value: Value, path: string): Value | undefined {
  const steps = path.matchAll(/\.([\w-]+)|\[(?:"([^"\\]*)"|(\d+)|[^\]]*)\]/gy);
  let found: Value | undefined = value;
  for (const [, name, key = name, index] of steps)
    found = key === undefined ? found?.elements[+index] : found?.key(key);
  return found;
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
