const { default: NodeEnvironment } = require("jest-environment-node");
const { disableStorages, escaped, kept } = require("./kept.cjs");

/** Jest's environment of Node.js, with the same global objects for all test files and all changes. */
module.exports = class extends NodeEnvironment {
  constructor(...args) {
    super(...args);
    const { context, global } = this;
    kept.environment ??= { context, global };
    Object.assign(this, kept.environment);
    // A variable of the process says which change is made.
    this.global.process = global.process;
  }

  /** One test that notices a change is enough. */
  handleTestEvent({ name, test }, state) {
    if (process.env.__STRYKER_ACTIVE_MUTANT__ === undefined) return;
    if (name === "run_start" && state.testNamePattern)
      state.testNamePattern = { test: (each) => kept.patterns.has(escaped(each)) };
    if (name === "test_start" && kept.isNoticed) test.mode = "skip";
    if (name === "test_done" && test.errors.length > 0) kept.isNoticed = true;
  }

  async teardown() {
    disableStorages();
  }
};
