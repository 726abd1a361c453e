import {
  canEndSame,
  Ends,
  endsOf,
  folded,
  isInstanceName,
  isOfInstance,
  ofAllInstances,
  referenceIn,
} from "./known-to-terraform";
import type { Resource } from "./resource";

/** `hidden` is declared with a name that only Terraform knows, and `named` is a name of what is declared elsewhere. */
type Kind = "declared" | "hidden" | "named" | "unknown";

/** A part of what a policy is of: a service, an API, a product or an operation. */
export interface Part {
  /** The same text is the same thing. */
  readonly exact: string;
  /** What it can be, too. */
  readonly also: readonly string[];
  readonly kind: Kind;
  /** Whether the same text is the same thing, and not another instance. */
  readonly isSure: boolean;
  /** What its name begins and ends with, and then the same of its workspace. None if that is not known. */
  readonly ends: readonly Ends[];
}

/** Two that are declared are two. What only Terraform knows can be any. */
const CAN_BE: Readonly<Record<Kind, readonly Kind[]>> = {
  declared: ["unknown"],
  hidden: ["named", "unknown"],
  named: ["hidden", "unknown"],
  unknown: ["declared", "hidden", "named", "unknown"],
};

/** A name that more resources have says too little. */
const MOST = 16;

/** A part that has a name, with what is declared by it. */
export function partOf(text: string, declared: readonly Resource[] = []): Part {
  const [only] = declared;
  if (declared.length === 1) return declaredPart(text, only);
  return oneOf(declared, {
    exact: nameKey(text),
    also: [],
    kind: text === "" || text.includes("${") ? "unknown" : "named",
    isSure: !isOfInstance(text),
    ends: namesIn(text),
  });
}

/** A part that can be each of what is declared. */
export function oneOf(declared: readonly Resource[], part: Part): Part {
  if (declared.length === 0) return part;
  if (declared.length > MOST) return { ...part, kind: "unknown" };
  return { ...part, kind: "declared", also: [...part.also, ...declared.map(creatorKey)] };
}

/** What is declared, or an instance of it. */
export function declaredPart(text: string, declared: Resource): Part {
  const kind = text.includes("${") ? "hidden" : "declared";
  const creator = creatorKey(declared);
  const { address, index, attribute } = referenceIn(text) ?? {};
  const isInstance = address === declared.address && attribute === "";
  const ends = [endsOf(withoutRevision(text))];
  if (!isInstance) return { exact: creator, also: [nameKey(text)], kind, isSure: true, ends };
  if (!isInstanceName(text)) return { exact: creator, also: [], kind, isSure: false, ends };
  return { exact: `${creator}${index}`, also: [creator], kind, isSure: true, ends };
}

/** A revision has the name of its API. */
function withoutRevision(text: string): string {
  return text.replace(/;rev=.*$/i, "");
}

/** Nothing, if only Terraform knows the whole text. */
function namesIn(text: string): Ends[] {
  const ends = endsOf(withoutRevision(text));
  return ends.begin === "" && ends.end === "" ? [] : [ends];
}

/** Whether two parts can be the same by what is written of their names. What is in a workspace is not beside it. */
export function canBePart({ ends: one }: Part, { ends: other }: Part): boolean {
  if (one.length === 0 || other.length === 0) return true;
  return one.length === other.length && one.every((each, at) => canEndSame(each, other[at]));
}

export function nameKey(text: string): string {
  return `=${folded(text)}`;
}

/** A key for the names of all instances. */
export function declarationKey(text: string): string {
  return nameKey(ofAllInstances(text));
}

function creatorKey({ stack, address }: Resource): string {
  return `@${stack.name} ${address}`;
}

/** By these, a part is found. */
export function foundBy({ exact, also, kind }: Part): string[] {
  return [exact, ...also.map((each) => `also ${each}`), kind];
}

/** By these, what can be the same part is looked for. What it can be, too, does not find what can be that, too. */
export function looksFor({ exact, also, kind }: Part): string[] {
  const named = kind === "unknown" ? [] : [exact, `also ${exact}`, ...also];
  return [...named, ...CAN_BE[kind]];
}
