const SECRET_NAME =
  /passw(?:or)?d|secret|credential|connection-?string|(?:api|access|account|function|shared|private)[-_.]?key/i;

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
  if (SECRET_NAME.test(name)) return "its name suggests one";
  return formOf(text, SECRET_TEXTS) ?? (isRandom(text) ? "it looks like random characters" : undefined);
}

/** The same for a string in code, which often is only the part of a secret that is not secret. */
export function signsInCode(text: string): string | undefined {
  return formOf(text, KEY_TEXTS);
}

function formOf(text: string, forms: Forms): string | undefined {
  const [form] = forms.find(([, pattern]) => pattern.test(text)) ?? [];
  return form && `it looks like ${form}`;
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
