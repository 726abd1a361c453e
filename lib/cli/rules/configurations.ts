import { readdirSync, readFileSync, statSync } from "fs";
import { basename, dirname, join } from "path";
import { finding } from "../../core/fail";
import { ConfigurationFile } from "../../rules/model/stack";
import { isObject } from "../../rules/model/value";
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

/** Reads the JSON files below the given folders, and the given files. Each folder is one configuration, as it is for Terraform. */
export function configurationsIn(paths: readonly string[]): Configurations {
  const found = paths.map(filesBelow);
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
      stacks.set(name, [...(stacks.get(name) ?? []), readConfiguration(file)]);
    } catch (error) {
      unreadable.push({ file, error: (error as Error).message });
    }
  }
  return { stacks, unreadable, skipped: [...new Set(found.flatMap(({ hcl }) => hcl))] };
}

/** cdktf names the folder of a stack after the stack. */
function stackName(file: string): string {
  const folder = dirname(file);
  return basename(file) === "cdk.tf.json" && basename(dirname(folder)) === "stacks" ? basename(folder) : folder;
}

function readConfiguration(path: string): ConfigurationFile {
  const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  const json: unknown = JSON.parse(text);
  if (!isObject(json))
    throw new Error(
      finding(
        "configuration-not-an-object",
        "The file is JSON, but no configuration of Terraform.",
        'Write a file that has "resource" in it, such as cdk.tf.json.',
      ),
    );
  return { path, text, json };
}

interface FoundFiles {
  readonly json: readonly string[];
  readonly hcl: readonly string[];
}

/** A given file is read, whatever its name is. */
function filesBelow(path: string): FoundFiles {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true) return { json: [path], hcl: [] };
  const below = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = below.map((entry): FoundFiles => {
    const { name } = entry;
    // Links are not followed, because they can form a circle.
    if (entry.isDirectory()) return IGNORED.has(name) ? { json: [], hcl: [] } : filesBelow(join(path, name));
    const isJson = name.endsWith(".tf.json");
    return { json: isJson ? [join(path, name)] : [], hcl: name.endsWith(".tf") ? [join(path, name)] : [] };
  });
  return { json: found.flatMap(({ json }) => json), hcl: found.flatMap(({ hcl }) => hcl) };
}

/** Folders of packages and of Terraform itself. */
const IGNORED = new Set(["node_modules", ".terraform"]);
