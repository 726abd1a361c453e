import { grouped } from "../../core/grouped";
import { NOT_SHOWN } from "../shown";

/** Shorter texts are in too many others, and no secret of use is so short. */
const MINIMUM_LENGTH = 6;

/** The same data, in which no text contains one of the secrets, however the text was made. */
export function withoutLiterals<T>(data: T, secrets: readonly string[]): T {
  const long = [...new Set(secrets)].filter((secret) => secret.length >= MINIMUM_LENGTH);
  if (long.length === 0) return data;
  const lengths = grouped(long, (secret) => [secret.slice(0, MINIMUM_LENGTH)]);
  const known = {
    all: new Set(long),
    lengths: new Map([...lengths].map(([beginning, some]) => [beginning, new Set(some.map(({ length }) => length))])),
  };
  return cleaned(data, known) as T;
}

interface Secrets {
  readonly all: ReadonlySet<string>;
  /** The lengths of the secrets that begin with the same characters. */
  readonly lengths: ReadonlyMap<string, ReadonlySet<number>>;
}

function cleaned(value: unknown, secrets: Secrets): unknown {
  if (typeof value === "string") return cleanedText(value, secrets);
  if (Array.isArray(value)) return value.map((each) => cleaned(each, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cleaned(each, secrets)]));
}

/** There can be as many secrets as texts, so only those are looked for that begin somewhere in the text. */
function cleanedText(text: string, { all, lengths }: Secrets): string {
  const found = new Set<string>();
  for (let at = 0; at + MINIMUM_LENGTH <= text.length; at++)
    for (const length of lengths.get(text.slice(at, at + MINIMUM_LENGTH)) ?? []) {
      const part = text.slice(at, at + length);
      if (all.has(part)) found.add(part);
    }
  // A secret can contain another one.
  const longestFirst = [...found].sort((one, other) => other.length - one.length);
  return longestFirst.reduce((cleaner, secret) => cleaner.split(secret).join(NOT_SHOWN), text);
}
