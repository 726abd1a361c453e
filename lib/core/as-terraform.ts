import { Tokenization } from "cdktf";
import { Rendered } from "./rendered";

/** A block of a resource as cdktf writes it into Terraform's JSON: the same values, under names in snake_case. */
export function asTerraform(block: object): Rendered {
  return Object.fromEntries(
    Object.entries(block).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      written(value),
    ]),
  );
}

function written(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Tokenization.isResolvable(value)) return value;
  return Array.isArray(value) ? value.map(written) : asTerraform(value);
}
