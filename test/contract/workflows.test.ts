import { readdirSync, readFileSync } from "fs";
import { join } from "path";
import { parse } from "yaml";
import { Json } from "../helpers/synth";
import rooms from "../mutation/rooms.json";

/* What runs the tests elsewhere, and which tests the mutation of a room runs. */

const ROOT = join(__dirname, "..", "..");
const WORKFLOWS = join(ROOT, ".github", "workflows");

test("workflows use actions by their commit, and say which version it is", () => {
  const lines = readdirSync(WORKFLOWS).flatMap((file) => readFileSync(join(WORKFLOWS, file), "utf8").split("\n"));
  const uses = lines.filter((line) => /\buses:/.test(line));
  expect(uses).not.toEqual([]);
  expect(uses.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
});

test("no job leaves the token of the repository in its folder", () => {
  const steps: Json[] = readdirSync(WORKFLOWS).flatMap((file) =>
    Object.values<Json>(parse(readFileSync(join(WORKFLOWS, file), "utf8")).jobs).flatMap((job) => job.steps),
  );
  const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
  expect(checkouts).not.toEqual([]);
  expect(checkouts.filter((step) => step.with?.["persist-credentials"] !== false)).toEqual([]);
});

test("every room of the mutation tests has a job at night", () => {
  const { jobs } = parse(readFileSync(join(WORKFLOWS, "nightly.yml"), "utf8"));
  expect(jobs.mutation.strategy.matrix.room).toEqual(Object.keys(rooms));
});

test.each(Object.entries(rooms))("the mutation of %s names files that exist", (_, { mutate, tests }) => {
  expect([...mutate, ...tests].filter((glob) => !FILES.some((file) => expressionOf(glob).test(file)))).toEqual([]);
});

const FILES = ["lib", "test"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
);

function expressionOf(glob: string): RegExp {
  const pattern = glob.replace(/[.+]/g, "\\$&").replace(/\*\*\/|\*/g, (star) => (star === "*" ? "[^/]*" : "(?:.*/)?"));
  return new RegExp(`^${pattern}$`);
}
