import { spawnSync } from "child_process";
import { finding } from "../../core/fail";
import { Console } from "../console";
import { bytesOfFile, bytesOfInput, isStandardInput, isUtf16, shownPath } from "../input";
import { InputError } from "../misuse";
import { Environment, VerifyValues } from "./options";

/** The outputs of a stack, by their names. What is no text is empty. */
export type Outputs = ReadonlyMap<string, string>;

const TERRAFORM_TIMEOUT_MS = 120_000;

/** Many times the size of the largest outputs. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The outputs of each stack that a file or Terraform gives; none if the options say what is called. */
export function outputsOf(values: VerifyValues, environment: Environment, console: Console): Outputs[] {
  const { outputs, directory } = values;
  if (outputs !== undefined) return textOutputs(outputsInFile(outputs, console));
  const called = [values["backend-url"], values["slot-url"], values["api-url"]].some(Boolean);
  if (called && directory === undefined) return [];
  const where = directory ?? ".";
  return textOutputs(parsedOutputs(fromTerraform(where, environment), `terraform output -json in ${where}`));
}

/** The outputs in a file, or on standard input, as they are written there. */
export function outputsInFile(path: string, console: Console): object {
  return parsedOutputs(fromFile(path, console), shownPath(path));
}

/** PowerShell redirects what Terraform prints in UTF-16. */
function fromFile(path: string, console: Console): string {
  const bytes = isStandardInput(path) ? fromStandardInput(console) : bytesOf(path);
  const encoding = !isUtf16(bytes) ? "utf-8" : bytes[0] === 0xff ? "utf-16le" : "utf-16be";
  return new TextDecoder(encoding).decode(bytes);
}

function fromStandardInput(console: Console): Buffer {
  try {
    return bytesOfInput({ what: "The outputs", maxBytes: MAX_BYTES }, console);
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}

function bytesOf(path: string): Buffer {
  try {
    return bytesOfFile(path, MAX_BYTES);
  } catch (error) {
    const { message: reason } = error as Error;
    throw new InputError(
      finding(
        "outputs-file-unreadable",
        `The outputs cannot be read from ${path}: ${reason}.`,
        'Write a file with what "terraform output -json" prints.',
      ),
    );
  }
}

/** What Terraform prints. Its own messages are not repeated: they can hold values of the state. */
function fromTerraform(directory: string, environment: Environment): string {
  const terraform = environment.TERRAFORM_BINARY_NAME || "terraform";
  const { status, signal, error, stdout } = spawnSync(terraform, ["output", "-json"], {
    cwd: directory,
    encoding: "utf8",
    env: { ...environment },
    stdio: ["ignore", "pipe", "ignore"],
    timeout: TERRAFORM_TIMEOUT_MS,
    maxBuffer: MAX_BYTES,
  });
  if (status === 0) return stdout;
  const why = (error as NodeJS.ErrnoException | undefined)?.code ?? signal ?? `exit code ${status}`;
  throw new InputError(
    finding(
      "terraform-output-failed",
      `"${terraform} output -json" in ${directory} ends with ${why}.`,
      'Run it yourself to see why. If the stack is not deployed yet, run "cdktf deploy" first. Write --directory with the directory of the stack, such as cdktf.out/stacks/orders, or --outputs FILE, or --backend-url.',
    ),
  );
}

function parsedOutputs(text: string, source: string): object {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null) return parsed;
  } catch {
    // The parser's message would repeat a part of the text.
  }
  throw new InputError(
    finding(
      "outputs-not-json",
      `The outputs of ${source} are not a JSON object.`,
      'Give what "terraform output -json" prints.',
    ),
  );
}

/** The outputs of each stack: `{ name: { value } }` as Terraform writes them, or `{ stack: { name } }` as cdktf does. */
function textOutputs(parsed: object): Outputs[] {
  const ofTerraform = new Map<string, string>();
  const stacks: Outputs[] = [ofTerraform];
  for (const [name, output] of Object.entries(parsed)) {
    if (typeof output !== "object" || output === null) continue;
    if ("value" in output && "type" in output) ofTerraform.set(name, textOf(output.value));
    else stacks.push(new Map(Object.entries(output).map(([each, value]) => [each, textOf(value)])));
  }
  return stacks;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
