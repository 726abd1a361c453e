import { TerraformStack } from "cdktf";
import { stackWithProviders, synth } from "../helpers/synth";

let ids = 10_000;

/** A new ID each time, as in an app: what is remembered for a name does not count. All have one length. */
export function newId(): string {
  return `Item${ids++}`;
}

/** Makes a stack, validates it, and writes it as JSON and as HCL. */
export function synthesized(fill: (stack: TerraformStack) => void): void {
  const stack = stackWithProviders();
  fill(stack);
  synth(stack);
  stack.toHclTerraform();
}
