import { TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { expressionOf, isToken } from "../core/tokens";

const SECRET_NAME =
  /passw(?:or)?d|secret|credential|connection-?string|(?:api|access|account|function|shared|private)[-_.]?key/i;

/** What texts of secrets have in them, as a message says it. */
const SECRET_TEXTS: readonly (readonly [string, RegExp])[] = [
  ["as a connection string does", /(?:AccountKey|SharedAccess(?:Key|Signature)|Password|Pwd|ClientSecret)\s*=/i],
  ["as a shared access signature does", /[?&]sig=[^&]/i],
  ["as a private key does", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ["as a token does", /^\s*(?:Bearer\s+)?eyJ[\w-]+\.[\w-]+\.[\w-]*\s*$/i],
  ["as credentials do", /^\s*(?:Basic|Bearer|SharedKey)\s+\S/i],
  ["as an address with a password does", /:\/\/[^/\s:@]+:[^/\s@]+@/],
  ["as the key of a service does", /^(?:gh[pousr]_|github_pat_|sk[-_]|xox[a-z]-|AKIA|AIza)\w/],
];

/** Attributes, outputs and variables by their names; the attributes of two types by these. */
const SECRET_EXPRESSION =
  /[.][\w-]*(?:passw|secret|credential|connection_string|_key\b|token\b)|(?:_key_vault_secret[.]value|random_password[.]result)\b/;

/** A reference to a resource: its type, and its name, which says nothing about the attribute. */
const REFERENCE = /\b([a-z0-9]+_\w+)[.][\w-]+/g;

/** What makes a text look like a secret, in words; nothing, if nothing does. */
export function looksSecret(scope: Construct, name: string, text: string): string | undefined {
  if (SECRET_NAME.test(name)) return "by its name";
  if (isToken(text)) return looksSecretExpression(scope, text) ? "by where its value comes from" : undefined;
  const [looks] = SECRET_TEXTS.find(([, pattern]) => pattern.test(text)) ?? [];
  return looks ?? (isRandom(text) ? "as random characters do" : undefined);
}

function looksSecretExpression(scope: Construct, text: string): boolean {
  const expression = expressionOf(scope, text) ?? "";
  if (SECRET_EXPRESSION.test(expression.replace(REFERENCE, "$1"))) return true;
  const variables = TerraformStack.of(scope).node.findAll().filter(isSensitive);
  return variables.some((variable) => expression.includes(`var.${variable.friendlyUniqueId}}`));
}

function isSensitive(element: unknown): element is TerraformVariable {
  return element instanceof TerraformVariable && element.sensitive === true;
}

/** Keys are random: a character seldom is of the kind of the one before it. Words, GUIDs, addresses and ids of resources are not. */
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
