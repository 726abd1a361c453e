/*
 * How long Terraform takes to validate what was synthesized from OpenAPI documents and a policy, beyond what it takes for the same stack
 * without them. Needs Terraform, and the providers that `terraform init` installs.
 */
import { spawnSync } from "child_process";
import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { ApiSurface, PolicyDocument, SecureApimBackendProps } from "cdktf-secure-apim-backend";
import { thingsAsJson, thingsAsYaml } from "./documents";
import { milliseconds } from "./measure";
import { synthesizeApi } from "./one-api";
import { median, Part, Row } from "./table";

const ROUNDS = 3;

/** At most so many seconds for a document of 1 MB. */
const TARGET = 1;

const TITLE = "terraform validate, beyond a stack without the document (clock)";

export function terraform(): Part[] {
  const nothing = (why: string): Part[] => [{ title: TITLE, rows: [], notes: [why] }];
  if (spawnSync("terraform", ["version"]).status !== 0) return nothing("Terraform is not installed.");
  const directory = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const problem = problemOf(synthesizeApi(join(directory, "nothing"), {}), "init", "-backend=false");
    if (problem !== undefined) return nothing(`terraform init cannot install the providers:${inOneLine(problem)}`);
    const without = validation(directory, "nothing", {});
    const added = (what: string, props: Partial<SecureApimBackendProps>, target?: number): Row => {
      const name = what.replace(/\W+/g, "-");
      return { what, unit: "s", library: validation(directory, name, props) - without, target };
    };
    const openApi = [1_000, 100_000, 1_000_000, 3_900_000].flatMap((bytes) =>
      Object.entries({ json: thingsAsJson, yaml: thingsAsYaml }).map(([format, write]): Row => {
        const text = write(bytes);
        const file = join(directory, `${bytes}.${format}`);
        writeFileSync(file, text);
        const surface = ApiSurface.openApiFile(file);
        return added(`OpenAPI in ${format}, ${sizeOf(text)}`, { surface }, bytes === 1_000_000 ? TARGET : undefined);
      }),
    );
    const text = policyOf(2000);
    const policy = added(`a policy, ${sizeOf(text)}`, { policy: PolicyDocument.fromXml(text) });
    const notes = [`The stack without takes ${without.toFixed(2)} s.`];
    return [{ title: TITLE, rows: [...openApi, policy], notes }];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function sizeOf(text: string): string {
  return `${Math.round(text.length / 1000)} KB in ${text.split("\n").length} lines`;
}

function policyOf(headers: number): string {
  const header =
    '    <set-header name="X-Thing" exists-action="override"><value>a value of a header</value></set-header>\n';
  return `<policies>\n  <inbound>\n    <base />\n${header.repeat(headers)}  </inbound>\n</policies>\n`;
}

/** What Terraform says of a stack, if it fails. */
function problemOf(stack: string, ...args: string[]): string | undefined {
  const { status, stderr, error } = spawnSync("terraform", [`-chdir=${stack}`, ...args, "-no-color"], {
    encoding: "utf8",
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
  });
  return status === 0 ? undefined : (error?.message ?? stderr);
}

function run(stack: string, ...args: string[]): void {
  const problem = problemOf(stack, ...args);
  if (problem !== undefined) throw new Error(problem);
}

function inOneLine(text: string): string {
  return text.replace(/[\s│╷╵]+/g, " ");
}

/** Seconds that `terraform validate` takes for the stack, which is initialized before. */
function validation(directory: string, name: string, props: Partial<SecureApimBackendProps>): number {
  const stack = synthesizeApi(join(directory, name), props);
  run(stack, "init", "-backend=false");
  return median(Array.from({ length: ROUNDS }, () => milliseconds(() => run(stack, "validate")))) / 1000;
}
