import { dependable, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { originalOf } from "../core/claims";

/** The named values of a gateway that are made here, and the policies on it with the names that they read. */
interface NamedValues {
  readonly made: Map<string, TerraformResource>;
  readonly readers: { readonly policy: TerraformResource; readonly names: ReadonlySet<string> }[];
}

const ofGateway = new WeakMap<IConstruct, NamedValues>();

/** Lets policies of the stack that have `{{name}}` in their text wait for the named value, whichever is made first. */
export function madeNamedValue(gateway: IConstruct, name: string, resource: TerraformResource): void {
  const { made, readers } = namedValuesOf(gateway);
  made.set(name, resource);
  for (const { policy, names } of readers) if (names.has(name)) wait(policy, resource);
}

/** Lets a policy wait for the named values of its stack in its text. A reference in Terraform's own syntax keeps that order by itself. */
export function readNamedValues(gateway: IConstruct, policy: TerraformResource, text: string): void {
  const { made, readers } = namedValuesOf(gateway);
  const names = new Set([...text.matchAll(/\{\{\s*([\w.-]+)\s*\}\}/g)].map(([, name]) => name));
  if (names.size === 0) return;
  readers.push({ policy, names });
  for (const [name, resource] of made) if (names.has(name)) wait(policy, resource);
}

function namedValuesOf(gateway: IConstruct): NamedValues {
  const original = originalOf(gateway);
  const values = ofGateway.get(original) ?? { made: new Map(), readers: [] };
  ofGateway.set(original, values);
  return values;
}

/** Within a stack: that of the named value may be deployed after this one, since a gateway is shared. */
function wait(policy: TerraformResource, resource: TerraformResource): void {
  if (TerraformStack.of(policy) !== TerraformStack.of(resource)) return;
  policy.dependsOn = [...(policy.dependsOn ?? []), dependable(resource)];
}
