import { Json } from "../../helpers/synth";
import { certificateFor } from "./certificate";
import { listen, nobody, stopServers, trustServers } from "./servers";
import { answers, own, page, redirects, startApp } from "./sites";
import { AUDIENCE, GATEWAY, STRANGER, Tenant } from "./tenant";
import { Faults, optionsOf, problems, said, secretsOf, verified } from "./world";

let tenant: Tenant;
beforeAll(() => trustServers());
beforeEach(async () => void (tenant = await new Tenant().start()));
afterEach(stopServers);

const TOKENS = ["forged signature", "algorithm none", "token for another audience", "token of an unlisted identity"];
const unseen = (kind = "backend"): string[][] => TOKENS.map((check) => [kind, check, "not checked", "sign-in-unseen"]);

test("what is closed passes, check for check", async () => {
  const { code, checks, err } = await verified(tenant, {});
  expect(checks.map(({ kind, check, status, result }: Json) => [kind, check, status, result])).toEqual([
    ["backend", "no token", 401, "passed"],
    ["backend", "forged signature", 401, "passed"],
    ["backend", "algorithm none", 401, "passed"],
    ["backend", "token for another audience", 401, "passed"],
    ["backend", "token of an unlisted identity", 403, "passed"],
    ["backend", "plain HTTP", 301, "passed"],
    ["backend", "TRACE", 405, "passed"],
    ["backend", "SCM site without credentials", 401, "passed"],
    ["api", "neither key nor token", 401, "passed"],
    ["api", "through the gateway", 200, "passed"],
    ["api", "plain HTTP", 404, "passed"],
    ["api", "TRACE", 404, "passed"],
  ]);
  expect([code, err]).toEqual([0, ""]);
});

const SIGN_IN_PAGE = "https://login.microsoftonline.com/tenant/oauth2/authorize";
const failed = (check: string, id: string, kind = "backend"): string[] => [kind, check, "failed", id];
const open = (check: string, id: string, kind = "backend"): string[] => [kind, check, "not checked", id];

/** One thing that is wrong, and what is said about it. */
const MISBEHAVIORS: [string, Faults, string[][]][] = [
  [
    "an app without sign-in",
    { app: { withoutToken: answers(200) } },
    [failed("no token", "open-without-token"), ...unseen()],
  ],
  [
    "an app whose code answers 404",
    { app: { withoutToken: answers(404) } },
    [failed("no token", "open-without-token"), ...unseen()],
  ],
  [
    "an app that shows a page",
    { app: { withoutToken: page(200) } },
    [failed("no token", "page-without-token"), ...unseen()],
  ],
  [
    "an app that redirects to sign-in",
    { app: { withoutToken: redirects(SIGN_IN_PAGE) } },
    [failed("no token", "redirects-to-sign-in"), ...unseen()],
  ],
  [
    "an app that redirects elsewhere",
    { app: { withoutToken: redirects("https://example.com/") } },
    [failed("no token", "redirects-without-token"), ...unseen()],
  ],
  [
    "an app that checks no signatures",
    { app: { anySignature: true } },
    [failed("forged signature", "forged-signature-accepted")],
  ],
  [
    "an app that reads forged tokens",
    { app: { anySignature: true, admits: STRANGER } },
    [
      failed("forged signature", "forged-token-read"),
      failed("token of an unlisted identity", "any-identity-accepted"),
      failed("through the gateway", "gateway-not-admitted", "api"),
    ],
  ],
  [
    "an app that accepts unsigned tokens",
    { app: { unsignedTokens: true } },
    [failed("algorithm none", "missing-signature-accepted")],
  ],
  [
    "an app that accepts any audience",
    { app: { anyAudience: true, anyIdentity: true } },
    [
      failed("token for another audience", "any-audience-accepted"),
      failed("token of an unlisted identity", "any-identity-accepted"),
    ],
  ],
  [
    "an app without a list of identities",
    { app: { anyIdentity: true } },
    [failed("token of an unlisted identity", "any-identity-accepted")],
  ],
  [
    "an app that refuses every token",
    { app: { withToken: answers(401) } },
    [
      failed("token of an unlisted identity", "valid-token-refused"),
      failed("through the gateway", "gateway-token-refused", "api"),
    ],
  ],
  ["an app that answers plain HTTP", { app: { http: answers(200) } }, [failed("plain HTTP", "plain-http-answered")]],
  [
    "an app whose sign-in answers plain HTTP",
    { app: { http: answers(401) } },
    [failed("plain HTTP", "plain-http-answered")],
  ],
  [
    "an app that redirects to plain HTTP",
    { app: { http: redirects("http://example.com/") } },
    [failed("plain HTTP", "redirects-to-http")],
  ],
  ["an app that answers TRACE", { app: { trace: answers(200) } }, [failed("TRACE", "trace-answered")]],
  ["an open SCM site", { scm: [200] }, [failed("SCM site without credentials", "scm-open")]],
  [
    "an SCM site that redirects elsewhere",
    { scm: [302, "", { location: "https://example.com" }] },
    [failed("SCM site without credentials", "scm-redirects")],
  ],
  [
    "an open slot",
    { slot: { withoutToken: answers(200) } },
    [
      failed("no token", "open-without-token", "slot"),
      ...unseen("slot"),
      open("SCM site without credentials", "scm-unknown", "slot"),
    ],
  ],
  [
    "a gateway without the app role",
    { gateway: { roleUnassigned: true } },
    [failed("through the gateway", "gateway-gets-no-token", "api")],
  ],
  [
    "a gateway with a version 1 token",
    { gateway: { claims: { iss: "https://sts.windows.net/tenant/" } } },
    [failed("through the gateway", "gateway-token-refused", "api")],
  ],
  [
    "a gateway that is not on the list",
    { gateway: { claims: { oid: STRANGER } } },
    [failed("through the gateway", "gateway-not-admitted", "api")],
  ],
  [
    "a gateway that asks for no key",
    { gateway: { open: true } },
    [failed("neither key nor token", "open-without-key", "api")],
  ],
  [
    "a gateway that answers plain HTTP",
    { gateway: { http: own(401, "Access denied") } },
    [failed("plain HTTP", "plain-http-answered", "api")],
  ],
  ["a gateway that answers TRACE", { gateway: { trace: answers(200) } }, [failed("TRACE", "trace-answered", "api")]],
  [
    "a gateway that cannot reach the app",
    { gateway: { instead: answers(502) } },
    [failed("through the gateway", "app-unreachable", "api")],
  ],
  [
    "a gateway in front of a redirect",
    { gateway: { instead: redirects(SIGN_IN_PAGE) } },
    [failed("through the gateway", "app-redirects", "api")],
  ],
  [
    "a gateway that limits calls",
    { gateway: { instead: answers(429) } },
    [failed("through the gateway", "too-many-calls", "api")],
  ],
  [
    "a gateway that answers something else",
    { gateway: { instead: answers(204) } },
    [failed("through the gateway", "status-unexpected", "api")],
  ],
  [
    "an app that has no code",
    { app: { app: answers(404) } },
    [failed("through the gateway", "path-not-in-app", "api")],
  ],
  ["an app that fails", { app: { app: answers(500) } }, [failed("through the gateway", "app-fails", "api")]],
];

test.each(MISBEHAVIORS)("%s fails, with its cause", async (_, faults, expected) => {
  const { code, checks } = await verified(tenant, faults);
  expect(problems(checks)).toEqual(expected);
  expect(code).toBe(1);
  for (const { cause, fix } of checks.filter(({ result }) => result !== "passed"))
    expect([cause, fix]).not.toContain("");
});

describe("what shows nothing has not passed", () => {
  const refused = (check: string): string[] => open(check, "address-refused");
  test.each<[string, Faults["app"], string[][]]>([
    [
      "an app that refuses this address",
      { withoutToken: page(403, "Ip Forbidden"), http: page(403), trace: page(403) },
      [refused("no token"), ...unseen(), refused("plain HTTP"), refused("TRACE")],
    ],
    [
      "a stopped app",
      { withoutToken: page(403, "Error 403 - This web app is stopped."), trace: page(403) },
      [open("no token", "app-stopped"), ...unseen(), refused("TRACE")],
    ],
    [
      "a name without an app",
      { withoutToken: page(404, "404 Web Site not found.") },
      [open("no token", "app-not-found"), ...unseen()],
    ],
    [
      "an overloaded app",
      { withoutToken: answers(503), trace: answers(503) },
      [open("no token", "app-unavailable"), ...unseen(), open("TRACE", "app-unavailable")],
    ],
    [
      "an answer that says nothing",
      { withoutToken: answers(418) },
      [open("no token", "answer-unexpected"), ...unseen()],
    ],
    [
      "an app that fails with tokens",
      { withToken: answers(503) },
      TOKENS.map((check) => open(check, "app-unavailable")),
    ],
  ])("%s", async (_, app, expected) => {
    const { code, out } = await said(
      [...optionsOf(tenant, "--backend-url", await startApp(tenant, app)), "--without-scm", "--json"],
      secretsOf(tenant),
    );
    expect(problems(JSON.parse(out).checks)).toEqual(expected);
    expect(code).toBe(5);
  });

  test("nor has a server that does not answer as it should: nobody asks it again", async () => {
    let connections = 0;
    const broken = (bytes?: string): Promise<string> =>
      listen((socket) => {
        connections++;
        if (bytes === undefined) socket.destroy();
        else socket.end(bytes);
      });
    const [expired, other] = [certificateFor("localhost", { expired: true }), certificateFor("other.example")];
    trustServers(expired, other);
    const cases: [string, string][] = [
      ["connection-refused", await nobody()],
      ["connection-closed", await broken()],
      ["no-tls", await broken("HTTP/1.1 200 OK\r\n\r\n")],
      ["no-answer-in-time", await listen(() => undefined)],
      ["host-not-found", "https://app.invalid"],
      ["certificate-untrusted", await startApp(tenant, { certificate: certificateFor("localhost") })],
      ["certificate-expired", await startApp(tenant, { certificate: expired })],
      ["certificate-of-another-host", await startApp(tenant, { certificate: other })],
    ];
    for (const [id, url] of cases) {
      const { code, out } = await said(
        [...optionsOf(tenant, "--backend-url", url), "--without-scm", "--timeout", "1", "--json"],
        secretsOf(tenant),
      );
      const { checks } = JSON.parse(out);
      expect([url, code, new Set(checks.map((check: Json) => `${check.result} ${check.id}`))]).toEqual([
        url,
        5,
        new Set([`not checked ${id}`]),
      ]);
      expect(checks).toHaveLength(7);
    }
    expect(connections).toBe(2);
  });

  test("a broken answer within TLS is one too, and a slow one after its status is not", async () => {
    const garbage = await startApp(tenant, {
      withoutToken: (_, response) => void response.socket?.end("no HTTP\r\n\r\n"),
    });
    const slow = await startApp(tenant, { withoutToken: (_, response) => void response.writeHead(401).write("and") });
    const firsts = [];
    for (const url of [garbage, slow]) {
      const { out } = await said([...optionsOf(tenant, "--backend-url", url), "--timeout", "1", "--json"]);
      const [{ status, result, id }] = JSON.parse(out).checks;
      firsts.push([status, result, id]);
    }
    expect(firsts).toEqual([
      [undefined, "not checked", "answer-unreadable"],
      [401, "passed", undefined],
    ]);
  });

  test("an API that nobody answers for fails", async () => {
    const unreachable = async (...args: string[]): Promise<unknown[]> => {
      const { code, out } = await said(["--api-url", `${await nobody()}/orders`, "--json", ...args], secretsOf(tenant));
      return [code, ...problems(JSON.parse(out).checks)];
    };
    const checks = [
      failed("through the gateway", "connection-refused", "api"),
      open("plain HTTP", "connection-refused", "api"),
      open("TRACE", "connection-refused", "api"),
    ];
    expect(await unreachable("--without-key")).toEqual([1, ...checks]);
    expect(await unreachable()).toEqual([1, open("neither key nor token", "connection-refused", "api"), ...checks]);
  });
});

describe("a token shows something only if it is the right one", () => {
  async function tokens(environment: NodeJS.ProcessEnv, seen: string[] = [], ...more: string[]): Promise<unknown[][]> {
    const url = await startApp(tenant, {}, seen);
    const { out } = await said(
      [...optionsOf(tenant, "--backend-url", url), "--without-scm", "--json", ...more],
      environment,
    );
    return problems(JSON.parse(out).checks);
  }
  const both = (id: string): string[][] => TOKENS.slice(2).map((check) => open(check, id));

  test("without one, its checks are not made", async () => {
    expect(await tokens({})).toEqual(both("secret-not-given"));
  });

  test.each<[string, () => string, string, string]>([
    ["no token", () => "word", "token-unreadable", "token-unreadable"],
    ["an expired one", () => tenant.token(STRANGER, { exp: 1 }), "token-expired", "token-expired"],
    ["one without an end", () => tenant.token(STRANGER, { exp: undefined }), "token-expired", "token-expired"],
    ["lines", () => "a\nb", "secret-unusable", "secret-unusable"],
  ])("%s", async (_, token, other, unlisted) => {
    const environment = { VERIFY_TOKEN: token(), VERIFY_OTHER_AUDIENCE_TOKEN: token() };
    const seen: string[] = [];
    expect(await tokens(environment, seen)).toEqual([open(TOKENS[2], other), open(TOKENS[3], unlisted)]);
    expect(seen).not.toContain(token());
  });

  test("one for the other check, one of another issuer, and one of the gateway", async () => {
    const [right, wrong] = [tenant.token(STRANGER), tenant.token(STRANGER, { aud: "https://example.com" })];
    const seen: string[] = [];
    expect(await tokens({ VERIFY_TOKEN: wrong, VERIFY_OTHER_AUDIENCE_TOKEN: right }, seen)).toEqual([
      open(TOKENS[2], "token-for-this-audience"),
      open(TOKENS[3], "token-for-something-else"),
    ]);
    const elsewhere = tenant.token(STRANGER, { iss: "https://sts.windows.net/tenant/" });
    expect(await tokens({ VERIFY_TOKEN: elsewhere, VERIFY_OTHER_AUDIENCE_TOKEN: wrong })).toEqual([
      open(TOKENS[3], "token-for-something-else"),
    ]);
    expect(await tokens({ VERIFY_TOKEN: tenant.token(GATEWAY), VERIFY_OTHER_AUDIENCE_TOKEN: wrong })).toEqual([
      open(TOKENS[3], "token-of-the-gateway"),
    ]);
    expect(seen).not.toContain(right);
    expect(seen).not.toContain(wrong);
  });

  test("the forged ones are right in all but their signature", async () => {
    const seen: string[] = [];
    await tokens({}, seen);
    const [forged, none] = seen.map((token) => tenant.read(token));
    expect(forged.header).toEqual({ alg: "RS256", typ: "JWT", kid: "the-key-of-the-tenant" });
    expect(none.header).toEqual({ alg: "none", typ: "JWT" });
    for (const { claims, signed } of [forged, none]) {
      expect(claims).toMatchObject({ aud: AUDIENCE, iss: tenant.issuer, oid: GATEWAY, ver: "2.0", roles: ["Invoke"] });
      expect(claims.nbf * 1000).toBeLessThan(Date.now());
      expect(claims.exp * 1000).toBeGreaterThan(Date.now());
      expect(signed).toBe(false);
    }
    expect(seen[1]).toMatch(/^[^.]+\.[^.]+\.$/);
  });

  test("a forged one that lacks something has shown nothing, unless it is let in", async () => {
    const forgeries = async (url: string, ...options: string[]): Promise<unknown[][]> => {
      const { out } = await said(["--backend-url", url, "--without-scm", "--json", ...options]);
      return problems(JSON.parse(out).checks).slice(0, 2);
    };
    const lacking = (id: string): string[][] => TOKENS.slice(0, 2).map((check) => open(check, id));
    const url = await startApp(tenant);
    expect(await forgeries(url, "--audience", AUDIENCE)).toEqual(lacking("forged-token-incomplete"));
    const silent = ["--audience", AUDIENCE, "--gateway-principal-id", GATEWAY, "--issuer", await nobody()];
    expect(await forgeries(url, ...silent)).toEqual(lacking("issuer-keys-unknown"));
    const careless = await startApp(tenant, { withToken: answers(200) });
    expect(await forgeries(careless)).toEqual([
      failed(TOKENS[0], "forged-signature-accepted"),
      failed(TOKENS[1], "missing-signature-accepted"),
    ]);
  });

  test("without an audience, a real one is not sent", async () => {
    const seen: string[] = [];
    const url = await startApp(tenant, {}, seen);
    const { out } = await said(["--backend-url", url, "--without-scm", "--json"], secretsOf(tenant));
    expect(problems(JSON.parse(out).checks).slice(2)).toEqual(both("audience-unknown"));
    expect(seen).toHaveLength(2);
  });
});

describe("time helps", () => {
  const patiently = async (interactive: boolean, wait: string, refusals: number) => {
    let calls = 0;
    const app = await startApp(tenant, {
      withoutToken: (request, response) => answers(calls++ < refusals ? 503 : 401)(request, response),
    });
    const args = [...optionsOf(tenant, "--backend-url", app), "--without-scm", "--wait", wait];
    return { ...(await said(args, {}, interactive)), app };
  };

  test("while identities propagate, one line in a log says what is waited for", async () => {
    const { out, err, app } = await patiently(false, "60", 3);
    expect(out).toContain("  passed       no token: 401\n");
    expect(err).toBe(`waiting for ${app}/ (no token): 503, expected 401; 0 of at most 60 s\n`);
  });

  test("on a terminal, the line changes and is cleared", async () => {
    const { err, app } = await patiently(true, "60", 2);
    const line = `\r\u001b[Kwaiting for ${app}/ (no token): 503, expected 401; 0 of at most 60 s`;
    expect(err).toBe(`${line}${line}\r\u001b[K`);
  });

  test("but not for ever, and all checks share the time", async () => {
    const begun = Date.now();
    const { out, code } = await patiently(false, "1", Infinity);
    expect(Date.now() - begun).toBeLessThan(5000);
    expect(code).toBe(5);
    expect(out).toContain("  not checked  no token: 503, expected 401\n      The server answers 503");
  });

  test("the gateway's role is waited for", async () => {
    let calls = 0;
    const { checks, err } = await verified(
      tenant,
      {
        gateway: {
          instead: (request, response) =>
            (calls++ < 2 ? own(500, "Internal server error") : answers(200))(request, response),
        },
      },
      "--wait",
      "60",
    );
    expect(problems(checks)).toEqual([]);
    expect(err).toMatch(/^waiting for \S+ \(through the gateway\): 500, expected 200; 0 of at most 60 s\n$/);
  });
});
