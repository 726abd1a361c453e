const SECRET_NAME =
  /passw(?:or)?d|secret|credential|connection-?string|(?:api|access|account|function|shared|private)[-_.]?key/i;

/** The end of a name that says where a secret is or what it is called, but not the secret. */
const NAME_OF_OTHER = /(?:name|ur[il]|endpoint)$/i;

/** A name of what is as random as a key, but public. */
const NAME_OF_ID = /(?:id|tenant|trace|hash|digest|checksum|etag|thumbprint)$/i;

/** A value that is public, whatever its name is. */
const PUBLIC_VALUE = /^\s*(?:true|false|https?:\/\/[^\s?@]+)\s*$/i;

type Forms = readonly (readonly [string, RegExp])[];

/** Forms of keys, and what messages call them. */
const KEY_TEXTS: Forms = [
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ["a token", /^\s*(?:Bearer\s+)?eyJ[\w-]+\.[\w-]+\.[\w-]*\s*$/i],
  ["a service key", /^(?:Bearer\s+)?(?:gh[pousr]_|github_pat_|sk[-_]|xox[a-z]-|AKIA|AIza)\w/],
];

const SECRET_TEXTS: Forms = [
  ["a connection string", /(?:AccountKey|SharedAccess(?:Key|Signature)|Password|Pwd|ClientSecret)\s*=/i],
  ["a shared access signature", /[?&]sig=[^&]/i],
  ...KEY_TEXTS,
  ["credentials", /^\s*(?:Basic|Bearer|SharedKey)\s+\S/i],
  ["a URL with a password", /:\/\/[^/\s:@]+:[^/\s@]+@/],
];

/** Why a text seems to be a secret, as a clause for a message; undefined if it does not. Loads no cdktf. */
export function signsInText(name: string, text: string): string | undefined {
  if (PUBLIC_VALUE.test(text)) return undefined;
  if (SECRET_NAME.test(name) && !NAME_OF_OTHER.test(name)) return "its name suggests one";
  const isKey = isRandom(text) && !(HEXADECIMAL.test(text) && NAME_OF_ID.test(name));
  return formOf(text, SECRET_TEXTS) ?? (isKey ? "it looks like random characters" : undefined);
}

/** The same for a string in code, which often is only the part of a secret that is not secret. */
export function signsInCode(text: string): string | undefined {
  return formOf(text, KEY_TEXTS);
}

function formOf(text: string, forms: Forms): string | undefined {
  for (const [form, pattern] of forms) if (pattern.test(text)) return `it looks like ${form}`;
  return undefined;
}

/** Whether the kind of character often changes, as in keys, and unlike words, GUIDs, URLs and resource ids. */
function isRandom(text: string): boolean {
  if (text.length < SHORTEST_KEY) return false;
  if (HEXADECIMAL.test(text)) return true;
  return /^[\w+/=~-]+$/.test(text) && text.split(/[-_/~]/).some(changesOften);
}

function changesOften(word: string): boolean {
  if (word.length < SHORTEST_KEY) return false;
  const kinds = [...word].map((character) => KINDS.findIndex((kind) => kind.test(character)));
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
  return changes > word.length / 3;
}

const SHORTEST_KEY = 20;
const HEXADECIMAL = /^[0-9a-f]{32,}$/i;
const KINDS = [/[a-z]/, /[A-Z]/, /\d/];
