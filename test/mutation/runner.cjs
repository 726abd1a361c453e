/*
 * Jest loads all test files of a room for each change. Most of them have no test that reaches the change: this runner leaves them out. It
 * stops when a test has noticed the change.
 * The first run changes nothing, and writes down the tests of each file.
 */
const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join, relative } = require("node:path");
const { default: TestRunner } = require("jest-runner");
const { escaped, kept } = require("./kept.cjs");

/** The test files that noticed a change, the last one at the end. */
const noticed = new Set();

module.exports = class extends TestRunner {
  async runTests(tests, ...rest) {
    if (process.env.__STRYKER_ACTIVE_MUTANT__ === undefined) {
      this.on("test-file-success", ([test, { testResults }]) => {
        writeFileSync(listOf(test), JSON.stringify(testResults.map(({ fullName }) => fullName)));
      });
      return super.runTests(tests, ...rest);
    }
    kept.isNoticed = false;
    const { testNamePattern } = this._globalConfig;
    // All tests run against a change of what runs while files are loaded. A pattern with hundreds of names takes longer than the tests.
    kept.patterns = testNamePattern ? new Set(testNamePattern.slice(1, -1).split(")|(")) : undefined;
    const isReached = (name) => kept.patterns?.has(escaped(name)) ?? true;
    const reaching = tests.filter((test) => namesIn(test).some(isReached));
    // The tests that noticed the last changes come first, then the quick ones: Jest puts the slowest first. One that notices is enough.
    reaching.reverse().sort((a, b) => rankOf(b) - rankOf(a));
    for (const test of reaching) {
      await super.runTests([test], ...rest);
      if (!kept.isNoticed) continue;
      noticed.delete(test.path);
      noticed.add(test.path);
      return;
    }
  }
};

function rankOf({ path }) {
  return [...noticed].indexOf(path);
}

function listOf({ path, context }) {
  const { rootDir } = context.config;
  const folder = join(rootDir, "coverage", "names");
  mkdirSync(folder, { recursive: true });
  return join(folder, `${relative(rootDir, path).replace(/\W/g, "-")}.json`);
}

function namesIn(test) {
  return JSON.parse(readFileSync(listOf(test), "utf8"));
}
