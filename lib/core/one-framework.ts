import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { fail } from "./fail";

/** The framework of this package. The build of the package for CDK Terrain writes `CDK_TERRAIN`. */
const CDKTF = "cdktf";
const CDK_TERRAIN = "cdktn";
const OWN: string = CDKTF;

/** The first version of CDK Terrain that differs from CDK for Terraform, which ended with 0.21. */
const FIRST_OF_CDK_TERRAIN = 22;

/** The version of CDK Terrain that is tested, for a stack that does not tell its own. */
const TESTED = "0.24.0";

/**
 * Refuses a construct in a stack of another framework, or of another copy of the same one. npm installs cdktf for this package in an app
 * of CDK Terrain. Each framework takes the stacks of the other for its own, and then calls what they do not have. A second copy does
 * not even fail: it knows nothing of the aspects of the first, so what the library sets and checks at synth would be lost.
 *
 * @see docs/design/decisions.md#two-packages
 */
export function requireOneFramework(scope: IConstruct): void {
  const stack = scope.node.scopes.find(TerraformStack.isStack);
  if (stack === undefined || stack instanceof TerraformStack) return;
  const version = versionOf(stack);
  const framework = frameworkOf(stack, version);
  if (framework === CDK_TERRAIN && OWN === CDKTF) refuseCdkTerrain(scope, version ?? TESTED);
  if (framework === CDKTF && OWN === CDK_TERRAIN) refuseCdktf(scope);
  refuseSecondCopy(scope);
}

function refuseCdkTerrain(scope: IConstruct, version: string): never {
  const alias = `"cdktf": "npm:cdktn@${version}"`;
  fail(
    scope,
    "stack-of-cdk-terrain",
    "The stack is of CDK Terrain (cdktn), but cdktf-secure-apim-backend uses cdktf. One stack cannot use both.",
    `Install cdktn-secure-apim-backend instead. Or paste this into package.json:\n` +
      `  npm:   "overrides": { ${alias} }\n` +
      `  pnpm:  "dependencies": { ${alias} }, "pnpm": { "overrides": { ${alias} } }\n` +
      `  yarn:  "dependencies": { ${alias} }, "resolutions": { ${alias} }\n` +
      'Then delete node_modules and the lock file, install again, and import App and TerraformStack from "cdktf".',
  );
}

function refuseCdktf(scope: IConstruct): never {
  fail(
    scope,
    "stack-of-cdktf",
    "The stack is of CDK for Terraform (cdktf), but cdktn-secure-apim-backend uses CDK Terrain (cdktn). One stack cannot use both.",
    'Install cdktf-secure-apim-backend instead. Or move the app to CDK Terrain: import App and TerraformStack from "cdktn".',
  );
}

function refuseSecondCopy(scope: IConstruct): never {
  fail(
    scope,
    "second-copy-of-framework",
    `The stack is of another copy of ${OWN} than the one that the library uses. What the library sets and checks at synth would be lost.`,
    `Run "npm ls ${OWN}" to find the copies. Install one version of it, and install a packed file instead of a linked folder.`,
  );
}

/** Of which framework a stack is. One of unknown version is of the other framework if it has other members. */
function frameworkOf(stack: TerraformStack, version: string | undefined): string {
  if (version !== undefined) return Number(version.split(".")[1]) < FIRST_OF_CDK_TERRAIN ? CDKTF : CDK_TERRAIN;
  const other = OWN === CDKTF ? CDK_TERRAIN : CDKTF;
  return membersOf(stack).join() === membersOf(TerraformStack.prototype).join() ? OWN : other;
}

/** The members of the framework's own class of stacks, from which the classes of users extend. */
function membersOf(stack: object): string[] {
  let members: string[] = [];
  for (let type = stack; type !== null; type = Object.getPrototypeOf(type)) {
    const own = Object.getOwnPropertyNames(type);
    if (own.includes("prepareStack")) members = own;
  }
  return members.sort();
}

/** The version of the framework, which an app notes. `Testing.app()` does not. */
function versionOf(stack: TerraformStack): string | undefined {
  const version: unknown = stack.node.tryGetContext("cdktfVersion");
  return typeof version === "string" && /^0\.\d+\.\d+/.test(version) ? version : undefined;
}
