import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { fail } from "./fail";

/** Refuses an object of the user with `count` or `forEach`: Terraform makes several of it, but a reference must name one. */
export function requireOneObject(scope: Construct, object: TerraformResource): void {
  const { count, forEach, node } = object;
  if (count === undefined && forEach === undefined) return;
  const name = count === undefined ? "forEach" : "count";
  fail(
    scope,
    "repeated-object",
    `"${node.path}" has ${name}, so Terraform can make several of it, and the library cannot refer to one.`,
    `Remove ${name}. For several, create each in a loop of your program, with a SecureApimBackend of its own.`,
  );
}
