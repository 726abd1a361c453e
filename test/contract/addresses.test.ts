import { existsSync, readdirSync, readFileSync } from "fs";
import { join } from "path";
import { toMatchFile } from "jest-file-snapshot";
import { parse } from "yaml";
import { Json } from "../helpers/synth";

/*
 * The Terraform address of each resource that the examples deploy. Terraform destroys what has another address and creates it again, so
 * an address of a release is there for good, or CHANGELOG.md (or a changeset) names it and says how to move it. `npm run release:version`
 * keeps the list as `addresses.released.txt`. Before the first release there is none, and every change of the list is reviewed all the same.
 *
 * @see docs/stability.md
 */

expect.extend({ toMatchFile });

const ROOT = join(__dirname, "..", "..");
const REVIEWED = join(ROOT, "test", "examples", "reviewed");
const RELEASED = join(__dirname, "addresses.released.txt");

/** The configurations are those that `test/examples` holds. */
const addresses = readdirSync(REVIEWED)
  .sort()
  .flatMap((file) => {
    const { resource = {} }: Json = parse(readFileSync(join(REVIEWED, file), "utf8"));
    return Object.entries<Json>(resource).flatMap(([type, all]) =>
      Object.keys(all).map((name) => `${file.replace(/\.yaml$/, "")}: ${type}.${name}`),
    );
  });

/** The addresses of a release that are gone without a word on how to move them. */
function lost(released: readonly string[], now: readonly string[], said: string): string[] {
  const named = new Set(said.match(/\w+\.[\w-]+/g));
  return released.filter((line) => !now.includes(line) && !named.has(line.split(": ")[1]));
}

/** What users read before they upgrade. */
function said(): string {
  const changesets = readdirSync(join(ROOT, ".changeset")).map((file) => join(ROOT, ".changeset", file));
  return [join(ROOT, "CHANGELOG.md"), ...changesets].map((file) => readFileSync(file, "utf8")).join("\n");
}

test("the addresses of the examples are those that were reviewed", () => {
  expect(addresses.length).toBeGreaterThan(300);
  expect(`${addresses.join("\n")}\n`).toMatchFile(join(__dirname, "addresses.txt"));
});

test("no address of the last release is gone, unless the changelog says how to move it", () => {
  const released = existsSync(RELEASED) ? readFileSync(RELEASED, "utf8").trim().split("\n") : [];
  expect(lost(released, addresses, said())).toEqual([]);
});

test("an address that is gone is found, one that is new is not, and one that the changelog names may go", () => {
  const [first, ...rest] = addresses;
  expect(lost(addresses, [...rest, "quickstart: azurerm_new.new"], "")).toEqual([first]);
  expect(lost(addresses, rest, `Move it: \`${first.split(": ")[1]}\` is now …`)).toEqual([]);
  expect(lost(addresses, rest, `Move it: \`${first.split(": ")[1]}_slot\` is now …`)).toEqual([first]);
});
