import { NOT_SHOWN } from "../shown";

/** Shorter texts are in too many others, and no secret of use is so short. */
const MINIMUM_LENGTH = 6;

/** The same data, in which no text contains one of the secrets, however the text was made. */
export function withoutLiterals<T>(data: T, secrets: readonly string[]): T {
  const long = [...new Set(secrets)]
    .filter((secret) => secret.length >= MINIMUM_LENGTH)
    .sort((one, other) => other.length - one.length);
  return long.length === 0 ? data : (cleaned(data, long) as T);
}

function cleaned(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") return secrets.reduce((text, secret) => text.split(secret).join(NOT_SHOWN), value);
  if (Array.isArray(value)) return value.map((each) => cleaned(each, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cleaned(each, secrets)]));
}
