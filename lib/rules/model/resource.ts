import { remembered } from "../../core/remembered";
import { isObject, Scope, Value } from "./value";

/** The stack of a resource. */
export interface Owner {
  readonly name: string;
  readonly resources: readonly Resource[];
  /** The resources that a value refers to. */
  readonly referencedBy: (value: Value) => Resource[];
  /** A value that is written in the stack, but is not in its JSON, such as an attribute in a policy. */
  readonly valueOf: (raw: unknown) => Value;
  /** The first value at a path of the stack itself. */
  readonly at: (path: string) => Value;
  /** The values at a path of the stack itself: several if several files have it. */
  readonly values: (path: string) => Value[];
}

/** What a resource is made of. */
interface ResourceContent extends Pick<Resource, "stack" | "file" | "mode" | "type" | "name"> {
  readonly content: Readonly<Record<string, unknown>>;
  readonly scope: Scope;
}

/** A resource or a data source of a stack. */
export class Resource {
  /** Its address in Terraform, such as `azurerm_linux_web_app.orders`. */
  public readonly address: string;
  /** The path of its construct, or its address if no construct wrote it. */
  public readonly path: string;
  public readonly stack: Owner;
  public readonly file: string;
  public readonly mode: "resource" | "data";
  public readonly type: string;
  public readonly name: string;
  private readonly content: Value;
  private readonly ignored: readonly string[];
  // Rules ask for the same again and again, and the configuration does not change.
  private readonly values = new Map<string, Value>();
  private readonly references = new Map<string, readonly Resource[]>();
  private allReferences?: readonly Resource[];

  constructor({ stack, file, mode, type, name, content, scope }: ResourceContent) {
    this.stack = stack;
    this.file = file;
    this.mode = mode;
    this.type = type;
    this.name = name;
    this.address = `${mode === "data" ? "data." : ""}${type}.${name}`;
    this.content = new Value(content, scope);
    this.path = this.content.at("//.metadata.path").text ?? this.address;
    this.ignored = this.content.all("lifecycle.ignore_changes").flatMap(({ elements }) => elements.map(pathOf));
  }

  /** The first value at a path. One that the lifecycle ignores is not known: the deployed value stays. */
  public at(path: string): Value {
    return remembered(this.values, path, () =>
      this.content.at(path).doubted(this.isIgnored(path) ? "ignored" : undefined),
    );
  }

  /** The values at a path: several if a block on the way is repeated. */
  public all(path: string): Value[] {
    const doubt = this.isIgnored(path) ? "ignored" : undefined;
    if (doubt !== undefined) return [this.at(path)];
    return this.content.all(path);
  }

  /** Everything that is written for it. */
  public get everything(): Value {
    return this.content;
  }

  /** Whether it is created: not with `count = 0` and not for each of nothing. `undefined` if only Terraform knows. */
  public get exists(): boolean | undefined {
    const count = this.content.at("count");
    const each = this.content.at("for_each");
    if (!count.isAbsent) return count.isUnknown ? undefined : Number(count.literal) !== 0;
    if (each.isAbsent) return true;
    return each.isUnknown ? undefined : each.elements.some(({ raw }) => !isObject(raw) || Object.keys(raw).length > 0);
  }

  /** Whether the lifecycle keeps the deployed value of an attribute. */
  public isIgnored(path: string): boolean {
    return this.ignored.some((each) => each === "all" || path === each || path.startsWith(`${each}.`));
  }

  /** The resources that a value refers to. */
  public referenced(path: string): readonly Resource[] {
    return remembered(this.references, path, () => this.stack.referencedBy(this.content.at(path)));
  }

  /** The resources that anything in it refers to. */
  public get referencedAnywhere(): readonly Resource[] {
    return (this.allReferences ??= this.stack.referencedBy(this.content));
  }
}

/** The address of a resource, with its stack if that is another one than the given. */
export function addressFrom({ address, stack }: Resource, from: string | undefined): string {
  return stack.name === from ? address : `${address} of the stack ${stack.name}`;
}

function pathOf({ raw }: Value): string {
  return String(raw)
    .replace(/\[[^[\]]*\]/g, "")
    .trim();
}
