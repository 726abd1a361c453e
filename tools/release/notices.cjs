const { readFileSync, readdirSync } = require("node:fs");
const { join } = require("node:path");

/*
 * What the package brings with it under other licenses: the npm packages that are bundled, and what is compiled into them, which npm does
 * not know (contents.json). THIRD-PARTY-NOTICES.txt and the SBOM of a release say both.
 */

const ROOT = join(__dirname, "..", "..");

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const folderOf = (name) => join(ROOT, "node_modules", ...name.split("/"));

/** The bundled packages and the packages that they need: name, version, license and its text. */
function bundledPackages() {
  const found = new Map();
  const add = (name) => {
    if (found.has(name)) return;
    const folder = folderOf(name);
    const { version, license, dependencies = {} } = manifestOf(folder);
    const file = readdirSync(folder).find((each) => /^(LICENSE|LICENCE|COPYING)(\.|$)/i.test(each));
    if (file === undefined)
      throw new Error(`${name} has no file with its license. Find the text, and say how to show it.`);
    found.set(name, { name, version, license, text: readFileSync(join(folder, file), "utf8").replace(/\r\n/g, "\n") });
    Object.keys(dependencies).forEach(add);
  };
  manifestOf(ROOT).bundleDependencies.forEach(add);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What is compiled into bundled packages. */
const contents = () => JSON.parse(readFileSync(join(__dirname, "contents.json"), "utf8"));

const licenseText = (file) => readFileSync(join(__dirname, "licenses", file), "utf8");

const RULE = "=".repeat(78);

function notices() {
  const texts = [...new Set(contents().map(({ text }) => text))];
  const packages = bundledPackages().map(
    ({ name, version, license, text }) => `${RULE}\n${name} ${version}, ${license}\n${RULE}\n\n${text.trim()}\n`,
  );
  const compiled = contents().map(({ package: where, name, version, license, copyright, source, text }) =>
    [
      `${name}${version === undefined ? "" : ` ${version}`}, ${license}, in ${where}`,
      ...copyright.split("\n").map((line) => `  ${line}`),
      `  Source code: ${source}`,
      `  License: ${text} below`,
    ].join("\n"),
  );
  return `Third-party notices

This package is licensed under the Apache License 2.0 (LICENSE). It contains the following software under other terms or of other authors.

${packages.join("\n")}
${RULE}
Compiled into the packages above
${RULE}

@hpcc-js/wasm-graphviz is licensed under the Apache License 2.0, and contains Graphviz, compiled to WebAssembly. Graphviz is licensed under the
Eclipse Public License 2.0. Its source code is available at the address below, under that license.

${compiled.join("\n\n")}

${texts.map((file) => `${RULE}\n${file}\n${RULE}\n\n${licenseText(file)}`).join("\n")}`;
}

module.exports = { bundledPackages, contents, notices };
