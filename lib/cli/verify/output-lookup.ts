import { grouped } from "../../core/grouped";
import { Outputs } from "./outputs";

/** Finds the value of an output by its name. */
export type OutputLookup = (name: string) => string | undefined;

/** What cdktf appends to the name of an output within a construct. */
const UNIQUE = /_[0-9A-F]{8}$/;

/** The name of an output as the user wrote it. */
export function writtenName(name: string): string {
  return name.replace(UNIQUE, "");
}

/** Looks in the outputs of one stack, with and without what cdktf appends to their names. */
export function lookupIn(outputs: Outputs): OutputLookup {
  const values = new Map<string, string>();
  for (const [output, value] of outputs)
    for (const name of [output, writtenName(output)]) if (!values.has(name)) values.set(name, value);
  return (name) => values.get(name);
}

/** Looks in the outputs of all stacks. An output to which two stacks give different values is none. */
export function lookupInAll(stacks: readonly Outputs[]): OutputLookup {
  const byName = grouped(
    stacks.flatMap((outputs) => [...outputs]),
    ([name]) => [name],
  );
  const agreed = [...byName].filter(([, found]) => new Set(found.map(([, value]) => value)).size === 1);
  return lookupIn(new Map(agreed.map(([name, [[, value]]]) => [name, value])));
}
