/** Unit, example and contract tests: everything that needs neither the network nor a build. */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testPathIgnorePatterns: ["<rootDir>/test/package/"],
  transform: { "^.+\\.ts$": ["ts-jest", { isolatedModules: true }] },
  moduleNameMapper: { "^cdktf-secure-apim-backend$": "<rootDir>/lib/index.ts" },
  maxWorkers: 2,
};
