import { EntraRequest, IdentityKind } from "./entra-request";
import { code, codeInLine, sentence, table } from "./markdown";

/** The section of the page with each value and who gets the app role. */
export function requestedValues(request: EntraRequest): string {
  return [
    "## What is requested",
    "",
    table(["Field in the admin center", "Property in Microsoft Graph", "Value", "Why"], rows(request)),
    "",
    "### Who gets the app role",
    "",
    whoGetsTheRole(request),
  ].join("\n");
}

function rows({ displayName, appRole, owners }: EntraRequest): [string, string, string, string][] {
  return [
    [
      "Name",
      "`displayName`",
      code(displayName),
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
      owners.length === 0 ? "as you like" : owners.map(code).join(", "),
      owners.length === 0 ? "The stack asks for none." : "Object IDs of those who maintain the application.",
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
}

function whoGetsTheRole({ assignments, otherAssignments }: EntraRequest): string {
  return [
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
