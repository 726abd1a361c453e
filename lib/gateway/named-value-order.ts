import { dependable, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { originalOf } from "../core/claims";
import { addToGroups } from "../core/grouped";
import { stateOf } from "../core/state";

/** The named values that this app creates on a gateway, and the policies on it that read each name. */
interface NamedValues {
  readonly created: Map<string, TerraformResource>;
  readonly readers: Map<string, TerraformResource[]>;
}

/** Makes policies of the stack with `{{name}}` in their text depend on the named value, in whatever order they are created. */
export function registerNamedValue(gateway: IConstruct, name: string, resource: TerraformResource): void {
  const { created, readers } = namedValuesOf(gateway);
  created.set(name, resource);
  for (const policy of readers.get(name) ?? []) addDependency(policy, resource);
}

/**
 * Makes a policy depend on the named values of its stack that its text reads. References in Terraform's syntax need no help.
 *
 * @see docs/design/decisions.md#policy-after-named-values
 */
export function waitForNamedValues(gateway: IConstruct, policy: TerraformResource, text: string): void {
  const { created, readers } = namedValuesOf(gateway);
  const names = new Set([...text.matchAll(/\{\{\s*([\w.-]+)\s*\}\}/g)].map(([, name]) => name));
  addToGroups(readers, names, policy);
  for (const name of names) {
    const resource = created.get(name);
    if (resource) addDependency(policy, resource);
  }
}

function namedValuesOf(gateway: IConstruct): NamedValues {
  return stateOf(originalOf(gateway), "named-values-read", () => ({ created: new Map(), readers: new Map() }));
}

/** Within a stack only: a gateway is shared, and the stack of the named value may be deployed later. */
function addDependency(policy: TerraformResource, resource: TerraformResource): void {
  if (TerraformStack.of(policy) !== TerraformStack.of(resource)) return;
  policy.dependsOn = [...(policy.dependsOn ?? []), dependable(resource)];
}
