/* What the hand-written app and the one with the library have in common. */
import { createHash } from "crypto";
import { readFileSync } from "fs";
import { join } from "path";
import { App, TerraformStack } from "cdktf";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { userTime } from "./measure";

export const BACKEND_KINDS = ["url", "webApp", "functionApp"] as const;

export type BackendKind = (typeof BACKEND_KINDS)[number];

/** Declares a gateway and as many backends. */
export type Fill = (stack: TerraformStack, kind: BackendKind, count: number) => void;

export const GROUP = { name: "rg-orders", location: "westeurope" };

/** The audience of all `url` backends. */
export const CLIENT_ID = "11111111-2222-3333-4444-555555555555";

const NAMESPACE = Buffer.from("5b2f6c1ea6a94c0b8a0f5b0d1c9e7a34", "hex");

/** The ID of an app role, as the library makes it. */
export function roleIdOf(index: number): string {
  const name = `bench/Backend${index}/Backend/Registration#Invoke`;
  const bytes = createHash("sha1").update(NAMESPACE).update(name).digest();
  bytes[6] = (bytes[6] & 0x0f) | 0x50;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** The user CPU time of the parts of a run, in milliseconds. */
export interface Parts {
  readonly construct: number;
  readonly validate: number;
  /** Aspects, rendering and writing. */
  readonly synth: number;
  readonly whole: number;
}

/** The file that a run in a folder writes. */
export function writtenIn(outdir: string): string {
  return join(outdir, "stacks", "bench", "cdk.tf.json");
}

/** The hash of what a run in a folder has written. */
export function hashOf(outdir: string): string {
  return createHash("sha256")
    .update(readFileSync(writtenIn(outdir)))
    .digest("hex");
}

/** What is compared must write the same JSON. */
export function requireEqual(what: string, library: string, byHand: string): void {
  if (library !== byHand) throw new Error(`${what}: the hand-written app writes other JSON than the library.`);
}

/** Declares and synthesizes an app. `BENCH_CREATION_STACKS=1` keeps cdktf's creation stacks, which the library suspends. */
export function run(outdir: string, fill: Fill, kind: BackendKind, count: number): Parts {
  const start = userTime();
  const context = { "cdktf-secure-apim-backend:creationStacks": process.env.BENCH_CREATION_STACKS === "1" };
  const app = new App({ outdir, context });
  const stack = new TerraformStack(app, "bench");
  new AzurermProvider(stack, "azurerm", {
    features: [{ storage: [{ dataPlaneAvailable: false }] }],
    storageUseAzuread: true,
  });
  new AzureadProvider(stack, "azuread");
  fill(stack, kind, count);
  const constructed = userTime();
  let validate = 0;
  const validateAll = stack.runAllValidations.bind(stack);
  stack.runAllValidations = () => {
    const before = userTime();
    validateAll();
    validate += userTime() - before;
  };
  app.synth();
  const end = userTime();
  return { construct: constructed - start, validate, synth: end - constructed - validate, whole: end - start };
}
