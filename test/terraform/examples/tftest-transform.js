const { join } = require("path");

/** Makes a test file for jest from one for Terraform: the test is that Terraform passes it. */
module.exports = {
  process: (_hcl, path) => ({
    code: `require(${JSON.stringify(join(__dirname, "tftest"))}).testWithTerraform(${JSON.stringify(path)});`,
  }),
};
