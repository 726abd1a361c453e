const { default: Runtime } = require("jest-runtime");
const { load } = require("./kept.cjs");

const KEPT = /^(?:cdktf|constructs|@cdktf[/].+|fast-check|js-yaml|yaml|saxes)(?:[/]|$)/;

/** Jest's way to load files, except for what no change touches. */
module.exports = class extends Runtime {
  requireModuleOrMock(from, name) {
    return KEPT.test(name) ? load(require.resolve(name)) : super.requireModuleOrMock(from, name);
  }
};
