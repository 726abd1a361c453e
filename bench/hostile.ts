/*
 * How long it takes to synthesize an API from an OpenAPI document, files written included: a friendly document beside its parsing
 * alone, and hostile documents beside a friendly one of their size. The same for policies.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { ApiSurface } from "cdktf-secure-apim-backend";
import { load } from "js-yaml";
import { HOSTILE_DOCUMENTS } from "../test/helpers/hostile-documents";
import { HOSTILE_POLICIES } from "../test/helpers/hostile-policies";
import { thingsAsJson, thingsAsYaml } from "./documents";
import { pairsOf } from "./measure";
import { synthesizeApi } from "./one-api";
import { Part, Row, rowOf } from "./table";
import { measuredAlone } from "./worker";

const BYTES = 3_900_000;

const ROUNDS = 3;

/** At most so many times what a friendly one takes. */
const TARGET = 1.5;

export function hostile(): Part[] {
  const directory = mkdtempSync(join(tmpdir(), "bench-"));
  const fileOf = (name: string, text: string): string => {
    const file = join(directory, name);
    writeFileSync(file, text);
    return file;
  };
  try {
    const friendly = fileOf("friendly.yaml", thingsAsYaml(BYTES));
    const parsed = [friendly, fileOf("friendly.json", thingsAsJson(BYTES))].map((file): Row => {
      const pairs = pairsOf(
        ROUNDS,
        () => synthesize(directory, file),
        () => load(readFileSync(file, "utf8")),
      );
      return rowOf(file.slice(directory.length + 1), "ms", pairs);
    });
    const rows = Object.entries(HOSTILE_DOCUMENTS).map(([name, textOf]): Row => {
      const file = fileOf("hostile", textOf(BYTES));
      const pairs = pairsOf(
        ROUNDS,
        () => attempt(directory, file),
        () => attempt(directory, friendly),
      );
      return rowOf(name, "ms", pairs, TARGET);
    });
    const policies = Object.keys(HOSTILE_POLICIES).map((name) =>
      rowOf(name, "ms", measuredAlone<[number, number][]>("hostile-policy-worker", [name]), TARGET),
    );
    return [
      { title: "OpenAPI documents of 3.9 MB", other: "js-yaml alone", rows: parsed },
      { title: "Hostile OpenAPI documents of 3.9 MB", other: "a friendly document", rows },
      { title: "Hostile policies of 250 KB", other: "a friendly policy", rows: policies },
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function synthesize(directory: string, file: string): void {
  synthesizeApi(join(directory, "out"), { surface: ApiSurface.openApiFile(file) });
}

/** Hostile documents may be refused. */
function attempt(directory: string, file: string): void {
  try {
    synthesize(directory, file);
  } catch (error) {
    if (!(error as Error).message.includes("(open-api-refused)")) throw error;
  }
}
