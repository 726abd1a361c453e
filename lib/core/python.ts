/**
 * Whether the app is written in Python: the jsii runtime tells the language.
 *
 * @see https://github.com/aws/jsii/blob/main/packages/%40jsii/python-runtime/src/jsii/_kernel/providers/process.py
 */
export function isPython(): boolean {
  return process.env.JSII_AGENT?.startsWith("Python/") === true;
}

/** A name as jsii writes it in Python: `resource_group` for `resourceGroup`. */
export function pythonName(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A text in quotes, an XML tag, a placeholder of a URL template, a word, or one character. */
const TOKEN = /"[^"]*"|<[^<>]*>|\{\w+\}|[A-Za-z_]\w*|[^]/g;
const WORD = /^[A-Za-z_]\w*$/;
const PROPERTY = /^[a-z]\w*$/;
/** Words that come before a colon in sentences, and keys of an OpenAPI document. */
const NO_PROPERTIES = ["explode", "it", "one", "openapi", "required", "statements", "them"];
const IN_CAMEL_CASE = /^[a-z][a-z0-9]*[A-Z]/;
/** What stands before a word that belongs to an address, a path or a pointer, and is no name of our code. */
const PART_OF_PATH = /[/#~@$-]/;
/** Words that come before the name of a property in a sentence. */
const BEFORE_PROPERTY = /[,(:]$|\b(?:and|as(?: in)?|for example|or|such as|[Ww]ith|[Aa]dd|[Ss]et|[Ww]rite)$/;
/** What a value in code begins with. */
const CODE = /^(?:["[{\d]|true\b|false\b|new [A-Z]|[A-Z]\w*[.(])/;

/**
 * The code in a message as a user of Python writes it: names in snake_case, keyword arguments for properties, and no `new`. What is in
 * quotes stays as it is. Braces stay where they stand for an object within a list or within another object, whose class the text does
 * not name.
 */
export function inPython(text: string): string {
  const tokens = text.match(TOKEN) ?? [];
  // The open brackets; `=` stands for braces that Python does without.
  const open: string[] = [];
  let written = "";
  let rest = text;
  tokens.forEach((token, index) => {
    rest = rest.slice(token.length);
    const before = tokens[index - 1] ?? "";
    const inArguments = open[open.length - 1] === "=";
    if (token === "{" && open[open.length - 1] === "(") open.push("=");
    else if (token === "}" && inArguments) {
      open.pop();
      written = written.trimEnd();
    } else if (token === " " && before === "{" && inArguments) return;
    else if (token === "new" && /^ [A-Z]/.test(rest)) return;
    else if (token === "readonly" || (token === " " && before === "readonly")) return;
    else if (token === " " && before === "new" && /^[A-Z]/.test(rest)) return;
    else if (token === " " && before === ":" && written.endsWith("=")) return;
    else if (token === "!" && WORD.test(before) && rest.startsWith(")")) return;
    else if (token === ":" && PROPERTY.test(before) && isArgument(written, before, rest, open)) written += "=";
    else if (WORD.test(token)) written += wordOf(token, { before, rest, written, open });
    else {
      if ("([{".includes(token)) open.push(token);
      else if (")]}".includes(token)) open.pop();
      written += token;
    }
  });
  return written;
}

interface Around {
  readonly before: string;
  readonly rest: string;
  readonly written: string;
  readonly open: readonly string[];
}

function wordOf(word: string, { before, rest, written, open }: Around): string {
  if (word === "this" && open.length > 0) return "self";
  const isValue = /(?:=|: )$/.test(written);
  if (word === "true" && isValue) return "True";
  if (word === "false" && isValue) return "False";
  const name = IN_CAMEL_CASE.test(word) && !PART_OF_PATH.test(before) ? pythonName(word) : word;
  // `{ gateway }` is short for `{ gateway: gateway }`.
  const isShort = open[open.length - 1] === "=" && before === " " && /^(?:,| \})/.test(rest);
  return isShort ? `${name}=${name}` : name;
}

/** Whether a word before a colon is a property with a value, and not a part of a sentence. */
function isArgument(written: string, word: string, rest: string, open: readonly string[]): boolean {
  const around = open[open.length - 1];
  if (around === "=" || around === "{") return around === "=";
  if (!/^ /.test(rest) || !CODE.test(rest.slice(1)) || NO_PROPERTIES.includes(word)) return false;
  return BEFORE_PROPERTY.test(written.slice(0, -pythonName(word).length).trimEnd());
}
