import { mkdtempSync, readFileSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, Aspects, TerraformStack } from "cdktf";
import * as constructs from "constructs";
import {
  ApiVersionSet,
  ApimGateway,
  ApimLogger,
  ApimNamedValue,
  ApimProduct,
  ApimSecurityRules,
  ApimTag,
  AppRegistration,
  SecureApimBackend,
  SecurePolicyFragment,
} from "cdktf-secure-apim-backend";
import { GROUP } from "../helpers/synth";
import { refusal } from "../helpers/refusal";

type Framework = typeof import("cdktf");

/** A second copy of cdktf, as a second installation of it would be loaded. */
function secondCopy(): Framework {
  let copy: Framework | undefined;
  jest.isolateModules(() => {
    jest.doMock("constructs", () => constructs);
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- of this registry of modules
    copy = require("cdktf");
  });
  return copy!;
}

/** A copy whose classes have the names that those of CDK Terrain have. */
function cdkTerrain(version = "0.24.0"): Framework {
  const copy = secondCopy();
  const named = Object.entries<unknown>({ ...copy }).filter(([, member]) => typeof member === "function");
  for (const [name, member] of named)
    Reflect.set(Object(member), Symbol.for("jsii.rtti"), { fqn: `cdktn.${name}`, version });
  return copy;
}

/** A stack of a class of the user's. */
function stackOf({ App, TerraformStack }: Framework): InstanceType<Framework["TerraformStack"]> {
  class OrdersStack extends TerraformStack {
    public override prepareStack(): void {
      super.prepareStack();
    }
  }
  return new OrdersStack(new App(), "app");
}

// What is given does not matter: it is looked at afterwards.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const given: any = {};
const props = { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" };

const FIRST: [string, (scope: constructs.IConstruct & InstanceType<Framework["TerraformStack"]>) => unknown][] = [
  ["new ApimGateway", (stack) => new ApimGateway(stack, "First", props)],
  ["ApimGateway.fromLookup", (stack) => ApimGateway.fromLookup(stack, "First", given)],
  ["ApimGateway.fromAttributes", (stack) => ApimGateway.fromAttributes(stack, "First", given)],
  ["ApimGateway.fromApiManagement", (stack) => ApimGateway.fromApiManagement(stack, "First", given, given)],
  ["new AppRegistration", (stack) => new AppRegistration(stack, "First")],
  ["AppRegistration.fromAttributes", (stack) => AppRegistration.fromAttributes(stack, "First", given)],
  ["AppRegistration.fromLookup", (stack) => AppRegistration.fromLookup(stack, "First", given)],
  ["new SecureApimBackend", (stack) => new SecureApimBackend(stack, "First", given)],
  ["new SecurePolicyFragment", (stack) => new SecurePolicyFragment(stack, "First", given)],
  ["new ApiVersionSet", (stack) => new ApiVersionSet(stack, "First", given)],
  ["ApiVersionSet.fromLookup", (stack) => ApiVersionSet.fromLookup(stack, "First", given)],
  ["new ApimProduct", (stack) => new ApimProduct(stack, "First", given)],
  ["new ApimNamedValue", (stack) => new ApimNamedValue(stack, "First", given)],
  ["new ApimTag", (stack) => new ApimTag(stack, "First", given)],
  ["new ApimLogger", (stack) => new ApimLogger(stack, "First", given)],
];

describe("in a stack of CDK Terrain, beside which npm has installed cdktf", () => {
  test.each(FIRST)("%s says what to paste, as the first construct", (_, make) => {
    expect(() => make(stackOf(cdkTerrain()))).toThrow(
      refusal("stack-of-cdk-terrain", "[app", "] The stack is of CDK Terrain (cdktn)"),
    );
  });

  test("the whole message can be followed", () => {
    const stack = stackOf(cdkTerrain("0.24.1"));
    expect(() => new ApimGateway(stack, "Gateway", props)).toThrow(
      `[app/Gateway] The stack is of CDK Terrain (cdktn), but cdktf-secure-apim-backend uses cdktf. One app cannot use both. Install cdktn-secure-apim-backend instead. Or paste this into package.json:
  npm:         "overrides": { "cdktf": "npm:cdktn@0.24.1" }
  pnpm, yarn:  "dependencies": { "cdktf": "npm:cdktn@0.24.1" }
Then delete node_modules and the lock file, install again, and write "cdktf" instead of "cdktn" in all imports. (stack-of-cdk-terrain)`,
    );
  });

  test("a stack of Testing.app(), which has no version, too", () => {
    const { Testing, TerraformStack } = cdkTerrain();
    expect(() => new ApimGateway(new TerraformStack(Testing.app(), "app"), "Gateway", props)).toThrow(
      refusal("stack-of-cdk-terrain", '"npm:cdktn@0.24.0"'),
    );
  });

  test("in an app of cdktf, too", () => {
    const stack = new (cdkTerrain().TerraformStack)(new App(), "app");
    expect(() => new ApimGateway(stack, "Gateway", props)).toThrow(refusal("stack-of-cdk-terrain", "[app/Gateway]"));
  });

  test("in a construct of the user's, too", () => {
    const part = new constructs.Construct(new constructs.Construct(stackOf(cdkTerrain()), "Team"), "Part");
    expect(() => new ApimGateway(part, "Gateway", props)).toThrow(
      refusal("stack-of-cdk-terrain", "[app/Team/Part/Gateway]"),
    );
  });
});

test("in a stack of a second copy of cdktf, whose aspects the first does not know, the copies are to be found", () => {
  expect(() => new ApimGateway(stackOf(secondCopy()), "Gateway", props)).toThrow(
    refusal(
      "second-copy-of-framework",
      "[app/Gateway] The class TerraformStack is of another copy of cdktf",
      'Run "npm ls cdktf cdktn"',
    ),
  );
});

describe("in a stack of cdktf", () => {
  let app: App;
  let stack: TerraformStack;

  beforeEach(() => {
    app = new App({ outdir: mkdtempSync(join(tmpdir(), "one-framework-")) });
    stack = new TerraformStack(app, "orders");
  });

  afterEach(() => rmSync(app.outdir, { recursive: true }));

  test("beside a stack of CDK Terrain, the first construct says what to paste", () => {
    new (cdkTerrain().TerraformStack)(app, "network");
    expect(() => new ApimGateway(stack, "Gateway", props)).toThrow(
      refusal("stack-of-cdk-terrain", "[network] The stack is of CDK Terrain (cdktn)"),
    );
  });

  test("and before a stack of CDK Terrain that reads an output, it is said at synth, not what is no function", () => {
    const gateway = new ApimGateway(stack, "Gateway", props);
    const { TerraformOutput: Output, TerraformStack: Stack } = cdkTerrain();
    new Output(new Stack(app, "portal"), "url", { value: gateway.gatewayUrl });
    expect(() => app.synth()).toThrow(refusal("stack-of-cdk-terrain", "[portal] The stack is of CDK Terrain (cdktn)"));
  });

  // The rest of an app that was only half moved to the alias.
  test.each<[string, string, (copy: Framework) => unknown]>([
    ["an aspect of the stack", "[orders] The class Aspects", ({ Aspects }) => Aspects.of(stack).add({ visit() {} })],
    ["an aspect of the app", "The class Aspects", ({ Aspects }) => Aspects.of(app).add(new ApimSecurityRules())],
    [
      "a variable, which may be a secret",
      "[orders/password] The class TerraformVariable",
      ({ TerraformVariable }) => new TerraformVariable(stack, "password", { sensitive: true }),
    ],
    [
      "a local",
      "[orders/slots] The class TerraformLocal",
      ({ TerraformLocal }) => new TerraformLocal(stack, "slots", []),
    ],
  ])("%s of a second copy would be lost, and is an error at synth", (_, text, add) => {
    new ApimGateway(stack, "Gateway", props);
    add(secondCopy());
    expect(() => app.synth()).toThrow(
      refusal("second-copy-of-framework", text, "is of another copy of cdktf", 'Write "cdktf" in all imports'),
    );
  });

  test("an output of a second copy is written as any other, and so are aspects of its own", () => {
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    const gateway = new ApimGateway(stack, "Gateway", props);
    new (secondCopy().TerraformOutput)(stack, "url", { value: gateway.gatewayUrl });
    const visited: string[] = [];
    Aspects.of(stack).add({ visit: ({ node }) => visited.push(node.path) });
    app.synth();
    const { output } = JSON.parse(readFileSync(join(app.outdir, "stacks", "orders", "cdk.tf.json"), "utf8"));
    expect(output.url.value).toMatch(/^\$\{azurerm_api_management\..+\.gateway_url\}$/);
    expect(visited).toContain("orders/url");
  });
});

test("outside of a stack, the framework says what is wrong", () => {
  expect(() => new AppRegistration(new (secondCopy().App)(), "First")).not.toThrow(refusal("stack-of-cdk-terrain"));
});
