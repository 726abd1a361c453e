/*
 * A process of `bench/hostile.ts`: how long it takes to synthesize an API with a hostile policy, beside a friendly one of its size. cdktf
 * remembers what it has synthesized, so each policy after others in one process would take longer.
 */
import { mkdtempSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { PolicyDocument } from "cdktf-secure-apim-backend";
import { HOSTILE_POLICIES } from "../test/helpers/hostile-policies";
import { pairsOf } from "./measure";
import { synthesizeApi } from "./one-api";
import { policyOf } from "./policies";

/** A little less than API Management accepts. */
const BYTES = 250_000;

const ROUNDS = 13;

/** Rounds that are not measured: V8 compiles in them. */
const WARM_UP = 3;

const directory = mkdtempSync(join(tmpdir(), "bench-"));

function measured(name: string): [number, number][] {
  const synthesize = (policy: string) => (): void =>
    void synthesizeApi(join(directory, "out"), { policy: PolicyDocument.fromXml(policy) });
  return pairsOf(WARM_UP + ROUNDS, synthesize(HOSTILE_POLICIES[name](BYTES)), synthesize(policyOf(BYTES))).slice(
    WARM_UP,
  );
}

try {
  process.stdout.write(JSON.stringify(measured(process.argv[2])));
} finally {
  rmSync(directory, { recursive: true });
}
