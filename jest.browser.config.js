const base = require("./jest.config.js");

/** The report in a real browser: needs Chromium (`chromium`, `chromium-browser` or `google-chrome` in the PATH), and no network. */
module.exports = {
  ...base,
  roots: ["<rootDir>/test/browser"],
  testPathIgnorePatterns: [],
  testTimeout: 120_000,
  maxWorkers: 1,
  verbose: true,
};
