/**
 * Built-in roles that manage Azure, give access to others, or read keys that give access to everything, by their IDs. No call to a
 * service needs one.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
const POWERFUL_ROLES: ReadonlyMap<string, string> = new Map([
  // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged
  ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner"],
  ["b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor"],
  ["18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator"],
  ["f58310d9-a9f6-439a-9e8d-f62e7b41a168", "Role Based Access Control Administrator"],
  ["a8889054-8d42-49c9-bc1c-52486c10e7cd", "Reservations Administrator"],
  // They assign roles, or identities.
  ["8b54135c-b56d-4d72-a534-26097cfdc8d8", "Key Vault Data Access Administrator"],
  ["66f75aeb-eabe-4b70-9f1e-c350c4c9ad04", "Virtual Machine Data Access Administrator (preview)"],
  ["4c6569b6-f23e-4295-9b90-bd4cc4ff3292", "DevCenter Owner"],
  ["e40ec5ca-96e0-45a2-b4ff-59039f2c2b59", "Managed Identity Contributor"],
  ["f1a07417-d97a-45cb-824c-7a7467783830", "Managed Identity Operator"],
  ["fb1c8493-542b-48eb-b624-b4c8fea62acd", "Security Admin"],
  // They manage a service, with its keys or its network.
  ["00482a5a-887f-4fb3-b363-3b7fe8e74483", "Key Vault Administrator"],
  ["f25e0fa2-a7c8-4377-a976-54943a77a395", "Key Vault Contributor"],
  ["18500a29-7fe2-46b2-a342-b16a415e101d", "Managed HSM contributor"],
  ["17d1049b-9a84-46fb-8f53-869881c3d3ab", "Storage Account Contributor"],
  ["86e8f5dc-a6e9-4c67-9d15-de283e8eac25", "Classic Storage Account Contributor"],
  ["25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68", "Cognitive Services Contributor"],
  ["a001fd3d-188f-4b5d-821b-7da978bf7442", "Cognitive Services OpenAI Contributor"],
  ["b78c5d69-af96-48a3-bf8d-a8b4d589de94", "Azure AI Administrator"],
  ["64702f94-c441-49e6-a78b-ef80e0188fee", "Azure AI Developer"],
  ["7ca78c08-252a-4471-8644-bb5ff32d4ba0", "Search Service Contributor"],
  ["5bd9cd88-fe45-4216-938b-f97437e15450", "DocumentDB Account Contributor"],
  ["e0f68234-74aa-48ed-b826-c38b57376e17", "Redis Cache Contributor"],
  ["6d8ee4ec-f05a-4a1d-8b00-a9b17e38b437", "SQL Server Contributor"],
  ["fe86443c-f201-4fc4-9d2a-ac61149fbda0", "App Configuration Contributor"],
  ["8cf5e20a-e4b2-4e9d-b3a1-5ceb692c2761", "SignalR/Web PubSub Contributor"],
  ["1e241071-0855-49ea-94dc-649edcd759de", "EventGrid Contributor"],
  ["312a565d-c81f-4fd8-895a-4e21e48d571c", "API Management Service Contributor"],
  ["e022efe7-f5ba-4159-bbe4-b44f577e9b61", "API Management Service Operator Role"],
  ["9565a273-41b9-4368-97d2-aeb0c976a9b3", "API Management Service Workspace API Developer"],
  ["d59a3e9c-6d52-4a5a-aeed-6bf3cf0e31da", "API Management Service Workspace API Product Manager"],
  ["0c34c906-8d99-4cb7-8bb7-33f5b0a1a799", "API Management Workspace Contributor"],
  ["56328988-075d-4c6a-8766-d93edd6725b6", "API Management Workspace API Developer"],
  ["73c2c328-d004-4c5e-938c-35c6f5679a1f", "API Management Workspace API Product Manager"],
  ["de139f84-1756-47ae-9be6-808fbbe84772", "Website Contributor"],
  ["2cc479cb-7b4d-49a8-b449-8c00fd0f0a4b", "Web Plan Contributor"],
  ["358470bc-b998-42bd-ab17-a7e34c199c0f", "Container Apps Contributor"],
  ["f3bd1b5c-91fa-40e7-afe7-0c11d331232c", "Container Apps Operator"],
  ["87a39d53-fc1b-424a-814c-f7e04687dc9e", "Logic App Contributor"],
  ["ad710c24-b039-4e85-a019-deb4a06e8570", "Logic Apps Standard Contributor"],
  ["523776ba-4eb2-4600-a3c8-f2dc93da4bdb", "Logic Apps Standard Developer"],
  ["b70c96e9-66fe-4c09-b6e7-c98e69c98555", "Logic Apps Standard Operator"],
  ["9980e02c-c2be-4d73-94e8-173b1dc7cf3c", "Virtual Machine Contributor"],
  ["4d97b98b-1d4f-4787-a291-c67834d212e7", "Network Contributor"],
  ["ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8", "Azure Kubernetes Service Contributor Role"],
  ["0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8", "Azure Kubernetes Service Cluster Admin Role"],
  ["673868aa-7521-48a0-acc6-0f60742d39f5", "Data Factory Contributor"],
  ["29fe4964-1e60-436b-bd3a-77fd4c178b3c", "Azure Batch Account Contributor"],
  // They read keys.
  ["81a9662b-bebf-436f-a333-f67b29880f12", "Storage Account Key Operator Service Role"],
  ["985d6b00-f706-48f5-a6fe-d0ca12fb668d", "Classic Storage Account Key Operator Service Role"],
  ["c12c1c16-33a1-487b-954d-41c89c60f349", "Reader and Data Access"],
  ["92b92042-07d9-4307-87f7-36a593fc5850", "Azure File Sync Administrator"],
  ["a97b65f3-24c7-4388-baec-2e87135dc908", "Cognitive Services User"],
  ["53ca6127-db72-4b80-b1b0-d745d6d5456d", "Foundry User"],
  ["04165923-9d83-45d5-8227-78b77b0a687e", "SignalR AccessKey Reader"],
  [
    "69b07be0-09bf-439a-b9a6-e73de851bd59",
    "Container Registry Configuration Reader and Data Access Configuration Reader",
  ],
]);

/** Others whose names do not say what they can do: they manage the service, or read its keys. */
const OTHERS = [
  // The name of Foundry User before 2026.
  "Azure AI User",
  "Logic Apps Standard Developer (Preview)",
  "Azure Service Bus Data Owner",
  "Azure Event Hubs Data Owner",
  "Azure Kubernetes Service Cluster User Role",
  "Cosmos DB Account Reader Role",
];

const NAMES = new Set([...POWERFUL_ROLES.values(), ...OTHERS].map(normalized));

/** No list of roles is complete: new ones are named like the old ones. Terraform reads these patterns, too: they have no backslash. */
const POWERFUL_NAME = /(?:contributor|owner|administrator|admin|operator|manager)(?:[^a-z0-9_]|$)/i;

/** The roles with such a name that only read and write data. */
const DATA_ROLE =
  /(?:^|[^a-z0-9_])data (?:privileged |smb share (?:elevated )?)?(?:contributor|owner)(?: [(]preview[)])?$|^(?:cognitive services (?:speech|custom vision) contributor|schema registry contributor(?: [(]preview[)])?|container registry repository contributor|signalr (?:rest api|service) owner|web pubsub service owner)$/i;

/** Whether a role manages Azure, gives access or reads keys, or is named as if it did. */
export function isPowerfulRole(name: string): boolean {
  const role = normalized(name);
  return NAMES.has(role) || (POWERFUL_NAME.test(role) && !DATA_ROLE.test(role));
}

/** The same for a value that only Terraform knows, which can also be an ID: what finds the roles, and data roles among those found by name. */
export const POWERFUL_AT_PLAN = {
  known: new RegExp(
    `^(?:${[...NAMES].map(inPattern).join("|")})$|[/](?:${[...POWERFUL_ROLES.keys()].join("|")})$`,
    "i",
  ),
  named: POWERFUL_NAME,
  data: DATA_ROLE,
};

/** The name of such a role, by its ID; `undefined` for another role. */
export function powerfulRoleOf(roleId: string): string | undefined {
  return POWERFUL_ROLES.get(roleId.toLowerCase());
}

function inPattern(name: string): string {
  return name.replace(/[()]/g, "[$&]").replace(/[/]/g, "[/]");
}

function normalized(name: string): string {
  return name.trim().replace(/\s+/g, " ").toLowerCase();
}
