import * as constructs from "constructs";
import {
  ApiVersionSet,
  ApimGateway,
  ApimLogger,
  ApimNamedValue,
  ApimProduct,
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

/** What CDK Terrain 0.24 has and cdktf 0.21 does not: its stacks call this when they are prepared. */
function asCdkTerrain(copy: Framework): Framework {
  Object.defineProperty(copy.TerraformStack.prototype, "_runPreparingResolve", { value: () => undefined });
  return copy;
}

function stackOf({ App, TerraformStack }: Framework, version: string): InstanceType<Framework["TerraformStack"]> {
  class OrdersStack extends TerraformStack {
    public override prepareStack(): void {
      super.prepareStack();
    }
  }
  const app = new App();
  app.node.setContext("cdktfVersion", version);
  return new OrdersStack(app, "app");
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
    expect(() => make(stackOf(asCdkTerrain(secondCopy()), "0.24.0"))).toThrow(
      refusal("stack-of-cdk-terrain", "[app", "] The stack is of CDK Terrain (cdktn)"),
    );
  });

  test("the whole message can be followed", () => {
    const stack = stackOf(asCdkTerrain(secondCopy()), "0.24.1");
    expect(() => new ApimGateway(stack, "Gateway", props)).toThrow(
      `[app/Gateway] The stack is of CDK Terrain (cdktn), but cdktf-secure-apim-backend uses cdktf. One stack cannot use both. Install cdktn-secure-apim-backend instead. Or paste this into package.json:
  npm:   "overrides": { "cdktf": "npm:cdktn@0.24.1" }
  pnpm:  "dependencies": { "cdktf": "npm:cdktn@0.24.1" }, "pnpm": { "overrides": { "cdktf": "npm:cdktn@0.24.1" } }
  yarn:  "dependencies": { "cdktf": "npm:cdktn@0.24.1" }, "resolutions": { "cdktf": "npm:cdktn@0.24.1" }
Then delete node_modules and the lock file, install again, and import App and TerraformStack from "cdktf". (stack-of-cdk-terrain)`,
    );
  });

  test("a stack of Testing.app(), which has no version, gets the version that is tested", () => {
    const { Testing, TerraformStack } = asCdkTerrain(secondCopy());
    expect(() => new ApimGateway(new TerraformStack(Testing.app(), "app"), "Gateway", props)).toThrow(
      refusal("stack-of-cdk-terrain", '"npm:cdktn@0.24.0"'),
    );
  });
});

describe("in a stack of a second copy of cdktf, whose aspects the first does not know", () => {
  test.each(["0.21.0", "0.20.9", "stubbed"])("%s: the copies are to be found", (version) => {
    expect(() => new ApimGateway(stackOf(secondCopy(), version), "Gateway", props)).toThrow(
      refusal("second-copy-of-framework", "[app/Gateway] ", 'Run "npm ls cdktf"'),
    );
  });
});

test("outside of a stack, the framework says what is wrong", () => {
  const { App } = secondCopy();
  expect(() => new AppRegistration(new App(), "First")).not.toThrow(refusal("stack-of-cdk-terrain"));
});
