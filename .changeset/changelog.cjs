/* An entry of CHANGELOG.md is the text of its changeset, for readers, without commits and names. */

module.exports = {
  getReleaseLine: async ({ summary }) => `\n- ${summary.trim().split("\n").join("\n  ")}`,
  getDependencyReleaseLine: async () => "",
};
