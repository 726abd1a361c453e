import { Aspects, TerraformElement, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { fail } from "./fail";

/** The framework of this package. The build of the package for CDK Terrain writes `CDK_TERRAIN`. */
const CDKTF = "cdktf";
const CDK_TERRAIN = "cdktn";
const OWN: string = CDKTF;

/** Where jsii notes the name and the version of a class. A package that stands under another name keeps its own there. */
const RTTI = Symbol.for("jsii.rtti");

/** How each copy of the framework calls the property of a construct that has its aspects. The symbols differ. */
const ASPECTS = "cdktf-aspects";

/** Elements that the library looks at, and recognizes by the class of its own framework. */
const LOOKED_AT: ReadonlySet<string> = new Set(["TerraformVariable", "TerraformLocal"]);

/** Apps that are watched. */
const watched = new WeakSet<IConstruct>();

/**
 * Refuses a construct in an app with another framework, or with another copy of the same one. npm installs cdktf for this package in an
 * app of CDK Terrain. Each framework takes the stacks of the other for its own, and then calls what they do not have. A second copy does
 * not even fail: it knows nothing of the aspects of the first, so what the library sets and checks at synth would be lost.
 *
 * @see docs/design/decisions.md#two-packages
 */
export function requireOneFramework(scope: IConstruct): void {
  const stack = scope.node.scopes.find(TerraformStack.isStack);
  if (stack === undefined) return;
  requireOwn(scope, stack);
  const { root } = scope.node;
  if (watched.has(root)) return;
  watched.add(root);
  for (const other of root.node.children) if (TerraformStack.isStack(other)) requireOwn(other, other);
  watch(stack);
}

function requireOwn(place: IConstruct, stack: TerraformStack): void {
  if (stack instanceof TerraformStack) return;
  const { framework, version = "" } = classOf(stack);
  if (framework === CDK_TERRAIN && OWN === CDKTF) refuseCdkTerrain(place, version);
  if (framework === CDKTF && OWN === CDK_TERRAIN) refuseCdktf(place);
  refuseSecondCopy(place, TerraformStack.name);
}

/** Looks at the whole app once, when the framework begins to synthesize it. Later, aspects would be lost, and a foreign stack would fail. */
function watch(stack: TerraformStack): void {
  const prepare = stack.prepareStack.bind(stack);
  stack.prepareStack = () => {
    for (const node of stack.node.root.node.findAll()) {
      if (TerraformStack.isStack(node)) requireOwn(node, node);
      if (isOfOtherCopy(node)) refuseSecondCopy(node, String(classOf(node).name));
      if (hasAspectsOfOtherCopy(node)) refuseSecondCopy(node, Aspects.name);
    }
    prepare();
  };
}

function isOfOtherCopy(node: IConstruct): boolean {
  const isElement = TerraformElement.isTerraformElement(node);
  return isElement && !(node instanceof TerraformElement) && LOOKED_AT.has(classOf(node).name ?? "");
}

function hasAspectsOfOtherCopy(node: IConstruct): boolean {
  return Object.getOwnPropertySymbols(node).some(
    (symbol) => symbol.description === ASPECTS && !(Reflect.get(node, symbol) instanceof Aspects),
  );
}

function refuseCdkTerrain(scope: IConstruct, version: string): never {
  const alias = `"cdktf": "npm:cdktn@${version}"`;
  fail(
    scope,
    "stack-of-cdk-terrain",
    "The stack is of CDK Terrain (cdktn), but cdktf-secure-apim-backend uses cdktf. One app cannot use both.",
    `Install cdktn-secure-apim-backend instead. Or paste this into package.json:\n` +
      `  npm:         "overrides": { ${alias} }\n` +
      `  pnpm, yarn:  "dependencies": { ${alias} }\n` +
      'Then delete node_modules and the lock file, install again, and write "cdktf" instead of "cdktn" in all imports.',
  );
}

function refuseCdktf(scope: IConstruct): never {
  fail(
    scope,
    "stack-of-cdktf",
    "The stack is of CDK for Terraform (cdktf), but cdktn-secure-apim-backend uses CDK Terrain (cdktn). One app cannot use both.",
    'Install cdktf-secure-apim-backend instead. Or move the app to CDK Terrain: write "cdktn" instead of "cdktf" in all imports.',
  );
}

function refuseSecondCopy(scope: IConstruct, name: string): never {
  fail(
    scope,
    "second-copy-of-framework",
    `The class ${name} is of another copy of ${OWN} than the one that the library uses. What is set and checked at synth would be lost.`,
    `Write "${OWN}" in all imports of the framework. Run "npm ls ${CDKTF} ${CDK_TERRAIN}" to find the copies. Install one version of it, ` +
      "and install a packed file instead of a linked folder. In a test that resets modules " +
      `(jest.resetModules(), or resetModules: true), load "${OWN}" and the library again after the reset.`,
  );
}

/** The class of the framework from which the class of an object extends. */
interface FrameworkClass {
  readonly framework?: string;
  readonly name?: string;
  readonly version?: string;
}

function classOf(node: IConstruct): FrameworkClass {
  for (let type: unknown = node.constructor; typeof type === "function"; type = Object.getPrototypeOf(type)) {
    const { fqn, version } = Object(Object.getOwnPropertyDescriptor(type, RTTI)?.value);
    const [, framework, name] = /^(cdktf|cdktn)\.(\w+)$/.exec(String(fqn)) ?? [];
    if (framework !== undefined) return { framework, name, version };
  }
  return {};
}
