/** What a template takes as a value: text is escaped, markup and lists of it are written as they are, nothing writes nothing. */
export type MarkupValue = Markup | string | number | undefined | readonly MarkupValue[];

/** HTML that is safe to write. Only the templates below make it, so a name can add neither an element nor an attribute to a page. */
export class Markup {
  private constructor(public readonly text: string) {}

  /** @internal Only for the templates of this file, whose literal parts are code. */
  public static _ofTemplate(literals: readonly string[], values: readonly MarkupValue[]): Markup {
    return new Markup(literals.map((literal, index) => literal + written(values[index])).join(""));
  }
}

/** A template of HTML. Write an attribute's value in double quotes: text in it is escaped as well. */
export function markup(literals: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return Markup._ofTemplate(literals, values);
}

/** A style sheet. It takes no values. */
export function css(literals: TemplateStringsArray): Markup {
  return Markup._ofTemplate(literals, []);
}

const ENTITIES: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Controls except a tab and the end of a line, and what is invisible or turns the direction of text. */
const UNPRINTABLE = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text that shows each character that a reader would not see, such as `\u202e`. */
export function visible(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, "0")}`);
}

function written(value: MarkupValue): string {
  if (value === undefined) return "";
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(written).join("");
  return visible(String(value)).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
