const base = require("./jest.terraform.config.js");

// Read by cdktf, as from `cdktf synth --hcl`.
process.env.SYNTH_HCL_OUTPUT = "true";

/**
 * `terraform init` and `validate` of the HCL of all examples: needs Terraform and the providers, and no Azure. With `HCL_TESTS=all`,
 * Terraform also runs the tests that stand beside the examples, which takes minutes.
 */
module.exports = { ...base, roots: ["<rootDir>/test/terraform/hcl"], testMatch: ["**/*.test.ts"] };
