import { execFileSync } from "child_process";
import { readFileSync, rmSync, writeFileSync } from "fs";
import { join } from "path";
import { Format, transformSync } from "esbuild";
import { MODULES_OF_QUICKSTART } from "../helpers/modules-of-quickstart";
import { PACKED } from "./pack";

/*
 * What the packed file loads in an app: counted, since times differ from machine to machine.
 */

const NAME = "cdktf-secure-apim-backend";
const files: string[] = [];

afterAll(() => files.forEach((file) => rmSync(file)));

/** The modules that a program loads, by the beginning of what is behind `node_modules`. */
function loaded(name: string, program: string): string[] {
  const file = join(PACKED, name);
  files.push(file);
  writeFileSync(file, program);
  const output = execFileSync(process.execPath, [file], { cwd: PACKED, encoding: "utf8" });
  return (JSON.parse(output) as string[]).map((path) => path.replaceAll("\\", "/").replace(/^.*\/node_modules\//, ""));
}

const own = (modules: readonly string[]): string[] => modules.filter((path) => path.startsWith(`${NAME}/`)).sort();
const ofProviders = (modules: readonly string[]): string[] =>
  modules.filter((path) => path.startsWith("@cdktf/")).sort();

const LOADED = "console.log(JSON.stringify(Object.keys(require.cache)));";
const ES_REQUIRE = 'import { createRequire } from "module"; const require = createRequire(import.meta.url);';
const OWN = [`${NAME}/build/bundle/library.js`, `${NAME}/build/index.js`];

test("requiring the package loads two files of it, and none of a provider or of the framework", () => {
  const modules = loaded("require.cjs", `require("${NAME}"); ${LOADED}`);
  expect(own(modules)).toEqual(OWN);
  expect(modules.filter((path) => /^(cdktf|constructs|@cdktf)\//.test(path))).toEqual([]);
});

test("importing all of it in an ES module loads no more of it, and nothing of a provider", () => {
  const modules = loaded("import.mjs", `import * as all from "${NAME}"; ${ES_REQUIRE} ${LOADED} all.Backend;`);
  expect(own(modules)).toEqual(OWN);
  expect(ofProviders(modules)).toEqual([]);
});

test("an ES module can import by name what CommonJS can require", () => {
  const names = loaded("names.cjs", `console.log(JSON.stringify(Object.keys(require("${NAME}")).sort()));`);
  expect(names.length).toBeGreaterThan(70);
  const program = `import { ${names.join(", ")} } from "${NAME}"; console.log(JSON.stringify(Object.keys({ ${names.join(", ")} })));`;
  expect(loaded("names.mjs", program)).toEqual(names);
});

test("an app with one backend loads the modules of its resources, and no others", () => {
  const program = `
    const { App, TerraformStack } = require("cdktf");
    const { Audience, ApimGateway, Backend, SecureApimBackend } = require("${NAME}");
    const stack = new TerraformStack(new App(), "app");
    const gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
    const backend = Backend.url("https://orders.contoso.com", Audience.clientId("11111111-2222-3333-4444-555555555555"));
    new SecureApimBackend(stack, "Orders", { gateway, backend });
    ${LOADED}`;
  const modules = loaded("one.cjs", program);
  expect(own(modules)).toEqual(OWN);
  expect(ofProviders(modules)).toEqual([
    "@cdktf/provider-azurerm/lib/api-management-api-operation/index.js",
    "@cdktf/provider-azurerm/lib/api-management-api-policy/index.js",
    "@cdktf/provider-azurerm/lib/api-management-api/index.js",
    "@cdktf/provider-azurerm/lib/api-management-backend/index.js",
    "@cdktf/provider-azurerm/lib/data-azurerm-api-management/index.js",
  ]);
});

/** The quickstart as a program, which imports files of providers: an ES module imports no folders. */
function quickstart(format: Format): string {
  const example = readFileSync(join(__dirname, "..", "..", "examples", "quickstart.ts"), "utf8");
  const program = `import { App } from "cdktf"; ${example} const app = new App(); new Quickstart(app, "quickstart"); app.synth();`;
  const { code } = transformSync(program, { loader: "ts", format });
  return code.replace(/"(@cdktf\/provider-[^"]*)"/g, '"$1/index.js"');
}

test.each<[string, string, Format, string]>([
  ["CommonJS", "quickstart.cjs", "cjs", ""],
  ["an ES module", "quickstart.mjs", "esm", ES_REQUIRE],
])("the quickstart as %s loads the modules of its resources, and no others", (_, name, format, begin) => {
  const modules = loaded(name, `${begin} ${quickstart(format)} ${LOADED}`);
  expect(own(modules)).toEqual(OWN);
  const named = ofProviders(modules).map((path) => path.replace(/^@cdktf\/provider-(.*)\/index\.js$/, "$1"));
  expect(named.sort()).toEqual(MODULES_OF_QUICKSTART);
});

test("an error shows the line of the app, and no line of the package", () => {
  const file = join(PACKED, "mistake.cjs");
  files.push(file);
  writeFileSync(
    file,
    `const { PolicyDocument } = require("${NAME}");
try {
  PolicyDocument.fromXml("<policies>");
} catch (error) {
  console.log(error.stack);
}
`,
  );
  const stack = execFileSync(process.execPath, [file], { cwd: PACKED, encoding: "utf8" });
  const frames = stack.split("\n").filter((line) => line.trim().startsWith("at "));
  expect(frames[0]).toContain("mistake.cjs:3:18");
  expect(frames.filter((frame) => frame.includes("library.js"))).toEqual([]);
});

test("the lines of the bundled file are short: Node.js prints the one that an error comes from", () => {
  const lines = readFileSync(join(PACKED, "node_modules", OWN[0]), "utf8").split("\n");
  const long = lines.filter((line) => line.length > 400);
  expect(long).toEqual([]);
});
