import { AzureRole } from "cdktf-secure-apim-backend";
import { isPowerfulRole, POWERFUL_AT_PLAN, powerfulRoleOf } from "../../lib/azure/powerful-roles";
import { stackWithProviders } from "../helpers/synth";

const ROLES: [string, boolean][] = [
  ["Owner", true],
  [" user  access ADMINISTRATOR ", true],
  ["Storage Blob Data Owner", false],
  ["Storage Blob Data Contributor", false],
  ["Log Analytics Contributor", true],
  ["Monitoring Contributor", true],
  ["Azure Service Bus Data Owner", true],
  ["Azure Event Hubs Data Owner", true],
  ["Azure Relay Owner", true],
  ["Azure Kubernetes Service Cluster User Role", true],
  ["Azure Kubernetes Service RBAC Cluster Admin", true],
  ["Container Registry Contributor and Data Access Configuration Administrator", true],
  ["Data Factory Contributor", true],
  ["Data Box Operator", true],
  ["Virtual Machine Administrator Login", true],
  ["Cosmos DB Operator", true],
  ["CosmosBackupOperator", true],
  ["Cosmos DB Account Reader Role", true],
  ["Azure AI Project Manager", true],
  ["API Management Workspace API Developer", true],
  ["API Management Service Reader Role", false],
  ["Logic Apps Standard Developer", true],
  ["Logic Apps Standard Reader", false],
  // Azure does not say what a role of the user's own can do, and there is a way to assign it elsewhere.
  ["Orders Contributor", true],
  ["Orders Caller", false],
  ["Storage File Data SMB Share Contributor", false],
  ["Storage File Data SMB Share Elevated Contributor", false],
  ["Storage File Data Privileged Contributor", false],
  ["App Configuration Data Owner", false],
  ["Cognitive Services OpenAI Contributor", true],
  ["Azure AI Developer", true],
  ["Cognitive Services OpenAI User", false],
  ["Cognitive Services Speech Contributor", false],
  ["Cognitive Services Data Contributor (Preview)", false],
  ["EventGrid Data Contributor", false],
  ["Web PubSub Service Owner", false],
  ["SignalR REST API Owner", false],
  ["Key Vault Crypto Officer", false],
  ["Monitoring Metrics Publisher", false],
  ["AcrPull", false],
];

test.each(ROLES)("whether %s manages Azure, gives access or reads keys: %s", (name, is) =>
  expect(isPowerfulRole(name)).toBe(is),
);

test("Terraform finds the same roles at plan, by their IDs too", () => {
  const { known, named, data } = POWERFUL_AT_PLAN;
  const found = (role: string): boolean => known.test(role) || (named.test(role) && !data.test(role));
  expect(ROLES.filter(([name, is]) => found(name) !== is)).toEqual([]);
  const id = (guid: string): string => `/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
  expect(found(id("8E3AF657-a8ff-443c-a75c-2fe8c4bcb635"))).toBe(true);
  expect(found(id("ba92f5b4-2d11-453d-a403-e96b0029c9fe"))).toBe(false);
  expect([known, named, data].filter(({ source }) => source.includes("\\"))).toEqual([]);
});

test.each([
  ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner"],
  ["B24988AC-6180-42A0-AB88-20F7382DD24C", "Contributor"],
  ["18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator"],
  ["f58310d9-a9f6-439a-9e8d-f62e7b41a168", "Role Based Access Control Administrator"],
  ["ba92f5b4-2d11-453d-a403-e96b0029c9fe", undefined],
])("the role with the ID %s is %s", (id, name) => expect(powerfulRoleOf(id)).toBe(name));

test("each role that the library offers by name is accepted", () => {
  const roles = Object.values(AzureRole).filter((value): value is AzureRole => value instanceof AzureRole);
  expect(roles).toHaveLength(10);
  const stack = stackWithProviders();
  roles.forEach((role) => expect(role._bind(stack)).toMatch(/^[A-Z]/));
});
