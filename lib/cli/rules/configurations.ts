import { Dirent, readdirSync, readFileSync, statSync } from "fs";
import { basename, dirname, join } from "path";
import { finding } from "../../core/fail";
import { ConfigurationFile } from "../../rules/model/stack";
import { isObject } from "../../rules/model/value";
import { Console } from "../console";
import { statsOf } from "../folder";
import { isPattern, matchingFiles } from "../glob";
import { bytesOfInput, isStandardInput, STANDARD_INPUT, utf8Of } from "../input";
import { misuse } from "../misuse";

/** The configurations that are judged together, and what was not read. */
export interface Configurations {
  /** The files of each stack, by its name. */
  readonly stacks: ReadonlyMap<string, readonly ConfigurationFile[]>;
  readonly unreadable: readonly { readonly file: string; readonly error: string }[];
  /** Files in HCL beside the others. */
  readonly skipped: readonly string[];
}

/** Where cdktf writes its output. */
export const OUTPUT_FOLDER = "cdktf.out";

/**
 * Reads the JSON files below the given folders, the given files and what the given patterns match. Each folder is one configuration,
 * as it is for Terraform.
 */
export function configurationsIn(paths: readonly string[], console: Console): Configurations {
  const found = paths.map(filesAt);
  const files = [...new Set(found.flatMap(({ json }) => json))];
  if (files.length === 0)
    misuse(
      "configuration-missing",
      `There is no *.tf.json file in ${paths.join(", ")}.`,
      'Run "cdktf synth" first, or write the folder or the files of your Terraform JSON.',
    );
  const unreadable: { file: string; error: string }[] = [];
  const stacks = new Map<string, ConfigurationFile[]>();
  for (const file of files) {
    try {
      const name = stackName(file);
      stacks.set(name, [...(stacks.get(name) ?? []), readConfiguration(file, console)]);
    } catch (error) {
      unreadable.push({ file, error: (error as Error).message });
    }
  }
  return { stacks, unreadable, skipped: [...new Set(found.flatMap(({ hcl }) => hcl))] };
}

/** cdktf names the folder of a stack after the stack. */
function stackName(file: string): string {
  if (file === STANDARD_INPUT) return file;
  const folder = dirname(file);
  return basename(file) === "cdk.tf.json" && basename(dirname(folder)) === "stacks" ? basename(folder) : folder;
}

function readConfiguration(path: string, console: Console): ConfigurationFile {
  const bytes = path === STANDARD_INPUT ? bytesOfInput({ what: "The configuration" }, console) : bytesOf(path);
  const text = utf8Of(bytes, "The file").replace(/^\uFEFF/, "");
  if (text.trim() === "")
    throw new Error(
      finding(
        "configuration-empty",
        "The file is empty.",
        'Run "cdktf synth" again, and write the path of the file that it writes.',
      ),
    );
  const json = jsonOf(text);
  if (isDeeper(json, MAXIMUM_DEPTH))
    throw new Error(
      finding(
        "configuration-too-deep",
        `The JSON is nested more than ${MAXIMUM_DEPTH} levels deep, which no configuration is.`,
        "Write a file that Terraform accepts.",
      ),
    );
  if (!isObject(json))
    throw new Error(
      finding(
        "configuration-not-an-object",
        "The file is JSON, but no configuration of Terraform.",
        'Write a file that has "resource" in it, such as cdk.tf.json.',
      ),
    );
  if ("planned_values" in json || "values" in json)
    throw new Error(
      finding(
        "configuration-is-plan",
        "The file is a plan or a state that terraform show has printed, not a configuration.",
        'Write the configuration, such as cdk.tf.json, which "cdktf synth" writes.',
      ),
    );
  if (Object.keys(json).length > 0 && !Object.keys(json).some((key) => BLOCKS.has(key)))
    throw new Error(
      finding(
        "configuration-without-blocks",
        'The file is JSON, but has no block of Terraform, such as "resource" or "module".',
        'Write the configuration, such as cdk.tf.json, which "cdktf synth" writes. A state or a report is not a configuration.',
      ),
    );
  return { path, text, json };
}

/** What a file of Terraform's JSON can have. */
const BLOCKS = new Set([
  ...["//", "check", "data", "ephemeral", "import", "locals", "module", "moved", "output", "provider", "removed"],
  ...["resource", "terraform", "variable"],
]);

/** Many times the depth of the deepest resource. */
const MAXIMUM_DEPTH = 200;

function isDeeper(json: unknown, levels: number): boolean {
  if (typeof json !== "object" || json === null) return false;
  return levels === 0 || Object.values(json).some((each) => isDeeper(each, levels - 1));
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw new Error(
      finding(
        "configuration-not-readable",
        code === "ENOENT" ? "The file does not exist." : `The file cannot be read (${code}).`,
        "Write the path of a file or a folder that you can read.",
      ),
    );
  }
}

/** The message of the parser can contain a part of the file, which can be a secret. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [, position = `${text.length}`] = /position (\d+)/.exec((error as Error).message) ?? [];
    const before = text.slice(0, +position).split("\n");
    throw new Error(
      finding(
        "configuration-not-json",
        `The file is not JSON. The error is at line ${before.length}, column ${before[before.length - 1].length + 1}, or before it.`,
        "Write Terraform JSON in UTF-8, such as cdk.tf.json.",
      ),
    );
  }
}

interface FoundFiles {
  readonly json: readonly string[];
  readonly hcl: readonly string[];
}

/** A given file is read, whatever its name is. */
function filesAt(path: string): FoundFiles {
  if (isStandardInput(path)) return { json: [STANDARD_INPUT], hcl: [] };
  if (isPattern(path) && statsOf(path) === undefined) return { json: matchingFiles(path), hcl: [] };
  return filesBelow(path);
}

function filesBelow(path: string): FoundFiles {
  const below = entriesOf(path);
  if (below === undefined) return { json: [path], hcl: [] };
  const found = below.map((entry): FoundFiles => {
    const { name } = entry;
    // Links are not followed, because they can form a circle.
    if (entry.isDirectory()) return IGNORED.has(name) ? { json: [], hcl: [] } : filesBelow(join(path, name));
    const isJson = name.endsWith(".tf.json");
    return { json: isJson ? [join(path, name)] : [], hcl: name.endsWith(".tf") ? [join(path, name)] : [] };
  });
  return { json: found.flatMap(({ json }) => json), hcl: found.flatMap(({ hcl }) => hcl) };
}

/** None if it is no folder, or none that can be read. */
function entriesOf(path: string): Dirent[] | undefined {
  try {
    if (!statSync(path).isDirectory()) return undefined;
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return undefined;
  }
}

/** Folders of packages and of Terraform itself. */
const IGNORED = new Set(["node_modules", ".terraform"]);
