const { default: NodeEnvironment } = require("jest-environment-node");
const { kept } = require("./kept.cjs");

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
  handleTestEvent({ name, test }) {
    if (process.env.__STRYKER_ACTIVE_MUTANT__ === undefined) return;
    if (name === "test_start" && kept.isNoticed) test.mode = "skip";
    if (name === "test_done" && test.errors.length > 0) kept.isNoticed = true;
  }

  async teardown() {}
};
