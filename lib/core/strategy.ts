import { Construct } from "constructs";
import { fail } from "./fail";
import { described, isClass } from "./given";
import { isPython } from "./python";

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
  readonly factories: { readonly name: string };
  /** The property that takes strategies of the other kind, and the name of the class with their factories. */
  readonly other: { readonly property: string; readonly factories: string };
  /** The interface that a strategy of the user's implements. */
  readonly implemented: string;
  /** Values that are right. */
  readonly example: string;
}

/** Returns the strategy. Fails for a value that has only a `bind` method, as every function and class has. */
export function checkStrategy<T extends Strategy>(scope: Construct, value: T, words: StrategyWords): T {
  const given: unknown = value;
  const { property, other, example } = words;
  if (typeof given === "function") failWithFunction(scope, given, words);
  const { factory, bind } = Object(given) as Partial<Strategy>;
  if (typeof bind !== "function") {
    fail(
      scope,
      "not-a-strategy",
      `The value of ${property} is ${described(given)}, which has no bind method.`,
      `Write what a factory returns, such as ${example}.`,
    );
  }
  if (typeof factory !== "string" || factory === "") {
    fail(
      scope,
      "strategy-without-factory",
      `The value of ${property} is ${described(given)}, which has a bind method but no factory.`,
      isPython()
        ? "Add a property that names it in messages: a method factory(self) with @property. jsii does not see an attribute."
        : `Add a property that names it in messages: readonly factory = "new ${Object(given).constructor?.name ?? "Object"}".`,
    );
  }
  if (factory.startsWith(`${other.factories}.`)) {
    fail(
      scope,
      "wrong-strategy",
      `The value of ${property} is ${factory}(...), which belongs in ${other.property}.`,
      `Write ${other.property}: ${factory}(...). For ${property}, write what a factory returns, such as ${example}.`,
    );
  }
  return value;
}

function failWithFunction(scope: Construct, given: { readonly name: string }, words: StrategyWords): never {
  const { property, factories, implemented, example } = words;
  const { name } = given;
  if (isClass(given)) {
    fail(
      scope,
      "class-as-strategy",
      `The value of ${property} is ${described(given)}, not what one of its factories returns.`,
      `Write what a factory returns, such as ${example}, or ` +
        `${name === "" ? "an instance of the class" : `new ${name}(...)`} if the class implements ${implemented}.`,
    );
  }
  const isFactory = Reflect.get(factories, name) === given;
  fail(
    scope,
    "factory-not-called",
    `The value of ${property} is ${described(given)}, which was not called.`,
    `Write what the function returns, such as ${isFactory ? `${property}: ${factories.name}.${name}(...)` : example}.`,
  );
}
