import { spawnSync } from "child_process";
import { join } from "path";
import { toMatchFile } from "jest-file-snapshot";
import { EntraRequest } from "../../../lib/entra/request/entra-request";
import { graphRequests } from "../../../lib/entra/request/graph-requests";
import { azRest } from "../../../lib/entra/request/by-graph";
import { requestPage } from "../../../lib/entra/request/request-page";
import { CLIENT, GATEWAY, HOSTILE, JOB, OWNER, REQUEST, ROLE, TENANT } from "./requests";

expect.extend({ toMatchFile });

const KNOWN: EntraRequest = {
  ...REQUEST,
  tenantId: TENANT,
  clientId: CLIENT,
  clientIdVariable: undefined,
  owners: [OWNER],
  assignments: [
    { label: "Gateway", kind: "gateway", objectId: GATEWAY },
    { label: "NightlyJob", kind: "user-assigned", objectId: JOB },
  ],
  otherAssignments: [{ label: "batch", reason: "by the batch team" }, { label: "probe" }],
};

describe("the page", () => {
  test.each<[string, EntraRequest]>([
    ["nothing-exists", REQUEST],
    ["everything-known", KNOWN],
  ])("of a request where %s is reviewed", (name, request) => {
    expect(requestPage(request)).toMatchFile(join(__dirname, "reviewed", `${name}.md`));
  });

  test("has a value and a reason for every property that Microsoft Graph gets", () => {
    const [, table] = /\n## What is requested\n\n([^]*?)\n\n/.exec(requestPage(KNOWN)) ?? [];
    const rows = table.split("\n").slice(2);
    const properties = rows.map((row) => row.split(" | ")[1]).join(" ");
    for (const property of [
      "displayName",
      "signInAudience",
      "api.requestedAccessTokenVersion",
      "web.implicitGrantSettings",
      "appRoles[0].id",
      "appRoles[0].value",
      "appRoles[0].displayName",
      ".description",
      "appRoles[0].allowedMemberTypes",
      "appRoles[0].isEnabled",
      "appRoleAssignmentRequired",
      "accountEnabled",
      "owners",
    ])
      expect(properties).toContain(`\`${property}\``);
    for (const row of rows) expect(row.split(" | ").filter((cell) => cell.trim() !== "")).toHaveLength(4);
  });

  test("has a name with a bar as it is in a list, and escaped in a table", () => {
    const page = requestPage({ ...REQUEST, displayName: "Orders | Test" });
    expect(page).toContain("2. **Name**: `Orders | Test`\n");
    expect(page).toContain("| `Orders \\| Test` |");
  });

  test("says what comes later, and how the object IDs are read", () => {
    expect(requestPage(REQUEST)).toContain("`terraform output -json Registration_Callers_44D96683` prints them.");
    expect(requestPage(REQUEST)).toContain("OBJECT_ID_GATEWAY=<object ID> bash request.sh");
    expect(requestPage(KNOWN)).not.toContain("second round, run");
  });

  test("says which identities are the gateway's, whatever kind they are of", () => {
    const page = requestPage({
      ...REQUEST,
      assignments: [
        { label: "Gateway", kind: "gateway" },
        { label: "GatewayIdentity", kind: "gateway-identity" },
        { label: "NightlyJob", kind: "user-assigned" },
      ],
    });
    const reasons = /\n### Who gets the app role\n\n([^]*?)\n\n/.exec(page)?.[1].split("\n").slice(2);
    expect(reasons?.map((row) => [row.split(" | ")[0], row.split(" | ")[3]])).toEqual([
      ["| `Gateway`", "It is an identity of the gateway, which calls with it. |"],
      ["| `GatewayIdentity`", "It is an identity of the gateway, which calls with it. |"],
      ["| `NightlyJob`", "It calls as well, with its own identity. |"],
    ]);
  });

  test("asks for the rights that the owners take, only if there are owners", () => {
    expect(requestPage(KNOWN)).toContain("`Directory.Read.All`");
    expect(requestPage(REQUEST)).not.toContain("`Directory.Read.All`");
  });

  test("speaks of a second round only if there is one", () => {
    expect(requestPage(REQUEST)).toContain("The others are made in the second round.");
    expect(requestPage(KNOWN)).not.toContain("second round");
    expect(requestPage({ ...REQUEST, assignments: [] })).not.toContain("second round");
  });

  test("says which tenant it is, even if the stack names none", () => {
    expect(requestPage(REQUEST)).toContain(
      "| Tenant | the tenant of the Azure subscription that the stack is deployed to.",
    );
    expect(requestPage(KNOWN)).toContain(`| Tenant | \`${TENANT}\` |`);
  });

  test.each(HOSTILE)("takes a name as a name: %s", (name) => {
    const hostile = requestPage({
      ...KNOWN,
      displayName: name,
      reason: name,
      stack: name,
      path: `${name}\n# Not a title`,
      assignments: [{ label: `${name}\n# Not a title`, kind: "other", objectId: JOB }],
      otherAssignments: [{ label: name, reason: name }],
    });
    const plain = requestPage({ ...KNOWN, assignments: [{ label: "x", kind: "other", objectId: JOB }] });
    const titles = (page: string): number => page.split("\n").filter((line) => /^#+ /.test(line)).length;
    const cells = (page: string): number[] =>
      page
        .split("\n")
        .filter((line) => line.startsWith("| "))
        .map((line) => line.replace(/\\./g, "").split("|").length);
    expect(titles(hostile)).toBe(titles(plain));
    expect(cells(hostile)).toEqual(cells(plain));
    const outsideOfCode = hostile
      .replace(/^(`{3,})\w+\n[^]*?\n\1$/gm, "")
      .replace(/(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, "");
    expect(outsideOfCode).not.toMatch(/(?<!\\)<(?!!-- -->)|(?<!\\)\]\(/);
  });
});

describe("the requests to Microsoft Graph", () => {
  test("are what the documentation of Microsoft Graph says", () => {
    expect(graphRequests(REQUEST).map(({ method, url, headers, body }) => ({ method, url, headers, body }))).toEqual([
      {
        method: "POST",
        url: "https://graph.microsoft.com/v1.0/applications",
        headers: { "Content-Type": "application/json" },
        body: {
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
      },
      {
        method: "PATCH",
        url: "https://graph.microsoft.com/v1.0/servicePrincipals(appId='{client ID}')",
        headers: { "Content-Type": "application/json", Prefer: "create-if-missing" },
        body: { accountEnabled: true, appRoleAssignmentRequired: true },
      },
      {
        method: "POST",
        url: "https://graph.microsoft.com/v1.0/servicePrincipals/{object ID of the service principal}/appRoleAssignedTo",
        headers: { "Content-Type": "application/json" },
        body: {
          principalId: "{object ID of Gateway}",
          resourceId: "{object ID of the service principal}",
          appRoleId: ROLE,
        },
      },
    ]);
  });

  test("change nothing but the settings of an application that exists", () => {
    const [application] = graphRequests(KNOWN);
    expect(application).toMatchObject({
      method: "PATCH",
      url: `https://graph.microsoft.com/v1.0/applications(appId='${CLIENT}')`,
    });
    expect(Object.keys(application.body)).toEqual(["signInAudience", "api", "web"]);
  });

  test.each(HOSTILE)("are commands of the Azure CLI in a shell, with the name %s", (name) => {
    const [application] = graphRequests({ ...REQUEST, displayName: name });
    const command = azRest(application).replace(/^az /, "printf '%s\\0' ");
    const { stdout } = spawnSync("bash", ["-c", command], { encoding: "utf8" });
    const words = stdout.split("\0");
    expect(words.slice(0, 5)).toEqual(["rest", "--method", "POST", "--url", application.url]);
    expect(JSON.parse(words[words.indexOf("--body") + 1])).toEqual(application.body);
  });
});
