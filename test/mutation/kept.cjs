/*
 * cdktf and its providers are 600 files that no change touches. They are loaded once for all changes, and not once for each test file
 * and change: all have the same global objects, which the environment keeps.
 */
const { readFileSync } = require("node:fs");
const { createRequire, isBuiltin } = require("node:module");
const { dirname } = require("node:path");
const { compileFunction } = require("node:vm");

const SCOPE = ["exports", "require", "module", "__filename", "__dirname"];

const modules = new Map();

/** What the first environment sets, and whether a test has noticed the change. */
const kept = { environment: undefined, isNoticed: false };

/** The exports of a file, which is run in the kept environment when it is loaded first. */
function load(path) {
  const known = modules.get(path);
  if (known) return known.exports;
  const module = { exports: {}, id: path, filename: path };
  modules.set(path, module);
  run(module, readFileSync(path, "utf8"));
  return module.exports;
}

function run(module, source) {
  const { filename } = module;
  const options = { filename, parsingContext: kept.environment.context };
  if (filename.endsWith(".json")) {
    module.exports = compileFunction(`return ${source}`, [], options)();
    return;
  }
  const outer = createRequire(filename);
  const inner = (name) => (isBuiltin(name) ? outer(name) : load(outer.resolve(name)));
  inner.resolve = outer.resolve;
  const code = compileFunction(source, SCOPE, options);
  code.call(module.exports, module.exports, inner, module, filename, dirname(filename));
}

module.exports = { kept, load };
