import { variableNames } from "./az-script";
import { byGraph } from "./by-graph";
import { byHand } from "./by-hand";
import { EntraRequest } from "./entra-request";
import { CLIENT_ID, GRAPH } from "./graph-requests";
import { block, code, codeInLine, listOf, sentence, table, text } from "./markdown";
import { shellWord } from "./quoting";
import { requestedValues } from "./requested-values";

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
    requestedValues(request),
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
