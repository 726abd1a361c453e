import { TerraformStack, TerraformVariable } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { logicalIdOf } from "./rendered";
import { signsInText } from "./secret-text";
import { stateOf } from "./state";
import { expressionOf, isToken } from "./tokens";

/** Attributes, outputs and variables whose names suggest a secret, and two secret attributes whose names do not. */
const SECRET_EXPRESSION =
  /[.][\w-]*(?:passw|secret|credential|connection_string|_key\b|token\b)|(?:_key_vault_secret[.]value|random_password[.]result)\b/;

/** The type and name of a referenced resource. Its name says nothing about the attribute. */
const REFERENCE = /\b([a-z0-9]+_\w+)[.][\w-]+/g;

/** Why a value seems to be a secret, as a clause for a message; undefined if it does not. */
export function signsOfSecret(scope: Construct, name: string, value: string): string | undefined {
  if (!isToken(value)) return signsInText(name, value);
  return signsInText(name, "") ?? (comesFromSecret(scope, value) ? "its value comes from one" : undefined);
}

/** Whether the expressions in a text read a secret: a sensitive variable, or an attribute whose name suggests one. */
export function comesFromSecret(scope: Construct, text: string): boolean {
  const expression = expressionOf(scope, text) ?? "";
  if (SECRET_EXPRESSION.test(expression.replace(REFERENCE, "$1"))) return true;
  return [...expression.matchAll(/\bvar\.([\w-]+)/g)].some(([, name]) => variableOf(scope, name)?.sensitive === true);
}

/** The variable of a name. The whole tree is searched once for a name that is not nearby. */
function variableOf(scope: Construct, name: string): TerraformVariable | undefined {
  const stack = TerraformStack.of(scope);
  const variables = stateOf(stack, "variables", () => new Map<string, TerraformVariable>());
  const searched = stateOf(stack, "variables-searched", () => new Set<string>());
  const add = (variable: TerraformVariable): unknown => variables.set(logicalIdOf(variable), variable);
  if (!variables.has(name)) nearby(scope, stack, name).filter(isVariable).forEach(add);
  if (!variables.has(name) && !searched.has(name)) stack.node.findAll().filter(isVariable).forEach(add);
  searched.add(name);
  return variables.get(name);
}

/** What a stack has under a name, and what stands beside a construct and the constructs around it. */
function nearby({ node: { scopes } }: IConstruct, stack: TerraformStack, name: string): (IConstruct | undefined)[] {
  const around = scopes.slice(scopes.indexOf(stack) + 1);
  return [stack.node.tryFindChild(name), ...around.flatMap(({ node }) => node.children)];
}

function isVariable(element: IConstruct | undefined): element is TerraformVariable {
  return element instanceof TerraformVariable;
}
