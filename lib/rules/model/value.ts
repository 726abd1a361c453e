import { remembered } from "../../core/remembered";
import { FilledIn, filledIn, onlyExpression, quotedTemplate, templateParts, withoutParentheses } from "./template";

/** References that lead to references: as many as people write. */
const MAXIMUM_DEPTH = 12;

/** Where an expression is looked up. */
export interface Scope {
  /** The name of the stack. */
  readonly stack: string;
  /** What an expression stands for, as far as the configuration says it. */
  readonly lookUp: (expression: string) => Value | undefined;
  /** What was found for an expression after so many references, so that each is followed once. */
  readonly found: Map<string, Value | undefined>;
}

/** What a configuration writes for an attribute or a block, or that it writes nothing. */
export class Value {
  private resolvedText?: string;
  private knownText?: FilledIn;
  private expressionTexts?: readonly string[];

  constructor(
    /** The JSON. */
    public readonly raw: unknown,
    private readonly scope: Scope,
    /** Why the JSON does not say what will be deployed. */
    private readonly doubt?: string,
    /** How many references led here. */
    private readonly depth = 0,
  ) {}

  /** The name of the stack in which its expressions mean something. */
  public get stack(): string {
    return this.scope.stack;
  }

  /** Terraform reads `null` as absent. */
  public get isAbsent(): boolean {
    return this.doubt === undefined && (this.raw === undefined || this.raw === null);
  }

  /** Whether only Terraform knows it. */
  public get isUnknown(): boolean {
    if (this.doubt !== undefined) return true;
    const { raw } = this.followed();
    return typeof raw === "string" && this.literal === undefined;
  }

  /** Whether not even a part of it is known. */
  public get isUnknownWhole(): boolean {
    if (this.doubt !== undefined) return true;
    const { raw } = this.followed();
    return typeof raw === "string" && onlyExpression(raw) !== undefined;
  }

  /** The text with its expressions, as the configuration writes it. */
  public get template(): string {
    const { raw } = this.followed();
    return typeof raw === "string" ? raw : (this.text ?? "");
  }

  /** The text, in which only what Terraform alone knows is still an expression. */
  public get resolved(): string {
    return (this.resolvedText ??= this.resolve());
  }

  private resolve(): string {
    const { template } = this;
    return filledIn(template, (expression) => this.evaluated(expression)?.resolved || undefined).text;
  }

  /** A text, a number or a flag that the configuration says. */
  public get literal(): string | number | boolean | undefined {
    if (this.doubt !== undefined) return undefined;
    const found = this.followed();
    if (found.doubt !== undefined) return undefined;
    if (typeof found.raw === "boolean" || typeof found.raw === "number") return found.raw;
    return typeof found.raw === "string" ? found.textOf(found.raw) : undefined;
  }

  public get text(): string | undefined {
    const { literal } = this;
    return literal === undefined ? undefined : String(literal);
  }

  /** The text before its first part that only Terraform knows. */
  public get beginning(): string {
    if (this.doubt !== undefined) return "";
    const { raw } = this.followed();
    if (typeof raw !== "string") return this.text ?? "";
    let text = "";
    for (const part of templateParts(raw)) {
      const found = part.isExpression ? this.evaluated(part.text) : undefined;
      const known = part.isExpression ? found?.text : part.text;
      text += known ?? found?.beginning ?? "";
      if (known === undefined) break;
    }
    return text;
  }

  /** Whether it is one of some literals; `undefined` if only Terraform knows. An absent value is the default. */
  public is(expected: readonly (string | number | boolean)[], absent?: string | number | boolean): boolean | undefined {
    if (this.isUnknown) return undefined;
    const literal = this.isAbsent ? absent : this.literal;
    return (
      literal !== undefined && expected.some((each) => String(each).toLowerCase() === String(literal).toLowerCase())
    );
  }

  /** The first value at a path, such as `site_config.minimum_tls_version`. */
  public at(path: string): Value {
    return this.all(path)[0] ?? new Value(undefined, this.scope);
  }

  /** The values at a path: several if a block on the way is repeated. */
  public all(path: string): Value[] {
    return path.split(".").reduce<Value[]>((found, name) => found.flatMap((each) => each.named(name)), [this]);
  }

  /** The value of a key, which can have dots. */
  public key(name: string): Value | undefined {
    return this.named(name)[0];
  }

  /** The elements of a list, or the only block. */
  public get elements(): Value[] {
    const found = this.followed();
    if (found.isAbsent) return [];
    return Array.isArray(found.raw) ? found.raw.map((each) => found.with(each)) : [found];
  }

  /** Whether nothing is in a list; `undefined` if only Terraform knows. */
  public get isEmpty(): boolean | undefined {
    if (this.isUnknown) return undefined;
    return this.elements.every((each) => each.isAbsent || each.literal === "");
  }

  /** The attributes of a block or a map, by name. */
  public get entries(): [string, Value][] {
    const found = this.followed();
    return isObject(found.raw) ? Object.entries(found.raw).map(([name, raw]) => [name, found.with(raw)]) : [];
  }

  /** The expressions in it and below it. */
  public get expressions(): readonly string[] {
    return (this.expressionTexts ??= stringsIn(this.raw).flatMap((text) =>
      templateParts(text).flatMap((part) => (part.isExpression ? part.text : [])),
    ));
  }

  /** The same value, where the configuration does not say what will be deployed. */
  public doubted(reason: string | undefined): Value {
    return reason === undefined ? this : new Value(this.raw, this.scope, reason);
  }

  /** What an expression in it stands for. */
  public evaluated(written: string): Value | undefined {
    if (this.depth > MAXIMUM_DEPTH) return undefined;
    const expression = withoutParentheses(written);
    const quoted = quotedTemplate(expression);
    if (quoted !== undefined) return this.with(quoted, 1);
    if (/^(?:true|false|-?\d+(?:\.\d+)?)$/.test(expression)) return this.with(JSON.parse(expression), 1);
    return remembered(this.scope.found, `${this.depth} ${expression}`, () => {
      const found = this.scope.lookUp(expression);
      return found && new Value(found.raw, found.scope, found.doubt, this.depth + 1);
    });
  }

  private named(name: string): Value[] {
    const found = this.followed();
    if (found.doubt !== undefined) return [found.with(undefined)];
    if (Array.isArray(found.raw)) return found.raw.flatMap((each) => found.with(each).named(name));
    // A block that only an expression gives.
    if (typeof found.raw === "string") return found.expressions.length > 0 ? [found.with(found.raw)] : [];
    if (!isObject(found.raw)) return [];
    const { dynamic } = found.raw;
    const written = found.raw[name] === undefined ? [] : [found.with(found.raw[name])];
    const isDynamic = found.with(dynamic).elements.some(({ raw }) => isObject(raw) && name in raw);
    return isDynamic ? [...written, new Value(dynamic, this.scope, "dynamic", this.depth)] : written;
  }

  /** Itself, or what its only expression refers to. */
  private followed(): Value {
    const expression = typeof this.raw === "string" ? onlyExpression(this.raw) : undefined;
    const found = expression === undefined ? undefined : this.evaluated(expression);
    return found === undefined || found.isAbsent ? this : found.followed();
  }

  private textOf(template: string): string | undefined {
    this.knownText ??= filledIn(template, (expression) => this.evaluated(expression)?.text);
    return this.knownText.isKnown ? this.knownText.text : undefined;
  }

  private with(raw: unknown, deeper = 0): Value {
    return new Value(raw, this.scope, this.doubt, this.depth + deeper);
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Every text in a JSON value. */
function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
