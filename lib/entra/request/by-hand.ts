import { EntraRequest } from "./entra-request";
import { block, codeInLine, listOf } from "./markdown";
import { applicationBody } from "./requested-app";

/** The section of the page for the Microsoft Entra admin center. */
export function byHand(request: EntraRequest): string {
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
