import { spawn } from "child_process";
import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { AUTHORITY, serve, stopServers } from "../cli/verify/servers";
import { packedCommand } from "./packed";

/* The command `verify`, as a pipeline runs it against what is deployed. */

jest.setTimeout(60_000);

const directory = mkdtempSync(join(tmpdir(), "verify-"));
const authority = join(directory, "authority.pem");

beforeAll(() => writeFileSync(authority, AUTHORITY));
afterEach(stopServers);
afterAll(() => rmSync(directory, { recursive: true }));

async function verify(...args: string[]): Promise<{ code: unknown; out: string }> {
  const child = spawn(process.execPath, [...packedCommand(), "verify", "--wait", "0", ...args], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: authority },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let out = "";
  child.stdout.on("data", (text) => (out += text));
  const code = await new Promise((ended) => child.on("close", ended));
  return { code, out };
}

const deployed = (status: number): Promise<string> =>
  serve({ https: ({ headers }, response) => void response.writeHead(headers["x-key"] ? 200 : status).end() });

test("an API that asks for a key passes, and an app whose tokens are not known is not checked", async () => {
  const url = await deployed(401);
  const key = ["--key-command", "echo key", "--key-header", "X-Key"];
  const { code, out } = await verify("--backend-url", url, "--without-scm");
  expect([code, out]).toEqual([5, expect.stringContaining("\n3 passed, 0 failed, 4 not checked.\n")]);
  const api = await verify("--api-url", url, "--expect", "200", ...key);
  expect(api.out).toContain("  passed       through the gateway: 200\n");
});

test("an open app fails, with a cause and an exit code", async () => {
  const { code, out } = await verify("--backend-url", await deployed(200), "--without-scm", "--json");
  expect([code, JSON.parse(out).checks[0]]).toEqual([
    1,
    expect.objectContaining({ check: "no token", status: 200, result: "failed", id: "open-without-token" }),
  ]);
});
