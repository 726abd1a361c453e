import { execFileSync } from "child_process";
import { join } from "path";

const ROOT = join(__dirname, "..", "..");

/** The files that are loaded after the statements, by the beginning of what is behind `node_modules`. */
function loaded(statements: string): string[] {
  const script = `
    require("tsx/cjs");
    ${statements}
    console.log(JSON.stringify(Object.keys(require.cache)));
  `;
  const files = execFileSync(process.execPath, ["-e", script], { cwd: ROOT, encoding: "utf8" });
  return (JSON.parse(files) as string[]).map((file) => file.replaceAll("\\", "/").replace(/^.*\/node_modules\//, ""));
}

const PARSER = /^js-yaml\//;

test("requiring the package loads no provider barrel, and no parser that most apps do not need", () => {
  const files = loaded('require("./lib/index.ts");');
  expect(files.filter((file) => /^@cdktf\/provider-(azurerm|azuread)\/lib\/index\.js$/.test(file))).toEqual([]);
  expect(files.filter((file) => PARSER.test(file))).toEqual([]);
});

test("the command loads neither cdktf nor a parser", () => {
  const files = loaded(
    'require("./lib/cli/run.ts"); require("./lib/cli/policy/policy.ts"); require("./lib/cli/verify/verify.ts");',
  );
  expect(files.filter((file) => PARSER.test(file) || /^cdktf\//.test(file))).toEqual([]);
});

test("a command loads only itself", () => {
  const files = loaded('require("./lib/cli/run.ts");');
  expect(files.filter((file) => /\/lib\/(policy|rules|cli\/verify)\//.test(file))).toEqual([]);
});

test("an OpenAPI file in YAML loads the parser", () => {
  const reading = `
    const { readOpenApi } = require("./lib/api/open-api/document.ts");
    readOpenApi({ node: { path: "app" } }, "test/api/open-api/orders.yaml");
  `;
  expect(loaded(reading).some((file) => PARSER.test(file))).toBe(true);
});
