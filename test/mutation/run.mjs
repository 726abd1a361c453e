/*
 * Changes the code of a room in many small ways, and runs the tests of the room against each change: `npm run test:mutation -- guard`.
 * What no test notices is printed. A second run only repeats what has changed since.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Stryker } from "@stryker-mutator/core";

const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url));
const rooms = JSON.parse(readFileSync(new URL("rooms.json", import.meta.url), "utf8"));
const [name, concurrency = "2"] = process.argv.slice(2);
const room = rooms[name];
if (room === undefined) {
  console.error(`Write npm run test:mutation -- ROOM, with one of ${Object.keys(rooms).join(", ")}.`);
  process.exit(2);
}

await new Stryker({
  mutate: room.mutate,
  testRunner: "jest",
  plugins: ["@stryker-mutator/jest-runner", fileOf("ignored.mjs")],
  ignorers: ["ignored"],
  jest: {
    configFile: "jest.config.js",
    config: {
      testMatch: room.tests.map((tests) => `<rootDir>/${tests}`),
      maxWorkers: 1,
      // They load cdktf and its providers once for all changes.
      runtime: fileOf("runtime.cjs"),
      testEnvironment: fileOf("environment.cjs"),
      runner: fileOf("runner.cjs"),
    },
    // Almost every test is related to almost every file. Which test covers which line is measured instead.
    enableFindRelatedTests: false,
  },
  coverageAnalysis: "perTest",
  concurrency: Number(concurrency),
  // cdktf remembers every token that was made.
  maxTestRunnerReuse: 50,
  // A machine that is busy is no reason to take a change for noticed.
  timeoutMS: 15_000,
  incremental: true,
  incrementalFile: `coverage/mutation/${name}.json`,
  ignorePatterns: ["build", "coverage", "cdktf.out", "docs", "dist"],
  tempDirName: `coverage/mutation/.${name}`,
  disableTypeChecks: false,
  reporters: ["clear-text", "progress-append-only"],
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  thresholds: { high: 95, low: 90, break: 90 },
}).runMutationTest();
