import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "fs";
import { join } from "path";
import { toMatchFile } from "jest-file-snapshot";
import { stringify } from "yaml";
import { differences } from "./differences";
import {
  emptyFolder,
  filesOf,
  install,
  packed,
  packedPeer,
  providersOf,
  removeFolders,
  Rewrite,
  ROOT,
  run,
  stacksOf,
  synthesized,
  synthesizedHcl,
  writeExamples,
  writeManifest,
} from "./app";

/*
 * Each package in an app of CDK Terrain, installed by npm without a flag. The reference is what the examples write on CDK for Terraform.
 */

expect.extend({ toMatchFile });

const NAME = "cdktf-secure-apim-backend";
const NAME_OF_TERRAIN = "cdktn-secure-apim-backend";
const TERRAIN = { cdktn: "0.24.0", constructs: "10.7.2" };

/** The app of the examples on CDK for Terraform, below the repository, so that the peers are those of the tests. */
const cdktf = join(realpathSync(join(ROOT, "node_modules")), ".cache", "cdktf-examples");

let reference: Record<string, unknown>;
let library: string;

beforeAll(() => {
  if (!existsSync(join(ROOT, "build", "index.js"))) throw new Error("Nothing is built. Run npm run build.");
  library = packed(ROOT);
  const installed = join(cdktf, "node_modules", NAME);
  rmSync(cdktf, { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  run(cdktf, "tar", "-xzf", library, "-C", installed, "--strip-components=1");
  writeExamples(cdktf, (_, text) => text);
  reference = synthesized(cdktf);
});

afterAll(removeFolders);

/** The imports of an app that begins on CDK Terrain. */
const onTerrain: Rewrite = (_, text) => text.replaceAll('from "cdktf"', 'from "cdktn"');
const withBindings: Rewrite = (_, text) => text.replaceAll('"@cdktf/provider-', '"@cdktn/provider-');
const withPackage: Rewrite = (_, text) => text.replaceAll(`"${NAME}"`, `"${NAME_OF_TERRAIN}"`);

/** Compares each example with what it is on CDK for Terraform, and says how many are equal. */
function expectEqual(files: Record<string, unknown>, on: string): void {
  const stacks = stacksOf(reference);
  const equal = stacks.filter((stack) => differences(filesOf(stack, reference), filesOf(stack, files)).length === 0);
  process.stdout.write(`examples equal on CDKTF and CDK Terrain ${equal.length}/${stacks.length} (${on})\n`);
  expect(stacksOf(files)).toEqual(stacks);
  for (const stack of stacks) expect(filesOf(stack, files)).toEqual(filesOf(stack, reference));
}

describe("cdktf-secure-apim-backend in an app of CDK Terrain", () => {
  const bindings = { "@cdktf/provider-azurerm": "14.23.1", "@cdktf/provider-azuread": "14.3.1" };
  let folder: string;
  let said: string;

  beforeAll(() => {
    folder = emptyFolder();
    install(folder, { dependencies: { ...TERRAIN, ...bindings, [NAME]: library } });
    writeExamples(folder, onTerrain);
    said = run(folder, process.execPath, "main.js").said;
  });

  test("npm installs cdktf beside it, and the first construct says what to paste", () => {
    expect(existsSync(join(folder, "node_modules", "cdktf"))).toBe(true);
    expect(said).toContain("The stack is of CDK Terrain (cdktn), but cdktf-secure-apim-backend uses cdktf.");
    expect(said).toContain("(stack-of-cdk-terrain)");
  });

  describe("with the block of the message", () => {
    beforeAll(() => {
      const block = JSON.parse(`{${said.match(/npm: +(.+)/)![1]}}`);
      install(folder, { dependencies: { ...TERRAIN, ...bindings, [NAME]: library }, ...block });
    });

    // npm installs a copy for each name, and the aspects of one are lost on the other.
    test("an app that still imports cdktn gets the message again", () => {
      expect(run(folder, process.execPath, "main.js").said).toContain("(stack-of-cdk-terrain)");
    });

    test("and so does one of which an aspect is still of cdktn", () => {
      writeFileSync(join(folder, "half.js"), HALF_MOVED);
      expect(run(folder, process.execPath, "half.js").said).toContain(
        "[app] The class Aspects is of another copy of cdktf than the one that the library uses.",
      );
    });

    test("and with imports of cdktf, the examples are those of CDKTF", () => {
      writeExamples(folder, (_, text) => text);
      expectEqual(synthesized(folder), "cdktf as an alias");
    });

    test("the framework captures no creation stack while a constructor runs", () => {
      expect(capturesOf(folder, "cdktf", NAME)).toBe("0 unless the context keeps them\n");
    });
  });

  test.each([
    ["pnpm@9", "install"],
    ["pnpm@12", "install"],
    ["yarn@1", "install", "--ignore-engines", "--non-interactive"],
  ])("with the block of the guide for %s", (manager, ...options) => {
    const app = emptyFolder();
    const { dependencies } = documented("alias");
    writeManifest(app, { dependencies: { ...TERRAIN, ...bindings, ...dependencies, [NAME]: `file:${library}` } });
    const { failed, said: why } = run(app, "npx", "--yes", manager, ...options);
    if (failed && /E404|ENOTFOUND/.test(why)) return void process.stdout.write(`skipped: ${manager}, for lack of it\n`);
    expect([failed, why]).toEqual([false, expect.anything()]);
    writeExamples(app, (_, text) => text);
    expectEqual(synthesized(app), `${manager}, cdktf as an alias`);
  });

  test("with the bindings of CDK Terrain in place of provider-azurerm, too", () => {
    const { overrides, dependencies } = documented("bindings");
    install(folder, { dependencies: { ...dependencies, [NAME]: library }, overrides });
    writeExamples(folder, (_, text) => text);
    expectEqual(synthesized(folder), "cdktf and provider-azurerm as aliases");
    expect(providersOf(folder)).toMatchObject({ azurerm: ["4.73.0"], azuread: ["3.7.0"] });
  });
});

/** A block of the guide: its manifest, without the package itself. */
function documented(title: string): { dependencies: Record<string, string>; overrides: Record<string, string> } {
  const guide = readFileSync(join(ROOT, "docs", "guides", "cdk-terrain.md"), "utf8");
  const block = guide.match(new RegExp(`<!-- ${title} -->\\s+\`\`\`json\\n([^]*?)\`\`\``))?.[1];
  if (block === undefined) throw new Error(`The guide has no block for ${title}.`);
  return JSON.parse(block);
}

describe("cdktn-secure-apim-backend", () => {
  const directory = join(ROOT, "dist", "cdktn");
  const isBuilt = existsSync(join(directory, ".jsii"));
  let terrain: string;

  beforeAll(() => {
    if (isBuilt) terrain = packed(directory);
  });

  /** An app of the examples with these bindings; `undefined` where they cannot be had. */
  function appWith(azurerm: string, azuread: string): string | undefined {
    const [first, second] = [
      packedPeer("@cdktn/provider-azurerm", azurerm),
      packedPeer("@cdktn/provider-azuread", azuread),
    ];
    if (!isBuilt || first === undefined || second === undefined) {
      const missing = isBuilt ? `provider-azurerm ${azurerm} and provider-azuread ${azuread}` : "npm run build:cdktn";
      process.stdout.write(`skipped: ${NAME_OF_TERRAIN}, for lack of ${missing}\n`);
      return undefined;
    }
    const folder = emptyFolder();
    const dependencies = { "@cdktn/provider-azurerm": first, "@cdktn/provider-azuread": second };
    install(folder, { dependencies: { ...TERRAIN, ...dependencies, [NAME_OF_TERRAIN]: terrain } });
    writeExamples(folder, (path, text) => withPackage(path, withBindings(path, onTerrain(path, text))));
    return folder;
  }

  describe("beside the first bindings of its range, of azurerm 4.81", () => {
    let folder: string | undefined;
    beforeAll(() => {
      folder = appWith("17.0.0", "17.0.0");
    });

    test("the examples are those of CDKTF", () => {
      if (folder === undefined) return;
      expectEqual(synthesized(folder), NAME_OF_TERRAIN);
      expect(providersOf(folder)).toMatchObject({ azurerm: ["4.81.0"], azuread: ["3.9.0"] });
      expect(existsSync(join(folder, "node_modules", "cdktf"))).toBe(false);
    });

    test("as HCL, too", () => {
      if (folder === undefined) return;
      const [expected, found] = [synthesizedHcl(cdktf), synthesizedHcl(folder)];
      expect(stacksOf(expected)).toEqual(stacksOf(reference));
      expect(found).toEqual(expected);
    });

    test("the app of its README compiles, and synthesizes", () => {
      if (folder === undefined) return;
      const readme = readFileSync(join(folder, "node_modules", NAME_OF_TERRAIN, "README.md"), "utf8");
      writeFileSync(join(folder, "readme.ts"), readme.match(/```ts\n([^]*?)```/)![1]);
      const options = ["--strict", "--module", "commonjs", "--target", "es2022", "--skipLibCheck", "--types", "node"];
      const roots = ["--typeRoots", join(ROOT, "node_modules", "@types")];
      const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
      expect(run(folder, process.execPath, compiler, ...options, ...roots, "readme.ts").said).toBe("");
      rmSync(join(folder, "cdktf.out"), { recursive: true });
      expect(Object.keys(synthesized(folder, "readme.js"))).toContain("orders/cdk.tf.json");
    });

    test("nothing in it loads cdktf or bindings for it", () => {
      if (folder === undefined) return;
      const build = join(folder, "node_modules", NAME_OF_TERRAIN, "build");
      const files = readdirSync(build, { recursive: true, encoding: "utf8" }).filter((file) =>
        /\.(js|d\.ts)$/.test(file),
      );
      const loads = /(?:require\(|import\(|from )"(?:cdktf["/]|@cdktf\/)/;
      expect(files.length).toBeGreaterThan(100);
      expect(files.filter((file) => loads.test(readFileSync(join(build, file), "utf8")))).toEqual([]);
    });

    test("the framework captures no creation stack while a constructor runs", () => {
      if (folder === undefined) return;
      expect(capturesOf(folder, "cdktn", NAME_OF_TERRAIN)).toBe("0 unless the context keeps them\n");
    });

    test("its command has its name", () => {
      if (folder === undefined) return;
      expect(run(folder, "npx", "--no-install", NAME_OF_TERRAIN, "--help").said).toContain(
        `${NAME_OF_TERRAIN} policy check`,
      );
    });

    test("a stack of cdktf is refused", () => {
      if (folder === undefined) return;
      // Both on one version of constructs, as in an app.
      expect(run(folder, "npm", "install", "--no-save", "--no-audit", "--no-fund", "cdktf@0.21.0").failed).toBe(false);
      const script = `const { App, TerraformStack } = require("cdktf");
        new (require("${NAME_OF_TERRAIN}").AppRegistration)(new TerraformStack(new App(), "app"), "Orders");`;
      const { failed, said } = run(folder, process.execPath, "-e", script);
      expect(failed).toBe(true);
      expect(said).toContain(
        "[app/Orders] The stack is of CDK for Terraform (cdktf), but cdktn-secure-apim-backend uses",
      );
    });
  });

  describe("beside the last bindings of its range, of azurerm 5.10", () => {
    let folder: string | undefined;
    beforeAll(() => {
      folder = appWith("18.9.0", "17.1.0");
    });

    test("the examples differ as it was reviewed", () => {
      if (folder === undefined) return;
      const files = synthesized(folder);
      const found = Object.fromEntries(
        stacksOf(reference)
          .map((stack) => [stack, differences(filesOf(stack, reference), filesOf(stack, files))] as const)
          .filter(([, all]) => all.length > 0),
      );
      const equal = stacksOf(reference).length - Object.keys(found).length;
      process.stdout.write(`examples equal on azurerm 4.55 and 5.10 ${equal}/${stacksOf(reference).length}\n`);
      expect(stringify(found, { lineWidth: 0 })).toMatchFile(join(__dirname, "azurerm-5.yaml"));
      expect(providersOf(folder)).toMatchObject({ azurerm: ["5.10.0"], azuread: ["3.10.0"] });
    });

    test.each([
      ["Microsoft.Web", ""],
      ["Microsoft.Storage", "(subnet-without-service-endpoint)"],
    ])("a subnet with a block for the service endpoint %s can or cannot be a source of calls", (service, refusal) => {
      if (folder === undefined) return;
      writeFileSync(join(folder, "subnet.js"), subnetApp(service));
      const { failed, said } = run(folder, process.execPath, "subnet.js");
      expect(failed).toBe(refusal !== "");
      expect(said).toContain(refusal);
    });
  });
});

/** How many creation stacks the framework captures for a registration, and whether the context of the app keeps them. */
function capturesOf(folder: string, framework: string, name: string): string {
  const script = `const { App, TerraformStack } = require("${framework}");
    let captures = 0;
    require("${framework}/lib/tokens/private/stack-trace").captureCreationStack = () => (captures++, []);
    const counted = (context) => {
      const stack = new TerraformStack(new App({ context }), "app");
      captures = 0;
      new (require("${name}").AppRegistration)(stack, "Orders");
      return captures;
    };
    const kept = counted({ "${name}:creationStacks": true });
    console.log(counted({}) + (kept > 0 ? " unless the context keeps them" : ""));`;
  return run(folder, process.execPath, "-e", script).said;
}

/** An app of which only the stack was moved to the alias. */
const HALF_MOVED = `const { App, TerraformStack } = require("cdktf");
const { Aspects } = require("cdktn");
const { ApimSecurityRules, AppRegistration } = require("${NAME}");
const app = new App({ outdir: "half.out" });
const stack = new TerraformStack(app, "app");
new AppRegistration(stack, "Orders");
Aspects.of(stack).add(new ApimSecurityRules());
app.synth();
`;

/** An app that admits calls from a subnet with a service endpoint, written for azurerm 5. */
function subnetApp(service: string): string {
  return `const { App, TerraformStack } = require("cdktn");
const { AzurermProvider } = require("@cdktn/provider-azurerm/lib/provider");
const { AzureadProvider } = require("@cdktn/provider-azuread/lib/provider");
const { Subnet } = require("@cdktn/provider-azurerm/lib/subnet");
const { ApimGateway, ApimSku, AppRuntime, Backend, GatewayNetwork, NetworkAccess, SecureApimBackend } = require("${NAME_OF_TERRAIN}");
const app = new App({ outdir: "subnet.out" });
const stack = new TerraformStack(app, "app");
new AzurermProvider(stack, "azurerm", { features: [{}] });
new AzureadProvider(stack, "azuread");
const resourceGroup = { name: "rg-orders", location: "westeurope" };
const subnet = new Subnet(stack, "Subnet", {
  name: "apim",
  resourceGroupName: resourceGroup.name,
  virtualNetworkName: "network",
  addressPrefixes: ["10.0.0.0/24"],
  serviceEndpoint: [{ service: "${service}" }],
});
const gateway = new ApimGateway(stack, "Gateway", {
  resourceGroup,
  publisherName: "Contoso",
  publisherEmail: "api@contoso.com",
  sku: ApimSku.DEVELOPER,
  network: GatewayNetwork.external(subnet),
});
const networkAccess = NetworkAccess.fromSubnet(subnet);
new SecureApimBackend(stack, "Orders", {
  gateway,
  backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.node("22"), networkAccess }),
});
app.synth();
`;
}
