import { spawnSync } from "child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { delimiter, join } from "path";
import { azScript, variableNames } from "../../../lib/entra/request/az-script";
import { EntraRequest } from "../../../lib/entra/request/entra-request";
import { Json } from "../../helpers/synth";
import { CLIENT, GATEWAY, HOSTILE, JOB, OWNER, REQUEST, ROLE, TENANT } from "./requests";

/* The script runs, against a stand-in for the Azure CLI that keeps an Entra ID. */

jest.setTimeout(60_000);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "az-script-"));
  symlinkSync(join(__dirname, "fake-az.cjs"), join(folder, "az"));
});

afterEach(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function run(request: EntraRequest, env: Record<string, string> = {}): Ran {
  const script = join(folder, "request.sh");
  writeFileSync(script, azScript(request));
  const { status, stdout, stderr } = spawnSync("bash", [script], {
    cwd: folder,
    encoding: "utf8",
    env: {
      HOME: folder,
      PATH: [folder, process.env.PATH].join(delimiter),
      FAKE_AZ: folder,
      RETRY_SECONDS: "0",
      ...env,
    },
  });
  return { status, out: stdout, err: stderr };
}

const entra = (): Json => JSON.parse(readFileSync(join(folder, "entra.json"), "utf8"));
const calls = (): string[][] =>
  readFileSync(join(folder, "calls.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

const APP = "a0000000-0000-4000-8000-000000000000";
const PRINCIPAL = "b1000000-0000-4000-8000-000000000000";
const KNOWN: EntraRequest = {
  ...REQUEST,
  owners: [OWNER],
  assignments: [
    { label: "Gateway", kind: "gateway", objectId: GATEWAY },
    { label: "NightlyJob", kind: "user-assigned", objectId: JOB },
  ],
};

describe("the script", () => {
  test("creates exactly what is requested, and says what to send back", () => {
    const { status, out, err } = run(KNOWN);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(entra()).toMatchObject({
      applications: [
        {
          appId: APP,
          displayName: "Contoso Orders",
          signInAudience: "AzureADMyOrg",
          api: { requestedAccessTokenVersion: 2 },
          web: { implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false } },
          appRoles: [
            {
              id: ROLE,
              value: "Invoke",
              displayName: "Invoke",
              description: "May call the API.",
              allowedMemberTypes: ["Application"],
              isEnabled: true,
            },
          ],
        },
      ],
      servicePrincipals: [{ id: PRINCIPAL, appId: APP, accountEnabled: true, appRoleAssignmentRequired: true }],
      owners: [[APP, OWNER]],
      assignments: [GATEWAY, JOB].map((principalId) => ({ principalId, resourceId: PRINCIPAL, appRoleId: ROLE })),
    });
    expect(out).toBe(
      [
        `Created the application Contoso Orders (${APP}).`,
        `The service principal ${PRINCIPAL} requires assignment.`,
        "Assigned the app role to: Gateway.",
        "Assigned the app role to: NightlyJob.",
        "",
        "Send back:",
        `  Application (client) ID:            ${APP}`,
        `  Object ID of the service principal: ${PRINCIPAL}`,
        `  Directory (tenant) ID:              ${TENANT}`,
        "",
      ].join("\n"),
    );
  });

  test("creates nothing twice", () => {
    run(KNOWN);
    const { applications, servicePrincipals, assignments } = entra();
    const { status, out } = run(KNOWN);
    expect(status).toBe(0);
    expect(entra()).toMatchObject({ applications, servicePrincipals, assignments });
    expect([entra().applications, entra().servicePrincipals, entra().assignments].map(({ length }) => length)).toEqual([
      1, 1, 2,
    ]);
    expect(out).toContain("Has the app role: NightlyJob.");
  });

  test("corrects what was changed since", () => {
    run(KNOWN);
    const changed = entra();
    changed.applications[0].api.requestedAccessTokenVersion = null;
    changed.applications[0].passwordCredentials = [{ keyId: "key" }];
    changed.servicePrincipals[0].appRoleAssignmentRequired = false;
    writeFileSync(join(folder, "entra.json"), JSON.stringify(changed));
    const { out } = run(KNOWN);
    expect(entra().applications[0].api).toEqual({ requestedAccessTokenVersion: 2 });
    expect(entra().servicePrincipals[0].appRoleAssignmentRequired).toBe(true);
    expect(out).toContain("WARNING: it has a secret or a certificate");
  });

  test("assigns later what is not known yet", () => {
    const first = run(REQUEST);
    expect(first.status).toBe(0);
    expect(first.out).toContain("NOT YET ASSIGNED: Gateway. Run this again with OBJECT_ID_GATEWAY=<object ID>");
    expect(entra().assignments).toEqual([]);
    expect(run(REQUEST, { OBJECT_ID_GATEWAY: GATEWAY }).out).toContain("Assigned the app role to: Gateway.");
    expect(entra().assignments).toEqual([{ principalId: GATEWAY, resourceId: PRINCIPAL, appRoleId: ROLE }]);
    expect(entra().applications).toHaveLength(1);
  });

  test("waits until a new application is known everywhere, and gives up in the end", () => {
    expect(run(KNOWN, { FAKE_AZ_FAILURES: "3" }).status).toBe(0);
    rmSync(join(folder, "entra.json"));
    const { status, err } = run(KNOWN, { FAKE_AZ_FAILURES: "9" });
    expect(status).not.toBe(0);
    expect(err).toContain("The application does not exist yet");
    expect(entra().assignments).toEqual([]);
  });

  test("does nothing in another tenant", () => {
    const request = { ...KNOWN, tenantId: TENANT.toUpperCase() };
    const { status, err } = run(request, { FAKE_TENANT: CLIENT });
    expect(status).toBe(1);
    expect(err).toBe(`You are signed in to the tenant ${CLIENT}. Run: az login --tenant ${TENANT}\n`);
    expect(calls()).toHaveLength(1);
    expect(run(request).status).toBe(0);
  });

  test("takes an application that has another name, if it has the role", () => {
    run(KNOWN);
    const renamed = entra();
    renamed.applications[0].displayName = "Orders of Contoso";
    writeFileSync(join(folder, "entra.json"), JSON.stringify(renamed));
    expect(run(KNOWN, { CLIENT_ID: APP }).status).toBe(0);
    expect(run({ ...KNOWN, clientId: APP }).status).toBe(0);
    expect(entra().applications).toHaveLength(1);
    renamed.applications[0].appRoles = [];
    writeFileSync(join(folder, "entra.json"), JSON.stringify(renamed));
    const { status, err } = run(KNOWN, { CLIENT_ID: APP });
    expect(status).toBe(1);
    expect(err).toContain(`The application ${APP} has no enabled app role with the id ${ROLE} for applications.`);
  });

  test.each([
    ["is disabled", { isEnabled: false }],
    ["is for people only", { allowedMemberTypes: ["User"] }],
  ])("stops at an app role that %s, because nobody could get it", (_, change) => {
    run(REQUEST);
    const changed = entra();
    Object.assign(changed.applications[0].appRoles[0], change);
    writeFileSync(join(folder, "entra.json"), JSON.stringify(changed));
    const { status, err } = run(KNOWN, { CLIENT_ID: APP });
    expect(status).toBe(1);
    expect(err).toContain("Set it in its manifest, as request.md shows.");
    expect(entra().assignments).toEqual([]);
  });

  test("says what an object ID is, if it gets something else", () => {
    const name = run(REQUEST, { OBJECT_ID_GATEWAY: "contoso-gateway" });
    expect(name.status).toBe(1);
    expect(name.err).toBe("OBJECT_ID_GATEWAY must be an object ID (a GUID), but it is: contoso-gateway\n");
    const ofApplication = run(REQUEST, { OBJECT_ID_GATEWAY: CLIENT, FAKE_AZ_UNKNOWN: CLIENT });
    expect(ofApplication.status).toBe(1);
    expect(ofApplication.err).toContain(
      `The tenant has no service principal with the object ID ${CLIENT} (Gateway). Write the object ID of the identity, not its client ID.`,
    );
    expect(entra().assignments).toEqual([]);
  });

  test("does not choose between two applications", () => {
    run(KNOWN);
    const two = entra();
    two.applications.push({ ...two.applications[0], appId: CLIENT });
    writeFileSync(join(folder, "entra.json"), JSON.stringify(two));
    const { status, err } = run(KNOWN);
    expect(status).toBe(1);
    expect(err).toContain(CLIENT);
    expect(entra().applications).toEqual(two.applications);
  });

  test.each(HOSTILE)("takes a name as a name: %s", (name) => {
    const request: EntraRequest = {
      ...KNOWN,
      displayName: name,
      stack: name,
      path: `${name}\ntouch hacked`,
      reason: name,
      assignments: [{ label: `${name}\ntouch hacked`, kind: "other", objectId: JOB }],
    };
    for (const ran of [run(request), run(request)]) expect(ran).toMatchObject({ status: 0, err: "" });
    expect(entra().applications.map(({ displayName }: Json) => displayName)).toEqual([name]);
    expect(existsSync(join(folder, "hacked"))).toBe(false);
  });

  test("neither takes nor makes a secret", () => {
    const script = azScript(KNOWN);
    expect(script).not.toMatch(/credential reset|--password|addPassword|create-for-rbac/);
    run(KNOWN);
    expect(calls().filter((call) => /password|credential/i.test(call.join(" ")))).toEqual([]);
  });
});

test("each assignment has a variable of its own", () => {
  const names = variableNames(
    ["Gateway", "rg/apim", "rg apim", "注文", "Nightly-Job"].map((label) => ({ label, kind: "other" })),
  );
  expect(names).toEqual([
    "OBJECT_ID_GATEWAY",
    "OBJECT_ID_RG_APIM",
    "OBJECT_ID_RG_APIM__2",
    "OBJECT_ID__",
    "OBJECT_ID_NIGHTLY_JOB",
  ]);
});
