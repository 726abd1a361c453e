/*
 * cdktf and its providers are 600 files that no change touches. They are loaded once for all changes, and not once for each test file
 * and change: all have the same global objects, which the environment keeps.
 */
const { AsyncLocalStorage } = require("node:async_hooks");
const { readFileSync } = require("node:fs");
const { createRequire, isBuiltin } = require("node:module");
const { dirname } = require("node:path");
const { compileFunction } = require("node:vm");

const SCOPE = ["exports", "require", "module", "__filename", "__dirname"];

const modules = new Map();

/** What the first environment sets, whether a test has noticed the change, and the names of the tests that reach it. */
const kept = { environment: undefined, isNoticed: false, patterns: undefined };

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

/** Jest makes one for each test file. Node.js looks at all of them for each promise, until they are disabled. */
const storages = new Set();
for (const method of ["enterWith", "run"]) {
  const original = AsyncLocalStorage.prototype[method];
  AsyncLocalStorage.prototype[method] = function (...args) {
    storages.add(this);
    return original.apply(this, args);
  };
}

function disableStorages() {
  for (const storage of storages) storage.disable();
  storages.clear();
}

/** A name as it is in a pattern of names. */
function escaped(name) {
  return name.replace(/[.*+\-?^${}()|[\]\\]/g, "\\$&");
}

module.exports = { disableStorages, escaped, kept, load };
