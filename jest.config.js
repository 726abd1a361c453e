const { compilerOptions } = require("./tsconfig.json");

/**
 * Unit, example and contract tests: everything that needs neither the network nor a build. Types are checked by `npm run typecheck`.
 *
 * @see docs/design/decisions.md#loaders
 */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testPathIgnorePatterns: [
    "<rootDir>/test/package/",
    "<rootDir>/test/cdktn/",
    "<rootDir>/test/python/",
    "<rootDir>/test/browser/",
    "<rootDir>/test/terraform/examples/",
    "<rootDir>/test/terraform/hcl/",
  ],
  transform: {
    "^.+\\.ts$": ["ts-jest", { tsconfig: { ...compilerOptions, isolatedModules: true }, diagnostics: false }],
  },
  moduleNameMapper: { "^cdktf-secure-apim-backend$": "<rootDir>/lib/index.ts" },
  setupFiles: ["<rootDir>/test/helpers/without-creation-stacks.ts"],
  maxWorkers: 2,
};
