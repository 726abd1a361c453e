import { variableNames } from "./az-script";
import { EntraRequest, IdentityKind } from "./entra-request";
import { CLIENT_ID, GRAPH, GraphRequest, graphRequests } from "./graph-requests";
import { block, code, codeInLine, sentence, table, text } from "./markdown";
import { applicationBody } from "./requested-app";
import { shellWord } from "./shell";

/**
 * The request for people: each field by the name that it has in the Microsoft Entra admin center, with its value and the reason for it.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/quickstart-register-app
 * @see https://learn.microsoft.com/entra/identity-platform/reference-microsoft-graph-app-manifest
 * @see https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-assign-app-role-managed-identity
 */
export function requestPage(request: EntraRequest): string {
  return `${[
    `# Request: app registration ${text(request.displayName)}`,
    introduction(request),
    order(request),
    values(request),
    byScript(request),
    byHand(request),
    byGraph(request),
    sendBack(request),
    check(request),
  ].join("\n\n")}\n`;
}

function introduction({ stack, path, reason, tenantId, clientId, owners }: EntraRequest): string {
  const tenant =
    tenantId === undefined
      ? "the tenant of the Azure subscription that the stack is deployed to. The managed identities below are in it"
      : code(tenantId);
  const permissions = [
    "`Application.ReadWrite.All`",
    "`AppRoleAssignment.ReadWrite.All`",
    // https://learn.microsoft.com/graph/api/application-post-owners
    ...(owners.length === 0 ? [] : ["`Directory.Read.All` (for the owners)"]),
  ];
  return [
    `The stack ${codeInLine(stack)} needs this app registration in Microsoft Entra ID. It does not create it itself: ${sentence(reason)}`,
    "",
    table(
      ["", ""],
      [
        ["Tenant", tenant],
        ["Construct in the code", code(path)],
        [
          "State",
          clientId === undefined
            ? "to be created. If it was created in an earlier round, do only what is missing"
            : `the stack uses the application ${code(clientId)}; bring it to this state`,
        ],
        ["Role that you need", "Application Administrator or Cloud Application Administrator"],
        ["Or, for a pipeline", `the Microsoft Graph permissions ${listOf(permissions)}`],
      ],
    ),
    "",
    "The app or the API of the stack accepts requests only with a token for this registration, and only from the identities that are listed",
    "below. These are managed identities or other service principals, and the registration needs no secret. No person signs in.",
  ].join("\n");
}

function order({ assignments, output }: EntraRequest): string {
  const unknown = assignments.filter(({ objectId }) => objectId === undefined);
  if (unknown.length === 0)
    return "## When\n\nAll values are known. You can do everything at once, and then send back the IDs.";
  return [
    "## When",
    "",
    "In two rounds, because not all object IDs are known yet:",
    "",
    "1. Now: the application and its service principal. Send back the IDs.",
    `2. After the stack is deployed: the assignments to ${listOf(unknown.map(({ label }) => codeInLine(label)))}. Those who deploy it tell you the`,
    `   object IDs: ${output === undefined ? "the identities show them in the Azure portal" : `${codeInLine(`terraform output -json ${output}`)} prints them`}.`,
    "",
    "Until the second round, these identities get no token, and an API on a gateway that gets none answers with status 500. Nothing is open.",
  ].join("\n");
}

function values(request: EntraRequest): string {
  const { appRole, assignments, otherAssignments } = request;
  const rows: [string, string, string, string][] = [
    [
      "Name",
      "`displayName`",
      code(request.displayName),
      "For people. If you choose another name, run the script with `CLIENT_ID=<client ID>`, because it finds the application by its name.",
    ],
    [
      "Supported account types",
      "`signInAudience`",
      "Accounts in this organizational directory only (`AzureADMyOrg`)",
      "A managed identity gets tokens only in its own tenant, so nobody else has to get one.",
    ],
    ["Redirect URI", "`web.redirectUris`", "none", "No person signs in."],
    [
      "Access tokens, ID tokens (implicit grant)",
      "`web.implicitGrantSettings`",
      "both off",
      "No browser asks for a token. This is the default.",
    ],
    [
      "Manifest: `requestedAccessTokenVersion`",
      "`api.requestedAccessTokenVersion`",
      "`2`",
      "The default, `null`, gives version 1 tokens. They have another issuer and another audience, and the app refuses them.",
    ],
    [
      "App role: ID",
      "`appRoles[0].id`",
      code(appRole.id),
      "The ID is fixed, so that the script finds the application again and the stack can refer to the role. The portal's form chooses an ID of its own: use the manifest.",
    ],
    ["App role: Value", "`appRoles[0].value`", code(appRole.value), "It is in the `roles` claim of the tokens."],
    [
      "App role: Display name, Description",
      "`appRoles[0].displayName`, `.description`",
      `${code(appRole.displayName)}, ${code(appRole.description)}`,
      "For administrators.",
    ],
    [
      "App role: Allowed member types",
      "`appRoles[0].allowedMemberTypes`",
      "Applications (`Application`)",
      "Only identities without a person can have the role.",
    ],
    ["App role: enabled", "`appRoles[0].isEnabled`", "yes", "A disabled role cannot be assigned."],
    [
      "Application ID URI",
      "`identifierUris`",
      "none",
      "Callers ask for a token by the client ID. A URI would be one more audience.",
    ],
    [
      "Scopes, API permissions",
      "`api.oauth2PermissionScopes`, `requiredResourceAccess`",
      "none",
      "The app acts for nobody, and calls no other API as this registration.",
    ],
    [
      "Certificates & secrets",
      "`passwordCredentials`, `keyCredentials`",
      "none",
      "The registration only receives tokens. A secret could be stolen, and would let its holder act as the app.",
    ],
    [
      "Owners",
      "`owners`",
      request.owners.length === 0 ? "as you like" : request.owners.map(code).join(", "),
      request.owners.length === 0 ? "The stack asks for none." : "Object IDs of those who maintain the application.",
    ],
    [
      "Enterprise application: Assignment required?",
      "`appRoleAssignmentRequired` of the service principal",
      "Yes (`true`)",
      "Otherwise, every application and every person of the tenant can get a token.",
    ],
    [
      "Enterprise application: Enabled for users to sign-in?",
      "`accountEnabled` of the service principal",
      "Yes (`true`)",
      "With No, Entra ID issues no token at all. This is the default.",
    ],
  ];
  return [
    "## What is requested",
    "",
    table(["Field in the admin center", "Property in Microsoft Graph", "Value", "Why"], rows),
    "",
    "### Who gets the app role",
    "",
    assignments.length === 0
      ? "You assign the role to nobody."
      : table(
          ["Identity, by its name in the code", "What it is", "Object ID", "Why it needs the role"],
          assignments.map(({ label, kind, objectId }) => [
            code(label),
            KINDS[kind].what,
            objectId === undefined ? `not known yet. ${KINDS[kind].where}` : code(objectId),
            KINDS[kind].why,
          ]),
        ),
    ...otherAssignments.map(
      ({ label, reason }) =>
        `\n${codeInLine(label)} gets the role too, but not from you: ${reason === undefined ? "the stack assigns it." : sentence(reason)}`,
    ),
  ].join("\n");
}

const KINDS: Readonly<Record<IdentityKind, { readonly what: string; readonly where: string; readonly why: string }>> = {
  gateway: {
    what: "system-assigned managed identity of an API Management service",
    where:
      "Azure portal: the API Management service > Security > Managed identities > System assigned > Object (principal) ID",
    why: "It is an identity of the gateway, which calls with it.",
  },
  "gateway-identity": {
    what: "managed identity of an API Management service",
    where:
      "Azure portal: the API Management service > Security > Managed identities > the identity > Object (principal) ID",
    why: "It is an identity of the gateway, which calls with it.",
  },
  "user-assigned": {
    what: "user-assigned managed identity",
    where: "Azure portal: Managed Identities > the identity > Overview > Object (principal) ID",
    why: "It calls as well, with its own identity.",
  },
  other: {
    what: "managed identity or other service principal",
    where: "Entra admin center: Enterprise apps > All applications > the identity > Overview > Object ID",
    why: "It calls as well, with its own identity.",
  },
};

function byScript({ assignments }: EntraRequest): string {
  const unknown = assignments.flatMap(({ objectId }, index) =>
    objectId === undefined ? [variableNames(assignments)[index]] : [],
  );
  return [
    "## With the script",
    "",
    "`request.sh`, beside this page, does all of it with the Azure CLI, and prints what to send back. It can run again, in Azure Cloud Shell too:",
    "",
    block("sh", "az login\nbash request.sh"),
    ...(unknown.length === 0
      ? []
      : [
          "",
          "In the second round, run it again with the object IDs:",
          "",
          block("sh", `${unknown.map((name) => `${name}=<object ID> `).join("")}bash request.sh`),
        ]),
  ].join("\n");
}

function byHand(request: EntraRequest): string {
  const { displayName, clientId, owners, assignments } = request;
  const { appRoles } = applicationBody(request) as { readonly appRoles: object };
  return [
    "## By hand, in the Microsoft Entra admin center",
    "",
    `### 1. ${clientId === undefined ? "Register" : "Find"} the application`,
    "",
    ...(clientId === undefined
      ? [
          "1. Open **Entra ID** > **App registrations** > **New registration**.",
          `2. **Name**: ${codeInLine(displayName)}`,
          "3. **Supported account types**: **Accounts in this organizational directory only** (also shown as **Single tenant only**).",
          "4. **Redirect URI (optional)**: leave it empty.",
          "5. Select **Register**.",
          "6. From **Overview**, keep the **Application (client) ID** and the **Directory (tenant) ID**.",
        ]
      : [
          `It exists. Open **Entra ID** > **App registrations** > **All applications**, and search for ${codeInLine(clientId)}.`,
        ]),
    "",
    "### 2. Set the token version and the app role",
    "",
    "1. Open **Manage** > **Manifest**. If there are two tabs, use **Microsoft Graph App Manifest**.",
    "2. In `api`, set `requestedAccessTokenVersion`:",
    "",
    block("json", '"requestedAccessTokenVersion": 2'),
    "",
    clientId === undefined
      ? "3. Set `appRoles`:"
      : "3. In `appRoles`, add this role if it is not there. Keep all other roles:",
    "",
    block("json", `"appRoles": ${JSON.stringify(appRoles, undefined, 2)}`),
    "",
    "4. Select **Save**.",
    "",
    "### 3. Leave out what is not needed",
    "",
    "1. **Manage** > **API permissions**: remove `User.Read`, which the portal adds to new registrations.",
    "2. **Manage** > **Authentication**: no platform, and **Access tokens** and **ID tokens** are not selected.",
    "3. **Manage** > **Expose an API**: no **Application ID URI** and no scope.",
    "4. **Manage** > **Certificates & secrets**: none.",
    ...(owners.length === 0
      ? []
      : [
          "",
          "### 4. Add the owners",
          "",
          `**Manage** > **Owners** > **Add owners**: ${listOf(owners.map(codeInLine))}. The portal lists users only. Add a service principal with the script.`,
        ]),
    "",
    `### ${owners.length === 0 ? 4 : 5}. Require assignment`,
    "",
    "1. On **Overview** of the registration, follow **Managed application in local directory**. (If it says **Create Service Principal**, select it first.)",
    "2. Keep the **Object ID** on **Overview** of this enterprise application. It is not the Object ID of the app registration.",
    "3. Open **Manage** > **Properties**. Set **Assignment required?** to **Yes**, and leave **Enabled for users to sign-in?** at **Yes**.",
    "4. Select **Save**.",
    ...(assignments.length === 0
      ? []
      : [
          "",
          `### ${owners.length === 0 ? 5 : 6}. Assign the app role`,
          "",
          "The admin center can assign an app role to users and groups, but not to a managed identity. Use the script, or the last requests of the",
          "next section, in Azure Cloud Shell or in Graph Explorer. You see the result at the enterprise application, under **Users and groups**.",
        ]),
  ].join("\n");
}

function byGraph(request: EntraRequest): string {
  return [
    "## With Microsoft Graph",
    "",
    "`graph.json`, beside this page, has the same requests. In another cloud than the global one, replace `https://graph.microsoft.com`. Replace what",
    "is in braces with the IDs of earlier answers: the client ID is `appId` of the application, and the object ID of the service principal is its `id`.",
    ...graphRequests(request).flatMap((each) => [
      "",
      `### ${text(each.title)}`,
      "",
      each.why,
      "",
      block(
        "http",
        `${each.method} ${each.url}\n${headersOf(each).join("\n")}\n\n${JSON.stringify(each.body, undefined, 2)}`,
      ),
      "",
      block("sh", azRest(each)),
    ]),
  ].join("\n");
}

function headersOf({ headers }: GraphRequest): string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
}

/** The same request with the Azure CLI. */
export function azRest({ method, url, headers, body }: GraphRequest): string {
  const written = Object.entries(headers).map(([name, value]) => shellWord(`${name}=${value}`));
  return `az rest --method ${method} --url ${shellWord(url)} --headers ${written.join(" ")} --body ${shellWord(JSON.stringify(body))}`;
}

function sendBack({ clientId, clientIdVariable, servicePrincipalVariable, assignments }: EntraRequest): string {
  const variable = (name: string | undefined): string =>
    name === undefined ? "" : ` It goes into the Terraform variable ${code(name)}.`;
  return [
    "## What to send back",
    "",
    table(
      ["Value", "Where it is shown", "For what"],
      [
        [
          "Application (client) ID",
          "App registrations > the registration > Overview",
          clientId === undefined
            ? `The app accepts tokens for it, and the gateway asks for them.${variable(clientIdVariable)}`
            : `The stack has it: ${code(clientId)}.`,
        ],
        [
          "Object ID of the service principal",
          "Enterprise apps > the application > Overview",
          servicePrincipalVariable === undefined
            ? "For later assignments. The stack does not need it."
            : `The stack assigns the app role on it.${variable(servicePrincipalVariable)}`,
        ],
        [
          "Directory (tenant) ID",
          "App registrations > the registration > Overview",
          "To compare it with the tenant of the gateway.",
        ],
        ...(assignments.some(({ objectId }) => objectId === undefined)
          ? [["Which assignments are made", "what the script prints", "The others are made in the second round."]]
          : []),
      ],
    ),
    "",
    "None of these values is a secret.",
  ].join("\n");
}

function check(request: EntraRequest): string {
  const { clientId = CLIENT_ID, appRole } = request;
  return [
    "## How to check it",
    "",
    block(
      "sh",
      [
        `az ad app show --id ${shellWord(clientId)} --query ${shellWord("{audience: signInAudience, tokens: api.requestedAccessTokenVersion, roles: appRoles[].id, keys: [passwordCredentials, keyCredentials][].keyId}")}`,
        `az rest --method GET --url ${shellWord(`${GRAPH}/servicePrincipals(appId='${clientId}')?$select=id,appRoleAssignmentRequired,accountEnabled`)}`,
        `az rest --method GET --url ${shellWord(`${GRAPH}/servicePrincipals(appId='${clientId}')/appRoleAssignedTo?$select=principalId,principalDisplayName,appRoleId`)}`,
      ].join("\n"),
    ),
    "",
    `It is complete if \`audience\` is \`AzureADMyOrg\`, \`tokens\` is \`2\`, the role ${codeInLine(appRole.id)} exists, \`keys\` is empty,`,
    "`appRoleAssignmentRequired` and `accountEnabled` are `true`, and",
    "the list of assignments has each identity above, and no other.",
  ].join("\n");
}

function listOf(all: readonly string[]): string {
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all[all.length - 1]}`;
}
