import { spawnSync } from "child_process";
import { join } from "path";

/** What a script of this folder measures in a process of its own. It writes JSON to its output. */
export function measuredAlone<T>(
  script: string,
  args: readonly (string | number)[],
  env: Readonly<Record<string, string>> = {},
): T {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...process.execArgv, join(__dirname, `${script}.js`), ...args.map(String)],
    { encoding: "utf8", maxBuffer: 1e8, env: { ...process.env, ...env } },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}
