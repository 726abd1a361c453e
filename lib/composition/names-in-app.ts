import { TerraformDataSource, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import type { ElementsOfApp } from "../core/elements-of-app";
import { once } from "../core/once";
import { addressOf, logicalIdOf, renderedAttributes, stackOverrideAt } from "../core/rendered";
import { identityInApp } from "../core/tokens";

/** What a name is, as far as the app writes that. */
export interface Name {
  /** What it refers to, through local values: the name of one resource, whatever that is called. Itself, if it refers to nothing. */
  readonly reference: string;
  /** What it says in the end. */
  readonly text: string;
}

/** Follows a name that an element has. Nothing if it has none. */
export type NameOf = (element: IConstruct, name: unknown) => Name | undefined;

/** An expression, with the path of its stack. */
const EXPRESSION = /\$\{<([^>]*)>([^{}]*)\}/g;

/** A local value, or a resource or a data source, and what is behind it. Parentheses around it change nothing. */
const REFERENCE = /^[\s(]*((?:data\.)?[\w-]+\.[\w-]+)((?:\.[\w-]+|\[[^[\]]*\])*)[\s)]*$/;

const TEXT = /^[\s(]*"([^"\\]*)"[\s)]*$/;

/** `.name`, or `["name"]`. */
const STEP = /\.([\w-]+)|\[\s*"([^"\\]*)"\s*\]/g;

/** Each revision of an API has a policy of its own, and a path. */
const REVISION = /;rev=[^;]*$/i;

/** No name is longer. Texts that refer to each other would double in each step. */
const LONGEST = 1_000;

/** What has values that others refer to. */
interface Declared {
  readonly element: IConstruct;
  readonly valueAt: (path: readonly string[]) => unknown;
}

/** Follows the references of an app to what they stand for, such as the name of a look-up. */
export function namesIn(elements: ElementsOfApp): NameOf {
  const declared = once(() => byAddress(elements));
  const known = new Map<string, Name>();

  const follow = (begin: string): Name => {
    const steps = new Set<string>();
    let next = begin;
    while (!known.has(next) && !steps.has(next)) {
      steps.add(next);
      next = next.length > LONGEST ? next : next.replace(EXPRESSION, valueOf);
    }
    for (const step of [...steps].reverse()) {
      const { reference, text } = known.get(next) ?? { reference: next, text: next };
      known.set(step, { reference: isLocal(step) ? reference : step, text });
      next = step;
    }
    return known.get(begin)!;
  };

  /** An expression as it is, if nothing in the app says what it is. */
  const valueOf = (expression: string, stack: string, code: string): string => {
    const [, text] = TEXT.exec(code) ?? [];
    if (text !== undefined) return text;
    const [, address, behind = ""] = REFERENCE.exec(code) ?? [];
    const other = declared().get(`<${stack}>${address}`);
    const path = [...behind.matchAll(STEP)].map(([, name, key]) => name ?? key);
    return (other && identityInApp(other.element, other.valueAt(path))) ?? expression;
  };

  return (element, name) => {
    const begin = identityInApp(element, name)?.replace(REVISION, "");
    return begin === undefined ? undefined : follow(begin);
  };
}

function isLocal(text: string): boolean {
  return /^\$\{<[^>]*>[\s(]*local\.[^{}]*\}$/.test(text);
}

/** What an app declares, by the path of its stack and its address there. */
function byAddress({ resources, dataSources, locals, overridingStacks }: ElementsOfApp): Map<string, Declared> {
  const found = new Map<string, Declared>();
  const add = (stack: TerraformStack, address: string, declared: Declared): void =>
    void found.set(`<${stack.node.path}>${address}`, declared);
  for (const local of locals)
    add(TerraformStack.of(local), `local.${logicalIdOf(local)}`, declaredBy(local, local["_expression"]));
  for (const stack of overridingStacks)
    for (const [name, value] of Object.entries(Object(stackOverrideAt(stack, ["locals"]))))
      add(stack, `local.${name}`, declaredBy(stack, value));
  for (const each of [...resources.values(), ...dataSources.values()].flat()) {
    const address = addressOf(each)?.replace(/^resource\./, "");
    if (address !== undefined) add(TerraformStack.of(each), address, attributesOf(each));
  }
  return found;
}

function declaredBy(element: IConstruct, value: unknown): Declared {
  return { element, valueAt: (path) => path.reduce((whole, key) => Object(whole)[key], value) };
}

/** The instances of a resource have the same attributes. */
function attributesOf(element: TerraformResource | TerraformDataSource): Declared {
  return { element, valueAt: (path) => renderedAttributes(element)[path.at(-1) ?? ""] };
}
