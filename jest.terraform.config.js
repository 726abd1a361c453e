const base = require("./jest.config.js");

/**
 * `terraform validate` and `terraform test` of the examples: needs Terraform and the providers, and no Azure. Each `examples/*.tftest.hcl`
 * is a test file, so `npm run test:terraform -- quickstart` runs the one of the quickstart.
 */
module.exports = {
  ...base,
  roots: ["<rootDir>/examples", "<rootDir>/test/terraform/examples"],
  testMatch: ["**/*.tftest.hcl", "**/*.test.ts"],
  testPathIgnorePatterns: [],
  moduleFileExtensions: ["js", "ts", "json", "hcl"],
  transform: { ...base.transform, "\\.tftest\\.hcl$": "<rootDir>/test/terraform/examples/tftest-transform.js" },
  globalSetup: "<rootDir>/test/terraform/examples/synthesize.ts",
  testTimeout: 300_000,
  maxWorkers: 1,
  verbose: true,
};
