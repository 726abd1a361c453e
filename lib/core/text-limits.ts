import { Tokenization } from "cdktf";
import { fail, Place } from "./fail";
import { requireText } from "./given";
import { isToken } from "./tokens";

/** How many characters a text may have. */
export interface TextLimit {
  /** The least number: 1 if the text must not be empty. */
  readonly min: 0 | 1;
  readonly max: number;
}

/** The texts that a service shows of one kind of thing, and how long it accepts them. */
export interface TextLimits {
  /** What has the texts, such as `product`. */
  readonly of: string;
  /** The limits by property. */
  readonly limits: Readonly<Record<string, TextLimit>>;
}

/**
 * Returns the texts, each of which must be a string that the service accepts. A text that is not given is left out, and one that only
 * Terraform knows cannot be measured.
 *
 * @param name which of several at the place has the texts
 */
export function checkedTexts<T extends object>(place: Place, { of, limits }: TextLimits, texts: T, name?: string): T {
  const owner = name === undefined ? of : `${of} "${name}"`;
  for (const [property, text] of Object.entries(texts) as [string, unknown][]) {
    if (text === undefined || text === null || Tokenization.isResolvable(text)) continue;
    const limit = limits[property] as TextLimit | undefined;
    const written = requireText(place, `${property} of the ${owner}`, text, `${property}: "..."`);
    if (limit !== undefined && !isToken(written)) checkLength(place, owner, property, written, limit);
  }
  return texts;
}

function checkLength(place: Place, owner: string, property: string, text: string, { min, max }: TextLimit): void {
  const { length } = text;
  const isEmpty = min > 0 && text.trim() === "";
  if (isEmpty || length > max)
    fail(
      place,
      "text-length",
      `The ${property} of the ${owner} ${isEmpty ? "is empty" : `has ${length} characters`}.`,
      `Write ${property}: "..." with ${min > 0 ? "1 to" : "at most"} ${max} characters.`,
    );
}

/** The text, or its beginning if it is too long to show. */
export function shortText(text: string, { max }: TextLimit): string {
  if (text.length <= max) return text;
  const mark = "...";
  // Half of a character is none.
  return text.slice(0, max - mark.length).replace(/[\uD800-\uDBFF]$/, "") + mark;
}
