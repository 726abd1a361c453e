import { readdirSync, readFileSync } from "fs";
import { join } from "path";
import * as ts from "typescript";

/** A message of the library, as it stands in the source: with a `placeholder` where a value comes in. */
export interface Message {
  readonly id: string;
  /** The room of `lib` that it is raised in. */
  readonly room: string;
  readonly text: string;
  readonly remedy: string;
}

/** The name of a value that is not known before the library runs. */
export function placeholder(name: string): string {
  return `‹${name}›`;
}

/** Matches a placeholder, with its name as the first group. */
export const PLACEHOLDER = /‹([^›]*)›/g;

const ROOT = join(__dirname, "..", "..", "lib");

/** How many arguments stand before the id, by the function that raises the message. */
const RAISES: Record<string, number> = { fail: 1, finding: 0, conditionMessage: 0, misuse: 0, diagnosis: 0 };

/** The files of these functions, which pass on what they are given. */
const FORWARDING = ["core/fail.ts", "cli/misuse.ts", "policy/syntax/failure.ts"];

/** Every message that `fail`, `finding`, `misuse` and `diagnosis` raise anywhere in `lib`, in the order of rooms and files. */
export function messagesOfLib(): Message[] {
  const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .flatMap((file) => messagesIn(file.replaceAll("\\", "/")));
}

function messagesIn(file: string): Message[] {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), "utf8"), ts.ScriptTarget.Latest, true);
  const room = file.includes("/") ? file.split("/")[0] : "composition";
  const messages: Message[] = [];
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (ts.isObjectLiteralExpression(node)) messages.push(...ruleMessage(node, room, source));
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return;
    const { text: called } = node.expression;
    const before = Object.hasOwn(RAISES, called) ? RAISES[called] : undefined;
    if (before === undefined || FORWARDING.includes(file)) return;
    const [id, text, remedy] = node.arguments.slice(before);
    if (!id || !ts.isStringLiteral(id)) throw new Error(`${file}: the id of a message is a string: ${node.getText()}`);
    messages.push({ id: id.text, room, text: worded(text, source), remedy: worded(remedy, source) });
  };
  visit(source);
  return messages;
}

/** The message of a policy rule: a record with `id`, `says`, and `resolutions` or, for a conflict, `replace`, `keep` and `alternatives`. */
function ruleMessage(node: ts.ObjectLiteralExpression, room: string, source: ts.SourceFile): Message[] {
  const value = (name: string, of: ts.ObjectLiteralExpression = node): ts.Expression | undefined =>
    of.properties.filter(ts.isPropertyAssignment).find((property) => property.name.getText(source) === name)
      ?.initializer;
  const [id, says] = [value("id"), value("says")];
  if (!id || !ts.isStringLiteral(id) || !says || !ts.isArrowFunction(says)) return [];
  const list = (each: ts.Expression | undefined): string[] => {
    const body = each && ts.isArrowFunction(each) ? (each.body as ts.Expression) : each;
    return body && ts.isArrayLiteralExpression(body) ? body.elements.map((element) => worded(element, source)) : [];
  };
  const [replace, keep] = [value("replace"), value("keep")];
  const resolve = (each: ts.Expression): string => `write .resolve(${each.getText(source)})`;
  const kept = keep && ts.isObjectLiteralExpression(keep) ? keep : undefined;
  const remedies = [
    ...(replace ? [`${resolve(replace)} to have the merge remove or override <${placeholder("name")}>`] : []),
    ...(kept ? [`${resolve(value("resolution", kept)!)} ${worded(value("purpose", kept), source)}`] : []),
    ...list(value("alternatives")),
    ...list(value("resolutions")),
    ...(replace ? [`remove <${placeholder("name")}> from the document`] : []),
  ];
  const remedy = remedies.join("; or ");
  return [
    {
      id: id.text,
      room,
      text: worded(says.body as ts.Expression, source),
      remedy: `${remedy[0].toUpperCase()}${remedy.slice(1)}.`,
    },
  ];
}

/** The words of an expression. What is not known before the library runs is named by its last word. */
function worded(node: ts.Expression | undefined, source: ts.SourceFile): string {
  if (node === undefined) return "";
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return terraformValues(node.text);
  if (ts.isNumericLiteral(node)) return node.text;
  if (ts.isParenthesizedExpression(node)) return worded(node.expression, source);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return worded(node.left, source) + worded(node.right, source);
  }
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.map((span) => worded(span.expression, source) + span.literal.text);
    return terraformValues(node.head.text + spans.join(""));
  }
  if (ts.isConditionalExpression(node)) {
    const choices = [worded(node.whenTrue, source), worded(node.whenFalse, source)].filter(Boolean);
    return choices.every((choice) => /^‹[^›]*›$/.test(choice)) ? choices[0] : choices.join(" / ");
  }
  if (ts.isIdentifier(node)) {
    const constant = constantOf(node, source);
    return constant ? worded(constant, source) : placeholder(spaced(node.text));
  }
  return placeholder(spaced(lastName(node)));
}

/** `${self.product_id}` is for Terraform what a placeholder is here. */
function terraformValues(text: string): string {
  return text.replace(/\$\{self\.(\w+)[^}]*\}/g, (_, name: string) => placeholder(spaced(name)));
}

/** The value of the constant that the name stands for at this place, if it is a text or a number. */
function constantOf(use: ts.Identifier, source: ts.SourceFile): ts.Expression | undefined {
  const declaration = declarationOf(use, source);
  if (!declaration || !ts.isVariableDeclaration(declaration)) return undefined;
  const { initializer } = declaration;
  const isText =
    initializer &&
    (ts.isStringLiteralLike(initializer) ||
      ts.isNumericLiteral(initializer) ||
      ts.isTemplateExpression(initializer) ||
      (ts.isBinaryExpression(initializer) && initializer.operatorToken.kind === ts.SyntaxKind.PlusToken) ||
      ts.isConditionalExpression(initializer));
  return isText ? initializer : undefined;
}

type Declaration = ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement;

/** The declaration of the name in the innermost scope around the place. */
function declarationOf(use: ts.Identifier, source: ts.SourceFile): Declaration | undefined {
  let found: Declaration | undefined;
  const visit = (node: ts.Node): void => {
    const declares = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
    if (declares && node.name.getText(source) === use.text && isWithin(use, scopeOf(node))) {
      if (!found || isWithin(scopeOf(node), scopeOf(found))) found = node;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function scopeOf(declaration: Declaration): ts.Node {
  const isScope = (node: ts.Node): boolean =>
    ts.isSourceFile(node) ||
    ts.isBlock(node) ||
    ts.isFunctionLike(node) ||
    ts.isCaseBlock(node) ||
    ts.isCatchClause(node) ||
    ts.isForStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isForInStatement(node);
  let scope: ts.Node = declaration.parent;
  while (!isScope(scope)) scope = scope.parent;
  return scope;
}

function isWithin(node: ts.Node, scope: ts.Node): boolean {
  return scope.pos <= node.pos && node.end <= scope.end;
}

/** `scope.node.path` is a `path`, `gateway.node.path` a `gateway path`, and `names.join(", ")` are `names`. */
function lastName(node: ts.Expression): string {
  if (ts.isCallExpression(node)) {
    const { expression } = node;
    if (
      ts.isPropertyAccessExpression(expression) &&
      /^(join|map|slice|trim|filter|replace|toString)$/.test(expression.name.text)
    ) {
      return lastName(expression.expression);
    }
    return node.arguments.length > 0 ? lastName(node.arguments[0]) : lastName(expression);
  }
  if (ts.isPropertyAccessExpression(node)) {
    if (/\.node\.path$/.test(node.getText())) return pathName(node);
    if (node.name.text !== "length") return node.name.text;
    const counted = lastName(node.expression);
    return counted.endsWith("s") ? `number of ${counted}` : "number";
  }
  if (ts.isElementAccessExpression(node)) return lastName(node.expression).replace(/s$/i, "");
  if (ts.isNonNullExpression(node)) return lastName(node.expression);
  if (ts.isBinaryExpression(node)) return lastName(node.left);
  if (ts.isIdentifier(node)) return node.text;
  return "value";
}

function pathName(path: ts.PropertyAccessExpression): string {
  const construct = (path.expression as ts.PropertyAccessExpression).expression;
  const name = construct.kind === ts.SyntaxKind.ThisKeyword ? "scope" : lastName(construct);
  return name === "scope" ? "path" : `${name} path`;
}

function spaced(name: string): string {
  return name
    .replace(/^_/, "")
    .replace(/_/g, " ")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase();
}
