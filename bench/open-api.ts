/*
 * How long it takes to synthesize an API from an OpenAPI document of 3.9 MB, files written included, as a ratio to reading that
 * document with the parser that knows lines and columns. Prints the median over rounds that alternate between the two.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { App, TerraformStack } from "cdktf";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ApimGateway, ApiSurface, Audience, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";
import { LineCounter, parseDocument, stringify } from "yaml";

const BYTES = 3_900_000;
const ROUNDS = 3;
const directory = mkdtempSync(join(tmpdir(), "bench-"));

/** A document with as many operations, each with a schema of its own, as fit into the size. */
function documentOf(text: (document: object) => string): string {
  const some = (count: number): string => text(documentWith(count));
  const perOperation = (some(200).length - some(100).length) / 100;
  let count = Math.floor(BYTES / perOperation);
  while (some(count).length > BYTES) count -= 10;
  return some(count);
}

function documentWith(count: number): object {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const operation = (index: number): object => ({
    operationId: `get-thing-${index}`,
    summary: "Show a thing",
    description: "It is shown with all that there is to know of it. ".repeat(4),
    parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
    responses: {
      200: {
        description: "The thing",
        content: { "application/json": { schema: { $ref: `#/components/schemas/Thing${index}` } } },
      },
    },
  });
  const schema = { type: "object", properties: { id: { type: "string" }, parts: { type: "integer", minimum: 1 } } };
  return {
    openapi: "3.0.3",
    info: { title: "Things", version: "1.0" },
    paths: Object.fromEntries(indexes.map((index) => [`/things${index}/{id}`, { get: operation(index) }])),
    components: { schemas: Object.fromEntries(indexes.map((index) => [`Thing${index}`, schema])) },
  };
}

function milliseconds(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

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
  parseDocument(readFileSync(file, "utf8"), { lineCounter: new LineCounter(), uniqueKeys: false }).toJS();
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

function compare(name: string, text: string): void {
  const file = join(directory, name);
  writeFileSync(file, text);
  [read, synthesize].forEach((action) => action(file));
  const rounds = Array.from({ length: ROUNDS }, () => [
    milliseconds(() => synthesize(file)),
    milliseconds(() => read(file)),
  ]);
  const whole = median(rounds.map(([synth]) => synth));
  const reading = median(rounds.map(([, alone]) => alone));
  const ratio = median(rounds.map(([synth, alone]) => synth / alone));
  const size = (text.length / 1_000_000).toFixed(1);
  console.log(
    `${name}, ${size} MB: synthesized in ${whole.toFixed(0)} ms, parsed in ${reading.toFixed(0)} ms, ratio ${ratio.toFixed(2)}`,
  );
}

try {
  compare(
    "things.yaml",
    documentOf((document) => stringify(document, { aliasDuplicateObjects: false })),
  );
  compare(
    "things.json",
    documentOf((document) => JSON.stringify(document, null, 2)),
  );
} finally {
  rmSync(directory, { recursive: true });
}
