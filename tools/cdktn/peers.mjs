/*
 * Finds a package of CDK Terrain's: on npm, or in the wheel of the same version on PyPI, which holds the file for npm. Run by itself,
 * it writes the path of the file for `node tools/cdktn/peers.mjs @cdktn/provider-azuread 17.1.0`, or ends with status 3.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const CACHE = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "node_modules", ".cache", "cdktn-peers");

/** The path of the packed file, or `undefined` where neither registry has it. */
export function packedFile(name, version) {
  const file = join(CACHE, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);
  if (existsSync(file)) return file;
  mkdirSync(CACHE, { recursive: true });
  for (const find of [fromNpm, fromPyPi]) {
    const directory = mkdtempSync(join(tmpdir(), "cdktn-peer-"));
    try {
      const found = find(directory, name, version);
      if (found === undefined) continue;
      // The folder of temporary files can be on another disk.
      execFileSync("cp", [found, `${file}.part`]);
      renameSync(`${file}.part`, file);
      return file;
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }
  return undefined;
}

function fromNpm(directory, name, version) {
  if (!succeeds("npm", "pack", "--silent", `${name}@${version}`, "--pack-destination", directory)) return undefined;
  return fileIn(directory, ".tgz");
}

function fromPyPi(directory, name, version) {
  const project = name.replace("@cdktn/", "cdktn-");
  const options = ["--no-deps", "--quiet", "--disable-pip-version-check", "--dest", directory];
  const isFound = [["pip"], ["python3", "-m", "pip"]].some((pip) =>
    succeeds(...pip, "download", ...options, `${project}==${version}`),
  );
  if (!isFound) return undefined;
  execFileSync("unzip", ["-q", "-j", fileIn(directory, ".whl"), "*.jsii.tgz", "-d", directory]);
  return fileIn(directory, ".tgz");
}

function succeeds(command, ...options) {
  try {
    execFileSync(command, options, { stdio: ["ignore", "ignore", "ignore"] });
    return true;
  } catch {
    return false;
  }
}

function fileIn(directory, ending) {
  const file = readdirSync(directory).find((each) => each.endsWith(ending));
  return file && join(directory, file);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, version] = process.argv.slice(2);
  const file = packedFile(name, version);
  if (file === undefined) process.exitCode = 3;
  else console.log(file);
}
