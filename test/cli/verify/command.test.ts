import { execFileSync, spawn, spawnSync } from "child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { VERIFY_HELP } from "../../../lib/cli/verify/options";
import { commandOfLib } from "../../helpers/command";
import { Json } from "../../helpers/synth";
import { refusal } from "../../helpers/refusal";
import { AUTHORITY, serve, stopServers, trustServers } from "./servers";
import { answers, KEY, page, redirects, startApp, startGateway } from "./sites";
import { AUDIENCE, GATEWAY, STRANGER, TENANT_ID, Tenant } from "./tenant";
import { optionsOf, problems, said, Said, secretsOf, verified } from "./world";

const directory = mkdtempSync(join(tmpdir(), "verify-"));
const file = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

let tenant: Tenant;
beforeAll(() => trustServers());
beforeEach(async () => void (tenant = await new Tenant().start()));
afterEach(stopServers);
afterAll(() => rmSync(directory, { recursive: true }));

/** Outputs as `terraform output -json` prints them. */
function terraformOutputs(outputs: Record<string, unknown>): string {
  const written = Object.entries(outputs).map(([name, value]) => [name, { sensitive: false, type: "string", value }]);
  return JSON.stringify(Object.fromEntries(written));
}

const urls = ({ out }: Said): string[] => [
  ...new Set<string>(JSON.parse(out).checks.map(({ kind, url }: Json) => `${kind} ${url}`)),
];

describe("what is called", () => {
  test("comes from the outputs of the stack, with what the sign-in of each backend expects", async () => {
    const orders = await startApp(tenant);
    const stock = await startApp(tenant);
    const api = `${await startGateway(tenant, orders)}/orders`;
    const outputs = terraformOutputs({
      backend_url: orders,
      stock_backend_url: stock,
      stock_audience: TENANT_ID,
      Orders_slot_url_0A1B2C3D: orders,
      api_url: api,
      audience: AUDIENCE,
      issuer: tenant.issuer,
      gateway_principal_id: GATEWAY,
      scm_url: orders,
      unrelated: "https://unrelated.invalid",
      Orders_audience_4C5D6E7F: GATEWAY,
    });
    const result = await said(["--outputs", file("outputs.json", outputs), "--json"], secretsOf(tenant));
    expect(urls(result)).toEqual([`backend ${orders}/`, `backend ${stock}/`, `slot ${orders}/`, `api ${api}`]);
    expect(problems(JSON.parse(result.out).checks)).toEqual([
      ["backend", "token for another audience", "not checked", "token-for-this-audience"],
      ["backend", "token of an unlisted identity", "not checked", "token-for-something-else"],
      ["slot", "token of an unlisted identity", "not checked", "token-for-something-else"],
      ["slot", "SCM site without credentials", "not checked", "scm-unknown"],
    ]);
  });

  test("comes from what cdktf writes too", async () => {
    const app = await startApp(tenant);
    const outputs = JSON.stringify({ orders: { backend_url: app }, other: { api_url: `${app}/orders` } });
    expect(urls(await said(["--outputs", file("cdktf.json", outputs), "--json"]))).toEqual([
      `backend ${app}/`,
      `api ${app}/orders`,
    ]);
  });

  test("comes from each stack that cdktf writes, with what that stack says, and what only one other says", async () => {
    const [shop, stock, bare] = [await startApp(tenant), await startApp(tenant), await startApp(tenant)];
    const outputs = JSON.stringify({
      shop: { backend_url: shop, audience: AUDIENCE },
      stock: { backend_url: stock, audience: TENANT_ID },
      bare: { backend_url: bare },
      gateway: { gateway_principal_id: GATEWAY, issuer: tenant.issuer },
    });
    const args = ["--outputs", file("stacks.json", outputs), "--without-scm", "--json"];
    const result = await said(args, { VERIFY_OTHER_AUDIENCE_TOKEN: tenant.token(STRANGER, { aud: TENANT_ID }) });
    expect(urls(result)).toEqual([`backend ${shop}/`, `backend ${stock}/`, `backend ${bare}/`]);
    expect(
      JSON.parse(result.out)
        .checks.filter(({ check }: Json) => check === "token for another audience" || check === "algorithm none")
        .map(({ url, result: came, id }: Json) => [url, came, id]),
    ).toEqual([
      [`${shop}/`, "passed", undefined],
      [`${shop}/`, "passed", undefined],
      [`${stock}/`, "passed", undefined],
      [`${stock}/`, "not checked", "token-for-this-audience"],
      [`${bare}/`, "not checked", "forged-token-incomplete"],
      [`${bare}/`, "not checked", "audience-unknown"],
    ]);
  });

  test("comes from Terraform, or another program in its place", async () => {
    const app = await startApp(tenant);
    file("outputs", terraformOutputs({ backend_url: app }));
    const terraform = file("tofu", '#!/bin/sh\n[ "$*" = "output -json" ] && cat outputs\n');
    chmodSync(terraform, 0o755);
    const result = await said(["--directory", directory, "--json"], { TERRAFORM_BINARY_NAME: terraform });
    expect(urls(result)).toEqual([`backend ${app}/`]);
  });

  test("cannot be read from what is missing, fails or holds something else, which is not repeated", async () => {
    const failing = file("failing", "#!/bin/sh\necho a-secret-of-the-state >&2\nexit 3\n");
    const killed = file("killed", "#!/bin/sh\nkill -9 $$\n");
    [failing, killed].forEach((program) => chmodSync(program, 0o755));
    const cases: [string[], NodeJS.ProcessEnv, string, string][] = [
      [["--outputs", join(directory, "none.json")], {}, "outputs-file-unreadable", "none.json: ENOENT"],
      [["--outputs", file("broken.json", "a-secret-of-the-state")], {}, "outputs-not-json", "broken.json"],
      [["--outputs", file("null.json", "null")], {}, "outputs-not-json", "null.json"],
      [[], { TERRAFORM_BINARY_NAME: join(directory, "no-program") }, "terraform-output-failed", "ENOENT"],
      [["--directory", directory], { TERRAFORM_BINARY_NAME: failing }, "terraform-output-failed", "exit code 3"],
      [["--directory", directory], { TERRAFORM_BINARY_NAME: killed }, "terraform-output-failed", "ends with SIGKILL"],
    ];
    for (const [args, environment, id, detail] of cases) {
      const result = await said(args, environment);
      expect(result).toEqual({ code: 3, out: "", err: refusal(id, detail) });
      expect(result.err).not.toContain("a-secret-of-the-state");
      const { code, out } = await said([...args, "--json"], environment);
      expect([code, JSON.parse(out)]).toEqual([3, { error: result.err.trimEnd(), id }]);
    }
  });
});

describe("the report", () => {
  test("shows each check, and the cause and the fix of what did not pass", async () => {
    const app = await startApp(tenant, { anyIdentity: true });
    const args = [...optionsOf(tenant, "--backend-url", app), "--without-scm"];
    const { code, out } = await said(args, { ...secretsOf(tenant), VERIFY_OTHER_AUDIENCE_TOKEN: "" });
    expect(out.split("\n")).toEqual([
      `backend ${app}/`,
      "  passed       no token: 401",
      "  passed       forged signature: 401",
      "  passed       algorithm none: 401",
      "  not checked  token for another audience, expected 401 or 403",
      "      There is no --other-audience-token-command, no --other-audience-token-file and no VERIFY_OTHER_AUDIENCE_TOKEN.",
      "      Write one of them. Never write a token or a key on the command line. (secret-not-given)",
      "  failed       token of an unlisted identity: 200, expected 403",
      expect.stringMatching(/^ {6}The app lets in an identity that may not call it: /),
      expect.stringMatching(/^ {6}Set allowed_identities .+ \(any-identity-accepted\)$/),
      "  passed       plain HTTP: 301",
      "  passed       TRACE: 405",
      "5 passed, 1 failed, 1 not checked.",
      "",
    ]);
    expect(code).toBe(1);
  });

  test("says the same to machines", async () => {
    const { out } = await verified(tenant, { app: { anyIdentity: true } });
    const { checks, summary } = JSON.parse(out);
    expect(summary).toEqual({ passed: 11, failed: 1, notChecked: 0 });
    expect(checks[4]).toEqual({
      kind: "backend",
      url: expect.stringMatching(/^https:\/\/localhost:\d+\/api$/),
      check: "token of an unlisted identity",
      expected: "403",
      status: 200,
      result: "failed",
      id: "any-identity-accepted",
      cause: expect.any(String),
      fix: expect.any(String),
      seconds: expect.any(Number),
    });
  });

  test("is JUnit for pipelines, with one suite for each target", async () => {
    const junit = join(directory, "junit.xml");
    const app = await startApp(tenant, { withoutToken: answers(200) });
    const args = ["--backend-url", app, "--without-scm", "--api-url", `${app}/orders`, "--without-key"];
    expect((await said([...args, "--junit", junit])).code).toBe(1);
    const xml = readFileSync(junit, "utf8").replace(/ time="[\d.]+"/g, "");
    expect(xml.split("\n").filter((line) => !/<(failure|skipped)|<\/testcase>/.test(line))).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites tests="10" failures="1" errors="0" skipped="4">',
      `  <testsuite name="backend ${app}/" tests="7" failures="1" errors="0" skipped="4">`,
      `    <testcase classname="backend ${app}/" name="no token: 401">`,
      ...["forged signature: 401", "algorithm none: 401"].map(
        (name) => `    <testcase classname="backend ${app}/" name="${name}">`,
      ),
      `    <testcase classname="backend ${app}/" name="token for another audience: 401 or 403">`,
      `    <testcase classname="backend ${app}/" name="token of an unlisted identity: 403">`,
      `    <testcase classname="backend ${app}/" name="plain HTTP: refused, or redirected to HTTPS"/>`,
      `    <testcase classname="backend ${app}/" name="TRACE: refused"/>`,
      "  </testsuite>",
      `  <testsuite name="api ${app}/orders" tests="3" failures="0" errors="0" skipped="0">`,
      ...["through the gateway: 200", "plain HTTP: refused, or redirected to HTTPS", "TRACE: refused"].map(
        (name) => `    <testcase classname="api ${app}/orders" name="${name}"/>`,
      ),
      "  </testsuite>",
      "</testsuites>",
      "",
    ]);
    expect(xml).toMatch(
      /<failure type="open-without-token" message="200, expected 401\. The app lets in [^"<]+\(open-without-token\)"\/>/,
    );
    expect(xml.match(/<skipped message="[^"<]+\(sign-in-unseen\)"\/>/g)).toHaveLength(4);
  });

  test("ends with a code of its own if nothing has failed and something was not checked", async () => {
    const app = await startApp(tenant);
    const everything = [...optionsOf(tenant, "--backend-url", app), "--without-scm"];
    expect((await said(everything, secretsOf(tenant))).code).toBe(0);
    expect((await said(everything)).code).toBe(5);
  });
});

describe("through the gateway", () => {
  async function api(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<unknown[][]> {
    const address = await startGateway(tenant, await startApp(tenant, { app: answers(404) }));
    const { out } = await said(["--api-url", `${address}/orders/`, "--json", ...args], environment);
    return problems(JSON.parse(out).checks);
  }
  const through = (result: string, id: string): string[][] => [["api", "through the gateway", result, id]];
  const withKey = { VERIFY_SUBSCRIPTION_KEY: KEY };

  test("a status that the app gives is expected", async () => {
    expect(await api(["--expect", "404"], withKey)).toEqual([]);
    expect(await api([], withKey)).toEqual(through("failed", "path-not-in-app"));
  });

  test("but the gateway's own 404 is no answer of the app", async () => {
    const address = await startGateway(tenant, await startApp(tenant));
    const args = ["--api-url", `${address}/other`, "--expect", "404", "--json"];
    expect(problems(JSON.parse((await said(args, withKey)).out).checks)).toEqual([
      ["api", "neither key nor token", "not checked", "operation-not-found"],
      ["api", "through the gateway", "failed", "operation-not-found"],
    ]);
  });

  test("a wrong key is told from a refused token, and no key is not checked", async () => {
    expect(await api([], { VERIFY_SUBSCRIPTION_KEY: "wrong" })).toEqual(through("failed", "key-refused"));
    expect(await api([])).toEqual(through("not checked", "key-not-given"));
    expect(await api(["--key-file", join(directory, "no-key")])).toEqual(
      through("not checked", "secret-file-unreadable"),
    );
  });

  test("a key is not read from a pipe that nobody writes to, from what has no end, or from a directory", async () => {
    const pipe = join(directory, "key-pipe");
    execFileSync("mkfifo", [pipe]);
    const huge = file("huge-key", " ".repeat(64 * 1024) + KEY);
    for (const odd of [pipe, "/dev/zero", directory, huge])
      expect(await api(["--key-file", odd])).toEqual(through("not checked", "secret-file-unreadable"));
  });

  test("an API that names callers gets the token of one", async () => {
    const headers: unknown[] = [];
    const address = await serve({
      https: (request, response) => {
        headers.push([request.url, request.headers.authorization, request.headers["x-key"]]);
        answers(request.headers.authorization ? 200 : 401)(request, response);
      },
    });
    const args = [
      "--api-url",
      `${address}/orders`,
      "--path",
      "/7?full=true",
      "--key-header",
      "X-Key",
      "--key-command",
      "echo key",
    ];
    const { code } = await said(args, { VERIFY_CALLER_TOKEN: "Bearer caller" });
    expect(headers.slice(0, 2)).toEqual([
      ["/orders/7?full=true", undefined, undefined],
      ["/orders/7?full=true", "Bearer caller", "key"],
    ]);
    expect(code).toBe(1);
  });
});

describe("secrets", () => {
  test("come from commands, which know the audience, from files and from variables", async () => {
    const seen: string[] = [];
    const app = await startApp(tenant, {}, seen);
    const unlisted = tenant.token(STRANGER);
    const other = tenant.token(STRANGER, { aud: TENANT_ID });
    file(`token-for-${AUDIENCE}`, `${unlisted}\n`);
    const args = [
      ...optionsOf(tenant, "--backend-url", app),
      "--without-scm",
      "--token-command",
      `cat "${directory}/token-for-$AUDIENCE"`,
      "--other-audience-token-file",
      file("other", `Bearer ${other}\n`),
    ];
    expect((await said(args)).code).toBe(0);
    expect(seen.slice(2)).toEqual([other, unlisted]);
  });

  test("of a command that fails are not checked, and what it printed is not shown", async () => {
    const app = await startApp(tenant);
    const args = [...optionsOf(tenant, "--backend-url", app), "--without-scm"];
    const command = "echo word-of-the-command; echo word-of-the-command >&2; exit 7";
    const { out, err, code } = await said([...args, "--token-command", command]);
    expect(out).toContain("The command of --token-command ends with exit code 7.");
    expect(out + err).not.toContain("word-of-the-command");
    expect(code).toBe(5);
  });

  test("appear in no output, whatever a server does with them", async () => {
    const received: string[] = [];
    const thief = await serve({
      https: (request, response) => (received.push(request.url ?? ""), answers(200)(request, response)),
    });
    const echo: Parameters<typeof startApp>[1] = {
      withToken: (request, response) => {
        const token = String(request.headers.authorization ?? request.headers["ocp-apim-subscription-key"]);
        response.statusMessage = token;
        response.writeHead(302, { location: `${thief}/?${encodeURIComponent(token)}`, "x-token": token }).end(token);
      },
    };
    const secrets = { ...secretsOf(tenant), VERIFY_CALLER_TOKEN: tenant.token(GATEWAY) };
    const app = await startApp(tenant, echo);
    const broken = await startApp(tenant, {
      withToken: (request, response) =>
        void response.socket?.end(`${request.headers.authorization} ${request.headers.authorization}\r\n\r\n`),
    });
    const junit = join(directory, "secrets.xml");
    const where = optionsOf(tenant, "--backend-url", app, "--backend-url", broken, "--api-url", app, "--junit", junit);
    const outputs: string[] = [];
    for (const json of [[], ["--json"]]) {
      const { out, err } = await said([...where, ...json], secrets, true);
      outputs.push(out, err, readFileSync(junit, "utf8"));
    }
    const words = Object.values(secrets).flatMap((secret) => String(secret).split("."));
    for (const word of words)
      expect(outputs.filter((text) => text.toLowerCase().includes(word.toLowerCase()))).toEqual([]);
    expect(outputs[0]).toContain("answer-unreadable");
    expect(received).toEqual([]);
  });

  test("are never sent over plain HTTP, nor where a redirect leads", async () => {
    const plain: unknown[] = [];
    const app = await startApp(tenant, {
      http: (request, response) => {
        plain.push([request.headers.authorization, request.headers["ocp-apim-subscription-key"]]);
        redirects(`https://${request.headers.host}/`)(request, response);
      },
    });
    await said([...optionsOf(tenant, "--backend-url", app, "--api-url", app), "--json"], secretsOf(tenant));
    expect(plain).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });
});

describe("a command written wrongly", () => {
  const token = `${Buffer.from('{"alg":"RS256"}').toString("base64url")}.e30.c2ln`;
  const url = ["--backend-url", "https://app.invalid"];
  const cases: [string[], string][] = [
    [["--token", token], "token-in-arguments"],
    [["--token-command", `echo ${token}`], "token-in-arguments"],
    [[token], "token-in-arguments"],
    [["secret-word"], "verify-takes-options"],
    [["--token=secret-word"], "option-unknown"],
    [["--key", "secret-word"], "option-unknown"],
    [["--backend-url", "http://secret-word.invalid"], "verify-url-invalid"],
    [["--backend-url", "https://app.invalid/?code=secret-word"], "verify-url-invalid"],
    [["--backend-url", "https://user:secret-word@app.invalid"], "verify-url-invalid"],
    [["--api-url", "secret-word"], "verify-url-invalid"],
    [[...url, "--issuer", "http://secret-word"], "verify-url-invalid"],
    [[...url, "--audience", "secret-word"], "verify-value-invalid"],
    [[...url, "--tenant", "secret-word"], "verify-value-invalid"],
    [[...url, "--gateway-principal-id", "secret-word"], "verify-value-invalid"],
    [[...url, "--path", "secret-word"], "verify-path"],
    [[...url, "--key-header", "secret-word:"], "verify-key-header"],
    [[...url, "--key-header", "Authorization"], "verify-key-header"],
    [[...url, "--key-header", "host"], "verify-key-header"],
    [[...url, "--expect", "401"], "expected-status-of-refusal"],
    [[...url, "--expect", "500"], "expected-status-of-refusal"],
    [[...url, "--expect", "ok"], "option-number-invalid"],
    [[...url, "--timeout", "0"], "option-number-invalid"],
    [[...url, "--wait", "-1"], "option-value-missing"],
    [[...url, "--wait", "3601"], "option-number-invalid"],
    [
      ["--outputs", file("list.json", terraformOutputs({ backend_url: ["https://app.invalid"] }))],
      "verify-url-invalid",
    ],
    [["--outputs", file("none-of-it.json", terraformOutputs({ url: "https://app.invalid" }))], "nothing-to-verify"],
    [["--outputs", file("not-deployed.json", "{}")], "no-outputs"],
    [["--outputs", file("stack-without-outputs.json", '{"orders":{}}')], "no-outputs"],
  ];

  test.each(cases)("%j", async (args, id) => {
    const { code, out, err } = await said(args);
    expect([code, out, err]).toEqual([2, "", refusal(id)]);
    expect(err).not.toContain("secret-word");
    expect(err).not.toContain(token);
    const json = await said([...args, "--json"]);
    expect([json.code, JSON.parse(json.out)]).toEqual([2, { error: refusal(id), id }]);
  });

  test("a report that cannot be written is said before anything is called, and no file is begun", async () => {
    const app = await startApp(tenant);
    const to = (path: string): Promise<Said> => said(["--backend-url", app, "--junit", path]);
    expect(await to(directory)).toMatchObject({ code: 2, out: "", err: refusal("output-not-a-file", "--junit") });
    const nowhere = join(directory, "none", "junit.xml");
    expect(await to(nowhere)).toMatchObject({ code: 4, out: "", err: refusal("output-cannot-be-written") });
    expect(existsSync(nowhere)).toBe(false);
  });
});

describe("as a shell runs it", () => {
  const main = commandOfLib();

  test("it has its own help", async () => {
    const { status, stdout } = spawnSync(process.execPath, [main, "verify", "--help"], { encoding: "utf8" });
    expect([status, stdout]).toEqual([0, VERIFY_HELP]);
    expect(await said(["--help"])).toEqual({ code: 0, out: VERIFY_HELP, err: "" });
  }, 30_000);

  test("it trusts the authorities that Node.js is told of and no others, and ends with its code", async () => {
    const app = await startApp(tenant, { withoutToken: page(200) });
    const run = async (environment: NodeJS.ProcessEnv): Promise<unknown[]> => {
      const child = spawn(process.execPath, [main, "verify", "--backend-url", app, "--wait", "0"], {
        env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: "0", ...environment },
        stdio: ["ignore", "pipe", "ignore"],
      });
      let out = "";
      child.stdout.on("data", (text) => (out += text));
      return [await new Promise((ended) => child.on("close", ended)), out];
    };
    const told = { NODE_EXTRA_CA_CERTS: file("authority.pem", AUTHORITY) };
    expect(await run(told)).toEqual([1, expect.stringContaining("  failed       no token: 200, expected 401\n")]);
    expect(await run({})).toEqual([5, expect.stringContaining("(certificate-untrusted)")]);
  }, 30_000);
});
