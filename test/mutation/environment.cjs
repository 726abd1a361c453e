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

  async teardown() {}
};
