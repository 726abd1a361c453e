import { TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { signsInText } from "./secret-text";
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
  const names = new Set([...expression.matchAll(/\bvar\.([\w-]+)/g)].map(([, name]) => name));
  const variables = names.size > 0 ? TerraformStack.of(scope).node.findAll().filter(isSensitive) : [];
  return variables.some((variable) => names.has(variable.friendlyUniqueId));
}

function isSensitive(element: unknown): element is TerraformVariable {
  return element instanceof TerraformVariable && element.sensitive === true;
}
