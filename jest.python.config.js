const base = require("./jest.config.js");

/** The package for Python, installed and used as a user would: needs `npm run build:python`, Python 3.9 or later and PyPI. */
module.exports = {
  ...base,
  testPathIgnorePatterns: [],
  roots: ["<rootDir>/test/python"],
  testTimeout: 600_000,
  maxWorkers: 1,
};
