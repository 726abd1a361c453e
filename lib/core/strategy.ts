import { Construct } from "constructs";
import { fail } from "./fail";

/** What one choice of several is bound by: a name for messages, and the method that binds it. */
export interface Strategy {
  readonly factory: string;
  bind(scope: Construct, options: never): unknown;
}

/** How messages speak of a strategy. */
export interface StrategyWords {
  /** The property that takes it, such as `backend`. */
  readonly property: string;
  /** The class with its factories. */
  readonly factories: string;
  /** The interface that a strategy of the user's implements. */
  readonly implemented: string;
  /** Values that are right. */
  readonly example: string;
}

/** Returns the strategy. Fails for a value that has only a `bind` method, as every function and class has. */
export function checkStrategy<T extends Strategy>(scope: Construct, value: T, words: StrategyWords): T {
  const given: unknown = value;
  const { property, example } = words;
  if (typeof given === "function") failWithFunction(scope, given, words);
  const { factory, bind } = Object(given) as Partial<Strategy>;
  if (typeof bind !== "function") {
    fail(
      scope,
      "not-a-strategy",
      `The value of ${property} is ${described(given)}, which nothing can bind.`,
      `Write what a factory returns, such as ${example}.`,
    );
  }
  if (typeof factory !== "string" || factory === "") {
    fail(
      scope,
      "strategy-without-factory",
      `The value of ${property} is ${described(given)}, which has a bind method but no factory.`,
      `Add the name that messages use for it: readonly factory = "new ${described(given)}".`,
    );
  }
  return value;
}

/** A class has a prototype, and a static method has none. */
function failWithFunction(scope: Construct, given: { readonly name: string }, words: StrategyWords): never {
  const { property, factories, implemented, example } = words;
  if (Object.getOwnPropertyNames(given).includes("prototype")) {
    fail(
      scope,
      "class-as-strategy",
      `The value of ${property} is the class ${given.name}, not what one of its factories returns.`,
      `Write what a factory returns, such as ${example}, or new ${given.name}(...) if the class implements ${implemented}.`,
    );
  }
  fail(
    scope,
    "factory-not-called",
    `The value of ${property} is the function ${given.name}, which was not called.`,
    `Call it: ${property}: ${factories}.${given.name}(...).`,
  );
}

function described(given: unknown): string {
  if (typeof given === "object" && given !== null) return given.constructor?.name ?? "an object";
  return typeof given === "string" ? `"${given}"` : String(given);
}
