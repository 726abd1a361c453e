import { Testing, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";

/** Attributes of one Terraform resource, or any other part of the JSON. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- rendered JSON has no type
export type Json = Record<string, any>;

/** An existing resource group, as the user gives it. */
export const GROUP = { name: "rg-orders", location: "westeurope" };

/** A stack named `app` in an app of its own, with both providers set up as function apps need them. */
export function stackWithProviders(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "app");
  new AzurermProvider(stack, "azurerm", {
    features: [{ storage: [{ dataPlaneAvailable: false }] }],
    storageUseAzuread: true,
  });
  new AzureadProvider(stack, "azuread");
  return stack;
}

/** The Terraform JSON of a stack, validations run, without what depends on the machine. */
export function synth(stack: TerraformStack): Json {
  // References between stacks add outputs to one and data to the other, as the app does before it synthesizes any.
  stack.node.root.node
    .findAll()
    .filter(TerraformStack.isStack)
    .forEach((each) => each.prepareStack());
  const json: Json = JSON.parse(Testing.synth(stack, true));
  delete json.terraform?.backend;
  return json;
}

/** The only resource (or data source) of its type. */
export function only(json: Json, type: string): Json {
  const found = Object.values<Json>({ ...json.resource?.[type], ...json.data?.[type] });
  if (found.length !== 1) throw new Error(`${found.length} of ${type}, not 1`);
  return found[0];
}

/** Everything of a type, by its Terraform name. */
export function all(json: Json, type: string): Json {
  return json.resource?.[type] ?? {};
}

/** The annotations of a construct tree, each as `level: message`. */
export function annotations(tree: IConstruct): string[] {
  return tree.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type.startsWith("@cdktf/"))
    .map(({ type, data }) => `${type.replace("@cdktf/", "")}: ${data}`);
}

/** The error that a call throws. */
export function thrown(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}

/** The message of what is thrown. */
export function messageOf(action: () => unknown): string {
  return thrown(action).message;
}

/** What the validations of a stack find, each as `[construct] message`. */
export function findings(stack: TerraformStack): string[] {
  const lines = messageOf(() => synth(stack)).split("\n");
  return lines.filter((line) => line.startsWith("  [")).map((line) => line.trim());
}

/** A policy with the ids of our elements without the hash of their content. */
export function withoutHashes(policy: string): string {
  return policy.replace(/(id="secure-apim-backend-[a-z-]+)-[0-9a-f]{8}"/g, '$1"');
}
