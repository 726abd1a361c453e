import type { Resource } from "./resource";
import { templateParts } from "./template";

/* Texts in which what only Terraform knows is marked with the stack in which it means that, as in "orders-${platform@var.stage}". */

const MARK = /^[^@"\s]+@/;

/** What comes from outside: the same expression is the same value. Others are computed, also of what is known here. */
const OUTSIDE =
  /^(?:(?:var|module|data)(?:\.[\w-]+|\["[^"]*"\]|\[\d+\])+|(?:terraform|path)\.\w+|[a-z][a-z0-9]*_\w+\.[\w-]+(?:\["[^"]*"\]|\[\d+\])?\.\w+)$/;

/** An expression of a stack. What is repeated in a resource is different in one that is repeated for others. */
export function marked(stack: string, expression: string, resource?: Resource): string {
  const repeated = resource && REPEATED.test(expression) ? ` @${encoded(repetitionOf(resource))}` : "";
  return `\${${encoded(stack)}@${expression}${repeated}}`;
}

/** What says how often a resource is created. */
export function repetitionOf(resource: Resource): string {
  const { raw } = resource.at(resource.at("for_each").isAbsent ? "count" : "for_each");
  return JSON.stringify(raw ?? null);
}

/** Without what means something in an expression. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/\./g, "%2E");
}

const REPEATED = /(?<![\w.-])(?:each|count)\./;

/** Whether it has a part that each instance of a resource has in another way. */
export function isOfInstance(text: string): boolean {
  return templateParts(text).some((part) => part.isExpression && REPEATED.test(part.text));
}

/** Whether Terraform makes something of other values, so that it can be any text. */
export function isComputed(text: string): boolean {
  return templateParts(text).some((part) => part.isExpression && !OUTSIDE.test(part.text.replace(MARK, "")));
}

/** Whether it is the name of one instance, whose key is written. */
export function isInstanceName(text: string): boolean {
  const { index = "", attribute } = referenceIn(text) ?? {};
  return attribute === "" && /^\[(?:"[^"$]*"|\d+)\]$/.test(index) && afterReference(text) === "";
}

/** Azure does not tell capital letters from small ones, but Terraform does. */
export function folded(text: string): string {
  return templateParts(text)
    .map((part) => (part.isExpression ? `\${${part.text}}` : part.text.toLowerCase()))
    .join("");
}

/** Whether two texts can be the same, as far as they begin and end with what is written. */
export function canBeSame(one: string, other: string): boolean {
  return canEndSame(endsOf(one), endsOf(other));
}

/** What is written at the beginning and at the end of a text. */
export interface Ends {
  readonly begin: string;
  readonly end: string;
  /** Whether it is the whole text. */
  readonly isWhole: boolean;
}

/** Whether two texts can be the same that begin and end so. */
export function canEndSame(one: Ends, other: Ends): boolean {
  return (
    (one.begin.startsWith(other.begin) || other.begin.startsWith(one.begin)) &&
    (one.end.endsWith(other.end) || other.end.endsWith(one.end)) &&
    (!one.isWhole || hasEnds(one.begin, other)) &&
    (!other.isWhole || hasEnds(other.begin, one))
  );
}

function hasEnds(text: string, { begin, end }: Ends): boolean {
  return text.startsWith(begin) && text.endsWith(end);
}

export function endsOf(text: string): Ends {
  const parts = templateParts(folded(text));
  const [begin, end] = [parts[0], parts[parts.length - 1]].map((part) =>
    part?.isExpression ? "" : (part?.text ?? ""),
  );
  return { begin, end, isWhole: parts.every(({ isExpression }) => !isExpression) };
}

/** What is read of a resource: its stack, its address, the index of an instance, and what it is read. */
export interface Reference {
  readonly stack: string;
  readonly address: string;
  /** With its brackets, or empty. */
  readonly index: string;
  readonly attribute: string;
}

const REFERENCE =
  /^\$\{([^@"\s]+)@((?:data\.)?[a-z]\w*\.[\w-]+)((?:\[(?:[^[\]*]|\[[^[\]*]*\])*\])?)(?:\.(\w+))?(?: @\S*)?\}/;

/** The reference with which a text begins. */
export function referenceIn(text: string): Reference | undefined {
  const [, stack, address, index, attribute = ""] = REFERENCE.exec(text) ?? [];
  return stack === undefined ? undefined : { stack: decodeURIComponent(stack), address, index, attribute };
}

/** The first stack that knows what Terraform does not say here. */
export function stackIn(text: string): string | undefined {
  return /\$\{([^@"\s]+)@/.exec(text)?.[1];
}

/** A text without the reference with which it begins. */
export function afterReference(text: string): string {
  return text.replace(REFERENCE, "");
}

/** In place of the name of an instance, which its resource does not say. */
export function instanceName({ stack, address, index }: Omit<Reference, "attribute">): string {
  return marked(stack, `${address}${index}`);
}

/** A text that means all instances of what it names one of. */
export function ofAllInstances(text: string): string {
  return templateParts(text)
    .map((part) => {
      const written = part.isExpression ? `\${${part.text}}` : part.text;
      const reference = part.isExpression ? referenceIn(written) : undefined;
      return reference && reference.attribute === "" ? instanceName({ ...reference, index: "" }) : written;
    })
    .join("");
}
