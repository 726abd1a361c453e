const base = require("./jest.config.js");

/** The packages on CDK Terrain, installed and synthesized as a user would: needs `npm run build`, npm and, for some bindings, PyPI. */
module.exports = {
  ...base,
  testPathIgnorePatterns: [],
  roots: ["<rootDir>/test/cdktn"],
  testTimeout: 900_000,
  maxWorkers: 1,
};
