import { existsSync, readFileSync } from "fs";
import { join } from "path";
import { CACHE, folderOf, terraform, withProviders } from "../examples/stack";
import { runTests } from "../examples/tftest";

/* The examples as `cdktf synth --hcl` writes them: the way from cdktf to Terraform that HashiCorp names. */

const EXAMPLES = join(__dirname, "..", "..", "..", "examples");
const stacks = Object.keys(JSON.parse(readFileSync(join(CACHE, "manifest.json"), "utf8")).stacks);

/** What Terraform refuses, and why. Each is in docs/guides/hcl.md, with what to edit. */
const REFUSED: Readonly<Record<string, string>> = {};

/** What Terraform says against a stack. */
function errorsOf(stack: string): string {
  const init = terraform(stack, "init", "-backend=false", "-input=false");
  if (init.status !== 0) return init.stderr;
  const validate = terraform(stack, "validate");
  return validate.status === 0 ? "" : validate.stderr;
}

withProviders("Terraform takes the HCL of the examples", () => {
  const refused: Record<string, string> = {};

  test.each(stacks)("%s", (stack) => {
    expect(existsSync(join(folderOf(stack), "cdk.tf"))).toBe(true);
    expect(existsSync(join(folderOf(stack), "cdk.tf.json"))).toBe(false);
    const errors = errorsOf(stack);
    if (errors !== "") refused[stack] = errors;
    expect(errors).toEqual(REFUSED[stack] === undefined ? "" : expect.stringContaining(REFUSED[stack]));
  });

  afterAll(() => {
    const taken = stacks.length - Object.keys(refused).length;
    process.stdout.write(`HCL that terraform init and validate take ${taken}/${stacks.length}\n`);
  });

  // The values are those of the JSON, and so are the conditions: the same tests pass.
  const tested = process.env.HCL_TESTS === "all" ? stacks : ["quickstart", "existing-api", "merged-policy"];
  test.each(tested)("the test beside %s passes", async (stack) => {
    expect((await runTests(join(EXAMPLES, `${stack}.tftest.hcl`), stack)).errors).toEqual([]);
  });
});
