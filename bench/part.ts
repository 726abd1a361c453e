/* A process of `bench/main.ts`: measures one part, and writes what it found to its output, as JSON. */
import { chains } from "./chains";
import { command } from "./command";
import { hostile } from "./hostile";
import { loading } from "./loading";
import { policies } from "./policies";
import { rules } from "./rules";
import { synth } from "./synth";
import type { Part } from "./table";
import { terraform } from "./terraform";

/** Each measures one part, more of it if `large`. */
const PARTS = { loading, synth, command, policies, hostile, rules, terraform, chains } satisfies Record<
  string,
  (large: boolean) => Part[] | Promise<Part[]>
>;

export type PartName = keyof typeof PARTS;

async function main([name, size]: string[]): Promise<void> {
  const parts = await PARTS[name as PartName](size === "large");
  process.stdout.write(JSON.stringify(parts));
}

void main(process.argv.slice(2));
