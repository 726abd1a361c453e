const base = require("./jest.config.js");

/** The packed file, installed and synthesized as a user would, and the promises of the documents held against it: needs the npm registry and some minutes. */
module.exports = {
  ...base,
  testPathIgnorePatterns: [],
  roots: ["<rootDir>/test/package", "<rootDir>/test/promises"],
  globalSetup: "<rootDir>/test/package/pack.ts",
  moduleNameMapper: {
    "^cdktf-secure-apim-backend$":
      "<rootDir>/node_modules/.cache/packed/node_modules/cdktf-secure-apim-backend/build/index.js",
  },
  testTimeout: 600_000,
  maxWorkers: 1,
};
