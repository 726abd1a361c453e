import { TerraformDataSource, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import type { ElementsOfApp } from "../core/elements-of-app";
import { addressOf, logicalIdOf, merged, renderedAttributes, stackOverrideAt } from "../core/rendered";
import { identityInApp } from "../core/tokens";

/** What a name is, as far as the app writes that. */
export interface Name {
  /** What it refers to, through local values: the name of one resource, whatever that is called. Itself, if it refers to nothing. */
  readonly reference: string;
  /** What it says in the end, without a revision. */
  readonly text: string;
  /** The revision that it names. Each revision of an API has a policy of its own, and a path. */
  readonly revision?: string | undefined;
}

/** Follows a name that an element has. Nothing if it has none. */
export type NameOf = (element: IConstruct, name: unknown) => Name | undefined;

/** An expression, with the path of its stack. */
const EXPRESSION = /\$\{<([^>]*)>([^{}]*)\}/g;

/** A local value, or a resource or a data source, and what is behind it. Parentheses around it change nothing. */
const REFERENCE = /^[\s(]*((?:data\.)?[\w-]+\.[\w-]+)((?:\s*\.\s*[\w-]+|\s*\[[^[\]]*\])*)[\s)]*$/;

const TEXT = /^[\s(]*"([^"\\]*)"[\s)]*$/;

/** `.name`, or what is in brackets. */
const STEP = /\.\s*([\w-]+)|\[([^[\]]*)\]/g;

/** `"name"` or `0`. */
const INDEX = /^(?:"([^"\\]*)"|(\d+))$/;

const REVISION = /;rev=([^;]*)$/i;

/** What each instance has in another way. */
const OF_INSTANCE = /\b(?:each|count|self)\./;

/** API Management accepts no longer policy. Texts that refer to each other would double in each step. */
const LONGEST = 262_144;

/** No reference leads further. */
const DEEPEST = 100;

/** A step from a value to a part of it. */
interface Step {
  /** Not known if Terraform computes it. */
  readonly key?: string | undefined;
  readonly isIndex: boolean;
  readonly text: string;
}

/** What has values that others refer to. */
interface Declared {
  readonly element: IConstruct;
  readonly valueAt: (steps: readonly Step[]) => unknown;
}

/** Follows the references of an app to what they stand for, such as the name of a look-up. */
export function namesIn(elements: ElementsOfApp): NameOf {
  const names = new NamesInApp(elements);
  return (element, name) => names.of(element, name);
}

class NamesInApp {
  private readonly known = new Map<string, Name>();
  private declared?: ReadonlyMap<string, Declared>;

  constructor(private readonly elements: ElementsOfApp) {}

  public of(element: IConstruct, name: unknown): Name | undefined {
    const written = identityInApp(element, name);
    if (written === undefined) return undefined;
    const { reference, text } = this.named(written, 0);
    const [, revision] = REVISION.exec(text) ?? [];
    return { reference: reference.replace(REVISION, ""), text: text.replace(REVISION, ""), revision };
  }

  private named(written: string, depth: number): Name {
    const only: Name[] = [];
    const text = written.replace(EXPRESSION, (expression, stack: string, code: string) => {
      const said = this.meaning(expression, stack, code, depth);
      if (expression === written) only.push(said);
      return said.text;
    });
    return only[0] ?? { reference: text, text };
  }

  /** An expression as it is, if nothing in the app says what it is. */
  private meaning(expression: string, stack: string, code: string, depth: number): Name {
    const known = this.known.get(expression);
    if (known) return known;
    const [, text] = TEXT.exec(code) ?? [];
    if (text !== undefined) return { reference: text, text };
    const [, address, behind = ""] = REFERENCE.exec(code) ?? [];
    if (address === undefined) return { reference: expression, text: expression };
    const steps = stepsIn(behind);
    const path = `\${<${stack}>${address}${steps.map((step) => step.text).join("")}}`;
    const itself: Name = { reference: path, text: path };
    if (depth > DEEPEST) return itself;
    // It can refer to itself.
    this.known.set(expression, itself);
    const said = this.saidAt(`<${stack}>${address}`, steps, depth);
    if (said === undefined) return itself;
    const name = { reference: address.startsWith("local.") ? said.reference : path, text: said.text };
    this.known.set(expression, name);
    return name;
  }

  private saidAt(address: string, steps: readonly Step[], depth: number): Name | undefined {
    this.declared ??= byAddress(this.elements);
    const other = this.declared.get(address);
    const written = other && identityInApp(other.element, other.valueAt(steps));
    if (written === undefined || written.length > LONGEST || OF_INSTANCE.test(written)) return undefined;
    const said = this.named(written, depth + 1);
    return said.text.length > LONGEST ? undefined : said;
  }
}

function stepsIn(behind: string): Step[] {
  return [...behind.matchAll(STEP)].map(([written, name, index = ""]) => {
    const [, key, number] = INDEX.exec(index.trim()) ?? [];
    const known = name ?? key ?? number;
    return { key: known, isIndex: name === undefined, text: known === undefined ? written : `.${known}` };
  });
}

/** What an app declares, by the path of its stack and its address there. */
function byAddress({ resources, dataSources, locals, overridingStacks }: ElementsOfApp): Map<string, Declared> {
  const found = new Map<string, Declared>();
  const add = (stack: TerraformStack, address: string, declared: Declared): void =>
    void found.set(`<${stack.node.path}>${address}`, declared);
  for (const local of locals) {
    const stack = TerraformStack.of(local);
    const name = logicalIdOf(local);
    const overrides = Object(stackOverrideAt(stack, ["locals"]));
    const { value } = merged({ value: local["_expression"] }, name in overrides ? { value: overrides[name] } : {});
    add(stack, `local.${name}`, declaredBy(local, value));
  }
  for (const stack of overridingStacks)
    for (const [name, value] of Object.entries(Object(stackOverrideAt(stack, ["locals"]))))
      if (!found.has(`<${stack.node.path}>local.${name}`)) add(stack, `local.${name}`, declaredBy(stack, value));
  for (const each of [...resources.values(), ...dataSources.values()].flat()) {
    const address = addressOf(each)?.replace(/^resource\./, "");
    if (address !== undefined) add(TerraformStack.of(each), address, attributesOf(each));
  }
  return found;
}

function declaredBy(element: IConstruct, value: unknown): Declared {
  return { element, valueAt: (steps) => partAt(value, steps) };
}

/** An index before an attribute is that of an instance. */
function attributesOf(element: TerraformResource | TerraformDataSource): Declared {
  return {
    element,
    valueAt: ([first, ...rest]) => {
      const steps = first?.isIndex && rest.length > 0 ? rest : [first, ...rest];
      return partAt(renderedAttributes(element), steps);
    },
  };
}

function partAt(value: unknown, steps: readonly (Step | undefined)[]): unknown {
  return steps.reduce<unknown>((whole, step) => Object(whole)[step?.key ?? ""], value);
}
