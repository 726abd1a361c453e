/*
 * About how long the first apply of each example takes. In its longest chain, each resource waits for the one before, and takes the time
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
  const rows = exampleChains().map(
    ({ name, addresses, minutes }) =>
      ({ what: `${name}: ${addresses.map(typeOf).join(" → ")}`, unit: "min", library: minutes }) as const,
  );
  return [{ title: "The longest chain of each example, and the time that it implies", library: "about", rows }];
}

/** The longest chain of each example, the fastest first. */
function exampleChains(): (Chain & { readonly name: string })[] {
  return exampleNames()
    .map((name) => ({ name, ...longestChainOf(exampleNamed(name)) }))
    .sort((one, other) => one.minutes - other.minutes);
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
  return longest([...chainsOf(configuration).values()]);
}

/** The longest chain that ends at each resource, by the address of the resource. */
export function chainsOf(configuration: object): Map<string, Chain> {
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
    const { minutes } = creationTimeOf(address, blocks);
    const found = { addresses: [...before.addresses, address], minutes: inTenths(before.minutes + minutes) };
    known.set(address, found);
    return found;
  };
  [...blocks.keys()].forEach(endingAt);
  return known;
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

/** Without the error of binary fractions, so that chains that take the same time are the same. */
function inTenths(minutes: number): number {
  return Math.round(minutes * 10) / 10;
}

/** The type of a resource without its provider. */
function typeOf(address: string): string {
  const [type, ofData] = address.split(".");
  return type === "data" ? `data.${ofData}` : type;
}
