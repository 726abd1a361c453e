import { remembered } from "../../core/remembered";
import { isOfInstance, marked } from "./known-to-terraform";
import type { Resource } from "./resource";
import { choicesOf, MOST_CHOICES, templateParts } from "./template";
import type { Value } from "./value";

/** Longer texts are no IDs, but can be written. */
const LONGEST = 10_000;

const TEXTS = new WeakMap<Value, readonly string[]>();

/** What the text of an attribute can be: several if Terraform chooses with a condition. What only Terraform knows is marked. */
export function choicesIn(resource: Resource, attribute: string): readonly string[] {
  return textsOf(resource.at(attribute), resource);
}

/** The only text of an attribute. One that Terraform chooses is not known. */
export function textIn(resource: Resource, attribute: string): string {
  return textOf(resource, resource.at(attribute)) ?? marked(resource.stack.name, `${resource.address}.${attribute}`);
}

/** The only text that a value of a resource can be. */
export function textOf(resource: Resource, value: Value): string | undefined {
  const [only, ...others] = textsOf(value, resource);
  return others.length === 0 ? only : undefined;
}

/** @param resource the one that has the value */
function textsOf(value: Value, resource: Resource): readonly string[] {
  return remembered(TEXTS, value, () => {
    if (typeof value.raw !== "string") return [value.text ?? ""];
    let texts = [""];
    for (const { text, isExpression } of templateParts(value.raw)) {
      const mark = isExpression ? marked(value.stack, text, resource) : text;
      const meant = isExpression ? meantBy(value, text, resource) : [];
      const isUnknown = meant.every((each) => each === "") || texts.length * meant.length > MOST_CHOICES;
      texts = texts.flatMap((before) => (isUnknown ? [mark] : meant).map((each) => before + each));
      if (texts.some(({ length }) => length > LONGEST + value.template.length)) return [mark];
    }
    return [...new Set(texts)];
  });
}

/** What is of an instance of another resource says nothing here: its name is different for each. */
function meantBy(value: Value, expression: string, resource: Resource): string[] {
  return choicesOf(expression).flatMap((choice) => {
    const found = value.evaluated(choice);
    const texts = found === undefined || found.isAbsent ? [] : textsOf(found, resource);
    const isForeign = !choice.startsWith('"') && texts.some(isOfInstance);
    return texts.length === 0 || isForeign ? [marked(value.stack, choice, resource)] : texts;
  });
}

/** The parts of an ID between its slashes, of which expressions can contain others, without what is before the name of the service. */
export function pathIn(id: string): string[] {
  const path = [""];
  for (const part of templateParts(id)) {
    const [first, ...more] = part.isExpression ? [`\${${part.text}}`] : part.text.split("/");
    path[path.length - 1] += first;
    for (const each of more) path.push(each);
  }
  const provider = path.findIndex(
    (part, at) => part.toLowerCase() === "microsoft.apimanagement" && path[at + 1]?.toLowerCase() === "service",
  );
  return provider === -1 ? path : path.slice(provider + 2);
}
