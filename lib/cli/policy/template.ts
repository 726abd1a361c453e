import { finding } from "../../core/fail";
import { allElements, lastAtMost, SourceElement, SourceTree, textsOf } from "../../policy/syntax/source-tree";

/** A sequence of a Terraform template: `${...}` or `%{...}`. */
interface Sequence {
  readonly start: number;
  readonly end: number;
}

/** What cannot be judged before Terraform renders a template, and its place. */
export interface NotJudged {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Whether a file is a template, by its name. */
export function isTemplate(path: string): boolean {
  return /\.(tpl|tftpl|tmpl)$/i.test(path);
}

/** Characters that mean something in a policy document, and characters without meaning that stand for them in sequences. */
const MARKUP = "<>&\"'@";
const MASKS = "\uF8F0\uF8F1\uF8F2\uF8F3\uF8F4\uF8F5";

/** A template whose sequences are plain text, so that it can be read as a policy document. Each character keeps its place. */
export function masked(template: string): string {
  return replaced(template, sequencesIn(template), (text) =>
    text.replace(/[<>&"'@]/g, (each) => MASKS[MARKUP.indexOf(each)]),
  );
}

/** The text as it was before it was masked. */
export function unmasked(text: string): string {
  return text.replace(/[\uF8F0-\uF8F5]/g, (each) => MARKUP[MASKS.indexOf(each)]);
}

function replaced(text: string, sequences: readonly Sequence[], change: (text: string) => string): string {
  let from = 0;
  const parts: string[] = [];
  for (const { start, end } of sequences) {
    parts.push(text.slice(from, start), change(text.slice(start, end)));
    from = end;
  }
  return parts.join("") + text.slice(from);
}

/** What opens and closes in the language of Terraform's templates, and what it escapes. */
const TOKENS = /\$\$\{|%%\{|[$%]\{|\\.|["{}]/g;

/** The outermost sequences. What is never closed is none. */
function sequencesIn(text: string): Sequence[] {
  const found: Sequence[] = [];
  // What is open: sequences and braces by `}`, strings by `"`.
  const open: string[] = [];
  let start = 0;
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    const isInString = open[open.length - 1] === '"';
    if (token === "${" || token === "%{") {
      if (open.length === 0) start = index;
      open.push("}");
    } else if (open.length === 0) continue;
    else if (token === '"') {
      if (isInString) open.pop();
      else open.push('"');
    } else if (token === "{" && !isInString) open.push("}");
    else if (token === "}" && !isInString) {
      open.pop();
      if (open.length === 0) found.push({ start, end: index + 1 });
    }
  }
  return found;
}

/** Elements that contain policies. */
const CONTAINERS = new Set([
  ...["policies", "inbound", "backend", "outbound", "on-error"],
  ...["choose", "when", "otherwise", "retry", "limit-concurrency", "wait"],
]);

/** A directive that ends or continues another one. */
const CONTINUES = /^%\{~?\s*(else|endif|endfor)\b/;

/** The sequences at places where policies stand: what they insert, repeat or leave out is not known. */
export function notJudgedIn(tree: SourceTree): NotJudged[] {
  return amongPolicies(tree)
    .map(({ start, end }) => ({ text: shown(unmasked(tree.text.slice(start, end))), start }))
    .filter(({ text }) => !CONTINUES.test(text))
    .map(({ text, start }) => ({ ...tree.position(start), message: messageFor(text) }));
}

/** The masked template without the sequences at places where policies stand. Everything else keeps its place. */
export function withoutInsertedPolicies(tree: SourceTree): string {
  return replaced(tree.text, amongPolicies(tree), (sequence) => sequence.replace(/[^\r\n]/g, " "));
}

function amongPolicies(tree: SourceTree): Sequence[] {
  const texts = allElements(tree.roots)
    .filter(({ name }) => CONTAINERS.has(name))
    .flatMap((element) => withoutComments(tree.text, element))
    .sort((a, b) => a.start - b.start);
  const starts = texts.map(({ start }) => start);
  return sequencesIn(unmasked(tree.text)).filter(({ start }) => {
    const text = texts[lastAtMost(starts, start)];
    return text !== undefined && text.start <= start && start < text.end;
  });
}

function messageFor(sequence: string): string {
  if (sequence.startsWith("%"))
    return finding(
      "template-chooses-policies",
      `${sequence} decides whether the policies after it are there, or how often. They were judged as if they are there once.`,
      "Render the template, such as with terraform console, and check the result too.",
    );
  return finding(
    "template-inserts-policies",
    `${sequence} can insert policies, which are known only when Terraform renders the template.`,
    "Render the template, such as with terraform console, and check the result too.",
  );
}

function withoutComments(text: string, element: SourceElement): Sequence[] {
  return textsOf(text, element).flatMap(({ start, end }) => {
    const parts: Sequence[] = [];
    let from = start;
    for (const { 0: comment, index } of text.slice(start, end).matchAll(/<!--[^]*?-->/g)) {
      parts.push({ start: from, end: start + index });
      from = start + index + comment.length;
    }
    return [...parts, { start: from, end }];
  });
}

const LONGEST = 60;

/** A sequence in one line. */
function shown(sequence: string): string {
  const line = sequence.replace(/\s+/g, " ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line;
}
