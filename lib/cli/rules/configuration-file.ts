import { fail } from "../../core/fail";
import { ConfigurationFile } from "../../rules/model/stack";
import { isObject } from "../../rules/model/value";
import { Console } from "../console";
import { bytesOfFile, bytesOfInput, STANDARD_INPUT, utf8Of } from "../input";

/** Many times the size of the largest stack, and no more than JSON of it fits into memory. */
export const MAX_CONFIGURATION_BYTES = 128 * 1024 * 1024;

/** Reads a file of Terraform's JSON. The message of its error does not name the file. */
export function readConfiguration(path: string, console: Console): ConfigurationFile {
  const bytes = path === STANDARD_INPUT ? ofStandardInput(console) : bytesOf(path);
  const text = utf8Of(bytes, "The file").replace(/^\uFEFF/, "");
  return { path, text, json: configurationIn(text) };
}

function configurationIn(text: string): ConfigurationFile["json"] {
  if (text.trim() === "")
    fail(
      undefined,
      "configuration-empty",
      "The file is empty.",
      'Run "cdktf synth" again, and write the path of the file that it writes.',
    );
  const json = jsonOf(text);
  if (isDeeper(json, MAXIMUM_DEPTH))
    fail(
      undefined,
      "configuration-too-deep",
      `The JSON is nested more than ${MAXIMUM_DEPTH} levels deep, which no configuration is.`,
      "Write a file that Terraform accepts.",
    );
  if (!isObject(json))
    fail(
      undefined,
      "configuration-not-an-object",
      "The file is JSON, but no configuration of Terraform.",
      'Write a file that has "resource" in it, such as cdk.tf.json.',
    );
  if ("planned_values" in json || "values" in json)
    fail(
      undefined,
      "configuration-is-plan",
      "The file is a plan or a state that terraform show has printed, not a configuration.",
      'Write the configuration, such as cdk.tf.json, which "cdktf synth" writes.',
    );
  if (Object.keys(json).length > 0 && !Object.keys(json).some((key) => BLOCKS.has(key)))
    fail(
      undefined,
      "configuration-without-blocks",
      'The file is JSON, but has no block of Terraform, such as "resource" or "module".',
      'Write the configuration, such as cdk.tf.json, which "cdktf synth" writes. A state or a report is not a configuration.',
    );
  return json;
}

/** What a file of Terraform's JSON can have. */
const BLOCKS = new Set([
  ...["//", "action", "check", "data", "ephemeral", "import", "locals", "module"],
  ...["moved", "output", "provider", "removed", "resource", "terraform", "variable"],
]);

/** Many times the depth of the deepest resource. */
const MAXIMUM_DEPTH = 200;

function isDeeper(json: unknown, levels: number): boolean {
  if (typeof json !== "object" || json === null) return false;
  return levels === 0 || Object.values(json).some((each) => isDeeper(each, levels - 1));
}

function ofStandardInput(console: Console): Buffer {
  return bytesOfInput({ what: "The configuration", maxBytes: MAX_CONFIGURATION_BYTES }, console);
}

function bytesOf(path: string): Buffer {
  try {
    return bytesOfFile(path, MAX_CONFIGURATION_BYTES);
  } catch (error) {
    const { message: reason } = error as Error;
    fail(
      undefined,
      "configuration-not-readable",
      reason === "ENOENT" ? "The file does not exist." : `The file cannot be read: ${reason}.`,
      "Write the path of a file or a folder that you can read.",
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
    fail(
      undefined,
      "configuration-not-json",
      `The file is not JSON. The error is at line ${before.length}, column ${before[before.length - 1].length + 1}, or before it.`,
      "Write Terraform JSON in UTF-8, such as cdk.tf.json.",
    );
  }
}
