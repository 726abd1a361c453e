const base = require("./jest.config.js");

/** The packed file, installed and synthesized as a user would: needs the npm registry and some minutes. */
module.exports = {
  ...base,
  testPathIgnorePatterns: [],
  roots: ["<rootDir>/test/package"],
  testTimeout: 600_000,
  maxWorkers: 1,
};
