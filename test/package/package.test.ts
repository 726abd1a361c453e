import { execFileSync } from "child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { tarball } from "./pack";

/*
 * The packed file, as users install it: into an empty directory, beside its peers. `test/cdktn` has those of CDK Terrain.
 */

const ROOT = join(__dirname, "..", "..");
const NAME = "cdktf-secure-apim-backend";
const PROVIDERS = ["@cdktf/provider-azurerm@14.23.1", "@cdktf/provider-azuread@14.3.1"];
const TOOLS = ["typescript@5.9", "@types/node@20"];

const directories: string[] = [];

function emptyDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "package-")));
  directories.push(directory);
  return directory;
}

function run(directory: string, command: string, ...args: string[]): string {
  const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
  return execFileSync(command, args, { cwd: directory, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

function installed(...peers: string[]): string {
  const directory = emptyDirectory();
  writeFileSync(join(directory, "package.json"), JSON.stringify({ name: "app", version: "1.0.0", private: true }));
  run(directory, "npm", "install", "--no-audit", "--no-fund", "--prefer-offline", tarball(), ...peers, ...TOOLS);
  return directory;
}

/** What a command says that fails; nothing where it does not. */
function failure(directory: string, command: string, ...args: string[]): string {
  try {
    run(directory, command, ...args);
    return "";
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return `${stdout}${stderr}` || String(error);
  }
}

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** The statement of the README, in the given way of importing. */
function app(imports: string, marker: string): string {
  return `${imports}
const app = new App();
const stack = new TerraformStack(app, "app");
new AzurermProvider(stack, "azurerm", { features: [{ storage: [{ dataPlaneAvailable: false }] }], storageUseAzuread: true });
new AzureadProvider(stack, "azuread");
const resourceGroup = { name: "rg-orders", location: "westeurope" };
const gateway = new ApimGateway(stack, "Gateway", { resourceGroup, publisherName: "Contoso", publisherEmail: "api@contoso.com" });
new SecureApimBackend(stack, "Orders", { gateway, backend: Backend.functionApp({ resourceGroup, runtime: AppRuntime.node("22") }) });
app.synth();
console.log("${marker}");
`;
}

const OURS = "ApimGateway, AppRuntime, Backend, SecureApimBackend";
const ES_IMPORTS = (suffix: string): string => `import { App, TerraformStack } from "cdktf";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider${suffix}";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider${suffix}";
import { ${OURS} } from "${NAME}";`;
const COMMONJS_IMPORTS = `const { App, TerraformStack } = require("cdktf");
const { AzureadProvider } = require("@cdktf/provider-azuread/lib/provider");
const { AzurermProvider } = require("@cdktf/provider-azurerm/lib/provider");
const { ${OURS} } = require("${NAME}");`;

/** The policy in the JSON that an app wrote. */
function policyIn(directory: string): string {
  const json = JSON.parse(readFileSync(join(directory, "cdktf.out", "stacks", "app", "cdk.tf.json"), "utf8"));
  rmSync(join(directory, "cdktf.out"), { recursive: true });
  const [policy] = Object.values<{ xml_content: string }>(json.resource.azurerm_api_management_api_policy);
  return policy.xml_content;
}

afterAll(() => directories.forEach((directory) => rmSync(directory, { recursive: true, force: true })));

test("the packed file holds the compiled library, its types, README and licence, and no tests or examples", () => {
  const files = run(ROOT, "tar", "-tzf", tarball())
    .split("\n")
    .filter(Boolean)
    .map((file) => file.replace(/^package\//, ""));
  expect(files).toEqual(
    expect.arrayContaining([
      "package.json",
      "README.md",
      "LICENSE",
      "THIRD-PARTY-NOTICES.txt",
      ".jsii",
      "build/index.js",
      "build/index.d.ts",
    ]),
  );
  const [bundled, own] = [true, false].map((is) => files.filter((file) => file.startsWith("node_modules/") === is));
  expect([...new Set(bundled.map((file) => file.split("/")[1]))].sort()).toEqual(["@hpcc-js", "argparse", "js-yaml"]);
  expect(own.filter((file) => !/^(build\/.+\.(js|d\.ts)|[^/]+)$/.test(file))).toEqual([]);
  expect(own.filter((file) => /test|examples|main\.ts|tsbuildinfo|tsconfig|jest/.test(file))).toEqual([]);
});

describe("installed beside cdktf", () => {
  let directory: string;

  beforeAll(() => {
    directory = installed("cdktf@0.21.0", "constructs@10.4.2", ...PROVIDERS);
  });

  test("beside its peers come the YAML parser and Graphviz, which are packed with it, and nothing else", () => {
    const { dependencies } = JSON.parse(readFileSync(join(directory, "node_modules", NAME, "package.json"), "utf8"));
    expect(Object.keys(dependencies)).toEqual(["@hpcc-js/wasm-graphviz", "js-yaml"]);
    expect(existsSync(join(directory, "node_modules", NAME, "node_modules", "js-yaml", "package.json"))).toBe(true);
  });

  test("it synthesizes a stack written in TypeScript", () => {
    writeFileSync(join(directory, "main.ts"), app(ES_IMPORTS(""), "typescript"));
    run(directory, "npx", "tsc", "--strict", "--module", "commonjs", "--target", "es2022", "--skipLibCheck", "main.ts");
    expect(run(directory, "node", "main.js")).toBe("typescript\n");
    expect(policyIn(directory)).toContain("<authentication-managed-identity ");
  });

  test("it synthesizes a stack written in CommonJS JavaScript", () => {
    writeFileSync(join(directory, "main.cjs"), app(COMMONJS_IMPORTS, "commonjs"));
    expect(run(directory, "node", "main.cjs")).toBe("commonjs\n");
    expect(policyIn(directory)).toContain("<authentication-managed-identity ");
  });

  test("it synthesizes a stack written as an ES module", () => {
    writeFileSync(join(directory, "main.mjs"), app(ES_IMPORTS("/index.js"), "es module"));
    expect(run(directory, "node", "main.mjs")).toBe("es module\n");
    expect(policyIn(directory)).toContain("<authentication-managed-identity ");
  });

  test("it reads an OpenAPI file in YAML", () => {
    const document = ["openapi: 3.0.3", "info: { title: Orders }", "paths: { /orders: { get: { responses: {} } } }"];
    writeFileSync(join(directory, "orders.yaml"), document.join("\n"));
    const surface = 'ApiSurface.openApiFile("orders.yaml").bind(new TerraformStack(new App(), "app"), {})';
    const script = `const { App, TerraformStack } = require("cdktf"); const { ApiSurface } = require("${NAME}");
      try { ${surface}; } catch (error) { console.log(error.message); }`;
    const said = run(directory, "node", "-e", script);
    expect(said).toContain("- orders.yaml:2:1 info has no version.");
    expect(said).toContain("(open-api-refused)");
  });

  test("its command says what would become of a policy document", () => {
    writeFileSync(
      join(directory, "orders.xml"),
      '<policies><inbound><base /><set-variable name="a" value="@(c["d"])" /></inbound></policies>',
    );
    expect(run(directory, "npx", "--no-install", NAME, "policy", "check", "orders.xml")).toBe(
      `orders.xml: can be merged
  size 1.0 KiB merged, 0.1 KiB now, of at most 256.0 KiB (16.0 KiB on Consumption)
  inserts at 1:28 <set-header> <set-header> <set-header> <set-header>
  inserts at 1:71 <set-header> <set-query-parameter> <set-backend-service> <authentication-managed-identity>
1 can be merged, 0 with conflicts, 0 cannot be read.
`,
    );
  });

  test("only its entry point can be imported", () => {
    const script = `require("${NAME}"); require("${NAME}/build/core/names")`;
    expect(failure(directory, "node", "-e", script)).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  test("requiring it loads no provider barrel", () => {
    const script = `require("${NAME}"); console.log(Object.keys(require.cache).filter((f) => /provider-\\w+.lib.index.js$/.test(f)).length)`;
    expect(run(directory, "node", "-e", script)).toBe("0\n");
  });
});

test("what breaks users in the public API is found, beside an earlier release", () => {
  expect(run(ROOT, "node", "tools/release/api-diff.mjs", tarball())).toBe(
    `Comparing the public API with ${tarball()}\n`,
  );
  const earlier = emptyDirectory();
  run(ROOT, "tar", "-xzf", tarball(), "-C", earlier, "--strip-components=1");
  const file = join(earlier, ".jsii");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll("SecurePolicyFragment", "SecurePolicyPart"));
  const broken = failure(ROOT, "node", "tools/release/api-diff.mjs", earlier);
  expect(broken).toContain("SecurePolicyPart");
  expect(broken).toContain("add its key to tools/release/accepted-api-changes.txt");
});

test("the API reference is what the tool writes of this version: npm run docs", () => {
  const file = join(emptyDirectory(), "API.md");
  run(ROOT, "node", "tools/site/api-reference.mjs", file);
  expect(readFileSync(file, "utf8")).toBe(read("docs/api/API.md"));
});

describe("in an app that cdktf init made", () => {
  const TEMPLATE = join(ROOT, "node_modules", "cdktf-cli", "bundle", "templates", "typescript");
  const main = read("README.md").match(/```ts\n(import [\s\S]*?)```/)?.[1] ?? "";
  let directory: string;

  beforeAll(() => {
    directory = installed("cdktf@0.21.0", "constructs@10.4.2", "ts-node@10", ...PROVIDERS);
    writeFileSync(join(directory, "main.ts"), main);
    writeFileSync(join(directory, "tsconfig.json"), readFileSync(join(TEMPLATE, "tsconfig.json")));
    const settings = {
      language: "typescript",
      app: "npx ts-node main.ts",
      projectId: "orders",
      sendCrashReports: "false",
    };
    writeFileSync(join(directory, "cdktf.json"), JSON.stringify(settings));
  });

  test("README's main.ts synthesizes without an edit", () => {
    run(directory, join(ROOT, "node_modules", ".bin", "cdktf"), "synth");
    const json = JSON.parse(readFileSync(join(directory, "cdktf.out", "stacks", "orders", "cdk.tf.json"), "utf8"));
    expect(Object.keys(json.resource)).toContain("azurerm_api_management_api_policy");
    expect(json.output).toHaveProperty("api_url");
  });

  test.each([
    ["strict, without skipLibCheck and with exactOptionalPropertyTypes", ["--module", "commonjs"]],
    ["as a module of Node.js", ["--module", "node16"]],
    ["for a bundler", ["--module", "esnext", "--moduleResolution", "bundler"]],
  ])("README's main.ts compiles %s", (_, options) => {
    const strict = [
      "--strict",
      "--exactOptionalPropertyTypes",
      "--skipLibCheck",
      "false",
      "--target",
      "es2022",
      "--noEmit",
    ];
    expect(failure(directory, "npx", "tsc", ...strict, ...options, "main.ts")).toBe("");
  });
});
