import { execFileSync } from "child_process";
import { mkdirSync, rmSync } from "fs";
import { join } from "path";
import { CACHE, terraform } from "./stack";

const ROOT = join(__dirname, "..", "..", "..");

/** Synthesizes all examples once, as the CDKTF CLI does, and finds out whether Terraform can get their providers here. */
export default function synthesize(): void {
  rmSync(join(CACHE, "stacks"), { recursive: true, force: true });
  process.env.TF_PLUGIN_CACHE_DIR ??= join(CACHE, "plugins");
  mkdirSync(process.env.TF_PLUGIN_CACHE_DIR, { recursive: true });
  const env = { ...process.env, CDKTF_OUTDIR: CACHE };
  execFileSync(process.execPath, ["--import", "tsx", "main.ts"], {
    cwd: ROOT,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  // It has all three providers.
  const { status, stderr } = terraform("container-app", "init", "-backend=false", "-input=false");
  if (status === 0) return;
  process.env.NO_PROVIDERS = "true";
  console.warn(`\nTerraform cannot have the providers here.\n${stderr || "It is not on the PATH."}`);
}
