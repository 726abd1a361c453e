import { execFileSync, spawnSync } from "child_process";
import { mkdirSync, readdirSync, rmSync } from "fs";
import { join } from "path";

/** Where the packed file lies: below the repository, so that the peers are those of the tests. */
export const PACKED = join(__dirname, "..", "..", "node_modules", ".cache", "packed");

/** Its content, in a folder as in an app. */
const INSTALLED = join(PACKED, "node_modules", "cdktf-secure-apim-backend");

/** Builds and packs the package once, before the tests of it. */
export default function pack(): void {
  rmSync(PACKED, { recursive: true, force: true });
  mkdirSync(INSTALLED, { recursive: true });
  const { status, stdout, stderr } = spawnSync("npm", ["pack", "--pack-destination", PACKED], {
    cwd: join(__dirname, "..", ".."),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
  execFileSync("tar", ["-xzf", tarball(), "-C", INSTALLED, "--strip-components=1"]);
}

/** The packed file. */
export function tarball(): string {
  return join(
    PACKED,
    readdirSync(PACKED).find((file) => file.endsWith(".tgz"))!,
  );
}
