import { TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { expressionOf, isToken } from "../core/tokens";

const SECRET_NAME =
  /passw(?:or)?d|secret|credential|connection-?string|(?:api|access|account|function|shared|private)[-_.]?key/i;

/** Forms of secrets, and what messages call them. */
const SECRET_TEXTS: readonly (readonly [string, RegExp])[] = [
  ["a connection string", /(?:AccountKey|SharedAccess(?:Key|Signature)|Password|Pwd|ClientSecret)\s*=/i],
  ["a shared access signature", /[?&]sig=[^&]/i],
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ["a token", /^\s*(?:Bearer\s+)?eyJ[\w-]+\.[\w-]+\.[\w-]*\s*$/i],
  ["credentials", /^\s*(?:Basic|Bearer|SharedKey)\s+\S/i],
  ["a URL with a password", /:\/\/[^/\s:@]+:[^/\s@]+@/],
  ["a service key", /^(?:gh[pousr]_|github_pat_|sk[-_]|xox[a-z]-|AKIA|AIza)\w/],
];

/** Attributes, outputs and variables whose names suggest a secret, and two secret attributes whose names do not. */
const SECRET_EXPRESSION =
  /[.][\w-]*(?:passw|secret|credential|connection_string|_key\b|token\b)|(?:_key_vault_secret[.]value|random_password[.]result)\b/;

/** The type and name of a referenced resource. Its name says nothing about the attribute. */
const REFERENCE = /\b([a-z0-9]+_\w+)[.][\w-]+/g;

/** Why a text seems to be a secret, as a clause for a message; undefined if it does not. */
export function signsOfSecret(scope: Construct, name: string, text: string): string | undefined {
  if (SECRET_NAME.test(name)) return "its name suggests one";
  if (isToken(text)) return isSecretExpression(scope, text) ? "its value comes from one" : undefined;
  const [form] = SECRET_TEXTS.find(([, pattern]) => pattern.test(text)) ?? [];
  if (form !== undefined) return `it looks like ${form}`;
  return isRandom(text) ? "it looks like random characters" : undefined;
}

function isSecretExpression(scope: Construct, text: string): boolean {
  const expression = expressionOf(scope, text) ?? "";
  if (SECRET_EXPRESSION.test(expression.replace(REFERENCE, "$1"))) return true;
  const variables = TerraformStack.of(scope).node.findAll().filter(isSensitive);
  return variables.some((variable) => expression.includes(`var.${variable.friendlyUniqueId}}`));
}

function isSensitive(element: unknown): element is TerraformVariable {
  return element instanceof TerraformVariable && element.sensitive === true;
}

/** Whether the kind of character often changes, as in keys, and unlike words, GUIDs, URLs and resource ids. */
function isRandom(text: string): boolean {
  if (/^[0-9a-f]{32,}$/i.test(text)) return true;
  if (!/^[\w+/=~-]+$/.test(text)) return false;
  return text.split(/[-_/~]/).some((word) => {
    const kinds = [...word].map((character) => KINDS.findIndex((kind) => kind.test(character)));
    const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
    return word.length >= 20 && changes > word.length / 3;
  });
}

const KINDS = [/[a-z]/, /[A-Z]/, /\d/];
