import { readFileSync } from "fs";
import { join } from "path";

/** The version of the package. */
export function version(): string {
  const file = join(__dirname, "..", "..", "package.json");
  const { version: found } = JSON.parse(readFileSync(file, "utf8")) as { readonly version: string };
  return found;
}
