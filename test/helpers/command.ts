import { copyFileSync } from "fs";
import { join } from "path";
import { buildSync } from "esbuild";

const ROOT = join(__dirname, "..", "..");

let compiled: string | undefined;

/** The command of `lib` in one file of JavaScript, which Node.js runs in a fifth of the time that a loader of TypeScript needs. */
export function commandOfLib(): string {
  return (compiled ??= compile());
}

function compile(): string {
  // Another worker can compile at the same time. Below the repository, the file finds its packages.
  const folder = join(ROOT, "node_modules", ".cache", `command-${process.env.JEST_WORKER_ID ?? "0"}`);
  const outfile = join(folder, "build", "cli", "main.js");
  buildSync({
    entryPoints: [join(ROOT, "lib", "cli", "main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    packages: "external",
    logLevel: "error",
  });
  copyFileSync(join(ROOT, "package.json"), join(folder, "package.json"));
  return outfile;
}
