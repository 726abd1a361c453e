import { spawnSync } from "child_process";
import { readdirSync, readFileSync } from "fs";
import { join } from "path";
import { CACHE, init, terraform, withProviders } from "./stack";

const EXAMPLES = join(__dirname, "..", "..", "..", "examples");
const stacks = Object.keys(JSON.parse(readFileSync(join(CACHE, "manifest.json"), "utf8")).stacks);

withProviders("Terraform", () => {
  test.each(stacks)("validates %s", (stack) => {
    init(stack);
    expect(terraform(stack, "validate").stderr).toBe("");
  });

  test("would format none of the tests otherwise (terraform fmt -recursive examples)", () => {
    const { stdout } = spawnSync("terraform", ["fmt", "-check", "-recursive", EXAMPLES], { encoding: "utf8" });
    expect(stdout).toBe("");
  });
});

test("there is a Terraform test beside each example", () => {
  const tested = readdirSync(EXAMPLES).filter((file) => file.endsWith(".tftest.hcl"));
  expect(tested).toEqual(stacks.map((stack) => `${stack}.tftest.hcl`).sort());
});
