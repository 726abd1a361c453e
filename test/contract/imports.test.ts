import { execFileSync } from "child_process";
import { join } from "path";
import { MODULES_OF_QUICKSTART } from "../helpers/modules-of-quickstart";

const ROOT = join(__dirname, "..", "..");

interface Process {
  /** The files that it loaded, by the beginning of what is behind `node_modules`. */
  readonly files: string[];
  /** The modules of Node.js that it loaded. */
  readonly builtIn: string[];
  /** The value of `result` after the statements. */
  readonly result: unknown;
}

function processOf(statements: string): Process {
  const script = `
    require("tsx/cjs");
    let result;
    ${statements}
    const builtIn = process.moduleLoadList.flatMap((each) => each.startsWith("NativeModule ") ? each.slice(13) : []);
    console.log(JSON.stringify({ files: Object.keys(require.cache), builtIn, result }));
  `;
  const { files, builtIn, result }: Process = JSON.parse(
    execFileSync(process.execPath, ["-e", script], { cwd: ROOT, encoding: "utf8" }),
  );
  return { files: files.map((file) => file.replaceAll("\\", "/").replace(/^.*\/node_modules\//, "")), builtIn, result };
}

/** The files that are loaded after the statements. */
function loaded(statements: string): string[] {
  return processOf(statements).files;
}

/** The modules of providers among files, such as `azurerm/lib/role-assignment`. */
function ofProviders(files: readonly string[]): string[] {
  return files.flatMap((file) => /^@cdktf\/provider-(.*)\/index\.js$/.exec(file)?.[1] ?? []).sort();
}

const PARSER = /^js-yaml\//;

test("requiring the package loads nothing of a provider, and no parser that most apps do not need", () => {
  const files = loaded('require("./lib/index.ts");');
  expect(ofProviders(files)).toEqual([]);
  expect(files.filter((file) => PARSER.test(file))).toEqual([]);
});

test("requiring the package loads no more modules of Node.js than its peers", () => {
  const { builtIn: ofPeers } = processOf('require("cdktf"); require("constructs");');
  const { builtIn } = processOf('require("./lib/index.ts");');
  expect(builtIn.filter((name) => !/^internal\//.test(name) && !ofPeers.includes(name))).toEqual([]);
});

test("requiring the package loads neither the report nor the command line", () => {
  const files = loaded('require("./lib/index.ts");');
  expect(files.filter((file) => /\/lib\/(?:report|cli)\//.test(file))).toEqual([]);
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

/** What an example wrote, by the types of its blocks. */
type Written = Readonly<Record<"provider" | "resource" | "data", Readonly<Record<string, unknown>> | undefined>>;

/** Synthesizes an example, and makes its JSON the result. */
function synthesized(file: string, name: string): string {
  return `
    const { Testing } = require("cdktf");
    const { ${name} } = require("./examples/${file}.ts");
    result = JSON.parse(Testing.synth(new ${name}(Testing.app(), "app"), true));
  `;
}

/** The modules of providers that an app by hand would import for the same JSON. */
function modulesFor({ provider = {}, resource = {}, data = {} }: Written): string[] {
  const kebab = (text: string): string => text.replaceAll("_", "-");
  const moduleOf = (type: string, prefix = ""): string[] => {
    const [, owner, name] = /^(azurerm|azuread)_(.*)$/.exec(type) ?? [];
    return owner === undefined ? [] : [`${owner}/lib/${prefix && `${prefix}${owner}-`}${kebab(name)}`];
  };
  return [
    ...Object.keys(provider)
      .filter((name) => /^azure(rm|ad)$/.test(name))
      .map((name) => `${name}/lib/provider`),
    ...Object.keys(resource).flatMap((type) => moduleOf(type)),
    ...Object.keys(data).flatMap((type) => moduleOf(type, "data-")),
  ].sort();
}

test("the quickstart loads these modules of providers, and no parser", () => {
  const { files } = processOf(synthesized("quickstart", "Quickstart"));
  expect(files.filter((file) => PARSER.test(file))).toEqual([]);
  expect(ofProviders(files)).toEqual(MODULES_OF_QUICKSTART);
});

test.each([
  ["existing-api", "ExistingApiStack"],
  ["network-lockdown", "NetworkLockdown"],
  ["container-app", "ContainerAppStack"],
  ["consumers", "Consumers"],
])("%s loads the modules of the resources that it writes, and no others", (file, name) => {
  const { files, result } = processOf(synthesized(file, name));
  expect(ofProviders(files)).toEqual(modulesFor(result as Written));
});
