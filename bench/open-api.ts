/*
 * How long it takes to synthesize an API from an OpenAPI document of 3.9 MB, files written included, as a ratio to only
 * parsing that document. Prints the median over rounds that alternate between the two. Then how long hostile documents of that size
 * take, as a ratio to the friendly one: at most 1.5.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { App, TerraformStack } from "cdktf";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ApimGateway, ApiSurface, Audience, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";
import { load } from "js-yaml";
import { HOSTILE_DOCUMENTS } from "../test/helpers/hostile-documents";
import { compare, thingsAsJson, thingsAsYaml } from "./measure";

const BYTES = 3_900_000;
const ROUNDS = 3;
/** How much longer than a friendly document a hostile one may take. */
const MOST = 1.5;
const directory = mkdtempSync(join(tmpdir(), "bench-"));

function synthesize(file: string): void {
  const app = new App({ outdir: join(directory, "out") });
  const stack = new TerraformStack(app, "bench");
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  const gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
  const backend = Backend.url("https://things.contoso.com", Audience.clientId("11111111-2222-3333-4444-555555555555"));
  new SecureApimBackend(stack, "Things", { gateway, backend, surface: ApiSurface.openApiFile(file) });
  app.synth();
}

function read(file: string): void {
  load(readFileSync(file, "utf8"));
}

function compareWithReading(name: string, text: string): void {
  const file = join(directory, name);
  writeFileSync(file, text);
  [read, synthesize].forEach((action) => action(file));
  const [whole, reading, ratio] = compare(
    ROUNDS,
    () => synthesize(file),
    () => read(file),
  );
  const size = (text.length / 1_000_000).toFixed(1);
  console.log(
    `${name}, ${size} MB: synthesized in ${whole.toFixed(0)} ms, parsed in ${reading.toFixed(0)} ms, ratio ${ratio.toFixed(2)}`,
  );
}

/** Hostile documents may be refused. */
function attempt(file: string): void {
  try {
    synthesize(file);
  } catch (error) {
    if (!(error as Error).message.includes("(open-api-refused)")) throw error;
  }
}

function compareHostile(): void {
  const friendlyFile = join(directory, "friendly");
  writeFileSync(friendlyFile, thingsAsYaml(BYTES));
  for (const [name, textOf] of Object.entries(HOSTILE_DOCUMENTS)) {
    const text = textOf(BYTES);
    const file = join(directory, "hostile");
    writeFileSync(file, text);
    const [time, , ratio] = compare(
      ROUNDS,
      () => attempt(file),
      () => attempt(friendlyFile),
    );
    const kept = ratio <= MOST ? "" : `, more than ${MOST}`;
    const size = (text.length / 1_000_000).toFixed(1);
    console.log(`${name}, ${size} MB: ${time.toFixed(0)} ms, ratio ${ratio.toFixed(2)}${kept}`);
  }
}

try {
  compareWithReading("things.yaml", thingsAsYaml(BYTES));
  compareWithReading("things.json", thingsAsJson(BYTES));
  compareHostile();
} finally {
  rmSync(directory, { recursive: true });
}
