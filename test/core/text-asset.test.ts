import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { App, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { TextAsset } from "../../lib/core/text-asset";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "text-asset-"));
});

afterEach(() => rmSync(directory, { recursive: true }));

function synthesize(text: string, stacks = ["app"]): void {
  const app = new App({ outdir: directory });
  for (const name of stacks) {
    const stack = new TerraformStack(app, name);
    const { expression } = new TextAsset(stack, "Text", "text.txt", text);
    new TerraformOutput(stack, "text", { value: expression });
  }
  app.synth();
}

const assets = (stack: string): string => join(directory, "stacks", stack, "assets");

test("a text is beside the configuration of its stack, whose expression names it", () => {
  synthesize("a ${b} %{c} #{TfToken[TOKEN.0]}\r\n", ["one", "two"]);
  for (const stack of ["one", "two"]) {
    expect(readFileSync(join(assets(stack), "Text", "text.txt"), "utf8")).toBe("a ${b} %{c} #{TfToken[TOKEN.0]}\r\n");
    const json = JSON.parse(readFileSync(join(assets(stack), "..", "cdk.tf.json"), "utf8"));
    expect(json.output.text.value).toBe('${file("${path.module}/assets/Text/text.txt")}');
  }
});

test("a later synthesis replaces the text, and nothing is left of the earlier one", () => {
  synthesize("one");
  synthesize("two");
  expect(readFileSync(join(assets("app"), "Text", "text.txt"), "utf8")).toBe("two");
  expect(readdirSync(assets("app"))).toEqual(["Text"]);
});

test("nothing is written before the app is synthesized", () => {
  const stack = new TerraformStack(new App({ outdir: directory }), "app");
  new TextAsset(stack, "Text", "text.txt", "a");
  Testing.synth(stack);
  expect(existsSync(assets("app"))).toBe(false);
});
