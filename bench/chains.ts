/*
 * How long the first apply of each example takes at least. In its longest chain, each resource waits for the one before, and takes the time
 * of `creation-times.ts`. Reads the examples as their tests have reviewed them.
 */
import { readdirSync, readFileSync } from "fs";
import { basename, join } from "path";
import { parse } from "yaml";
import { blocksOf, refersTo } from "../test/helpers/graph";
import { creationTimeOf } from "./creation-times";
import { Part } from "./table";

/** The examples as their tests expect them. */
const REVIEWED = join("test", "examples", "reviewed");

/** Resources that wait for each other: each one for the one before it. */
export interface Chain {
  readonly addresses: readonly string[];
  readonly minutes: number;
}

export function chains(): Part[] {
  const rows = exampleNames().map((name) => {
    const { addresses, minutes } = longestChainOf(exampleNamed(name));
    const what = `${name}: ${addresses.map(typeOf).join(" → ")}`;
    return { what, unit: "min", library: minutes } as const;
  });
  return [{ title: "The longest chain of each example, and the time that it implies", other: "", rows }];
}

export function exampleNames(root = "."): string[] {
  return readdirSync(join(root, REVIEWED))
    .map((file) => basename(file, ".yaml"))
    .sort();
}

/** The configuration of an example. */
export function exampleNamed(name: string, root = "."): object {
  return parse(readFileSync(join(root, REVIEWED, `${name}.yaml`), "utf8")) as object;
}

/** The longest chain of a configuration in Terraform's JSON. */
export function longestChainOf(configuration: object): Chain {
  const blocks = blocksOf(configuration);
  const texts = new Map([...blocks].map(([address, block]) => [address, JSON.stringify(block)]));
  const known = new Map<string, Chain>();
  const endingAt = (address: string): Chain => {
    const chain = known.get(address);
    if (chain) return chain;
    const before = longest(
      [...blocks.keys()]
        .filter((other) => other !== address && refersTo(texts.get(address) ?? "", other))
        .map(endingAt),
    );
    const { minutes } = creationTimeOf(address, blocks.get(address) ?? {});
    const found = { addresses: [...before.addresses, address], minutes: before.minutes + minutes };
    known.set(address, found);
    return found;
  };
  return longest([...blocks.keys()].map(endingAt));
}

/** Of chains that take the same time, the one with fewer resources. */
function longest(all: readonly Chain[]): Chain {
  return all.reduce(
    (best, each) =>
      each.minutes > best.minutes || (each.minutes === best.minutes && each.addresses.length < best.addresses.length)
        ? each
        : best,
    { addresses: [], minutes: 0 },
  );
}

/** The type of a resource without its provider. */
export function typeOf(address: string): string {
  const [type, ofData] = address.split(".");
  return type === "data" ? `data.${ofData}` : type;
}
