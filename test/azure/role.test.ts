import { TerraformStack, TerraformVariable } from "cdktf";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { AzureRole } from "cdktf-secure-apim-backend";
import { assignRole, checkedRole } from "../../lib/azure/azure-role";
import { isPowerfulRole, powerfulRoleOf } from "../../lib/azure/powerful-roles";
import { scopeConditions } from "../../lib/azure/role-scope";
import { resolved } from "../../lib/core/tokens";
import { refusal } from "../helpers/refusal";
import { annotations, GROUP, only, stackWithProviders, synth } from "../helpers/synth";

const SUBSCRIPTION = "/subscriptions/6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const READER = "Storage Blob Data Reader";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

describe("a role by its name", () => {
  test.each([
    READER,
    " Orders Caller ",
    "x2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1x",
    "2a2b9908-6ea1-4ae2-8e65",
  ])("is assigned as it is written: %s", (name) => expect(AzureRole.of(name)._bind(stack)).toBe(name));

  test.each([
    ["", "empty-role-name"],
    [" \t", "empty-role-name"],
    ["Owner", "management-role"],
    [" owner ", "management-role"],
    ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "management-role"],
    [" 8E3AF657-a8ff-443c-a75c-2fe8c4bcb635 ", "management-role"],
    ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "role-id-as-name"],
    [" /providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "role-id-as-name"],
    [
      "/subscriptions/s/providers/Microsoft.Authorization/ROLEDEFINITIONS/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1/",
      "role-id-as-name",
    ],
  ])("is refused: %j", (name, id) => {
    expect(() => AzureRole.of(name)._bind(stack)).toThrow(refusal(id, "[app]"));
  });

  test("that is powerful says which role an ID is", () => {
    expect(() => AzureRole.of("8e3af657-a8ff-443c-a75c-2fe8c4bcb635")._bind(stack)).toThrow('"Owner"');
  });

  test("must be known at synth", () => {
    const { stringValue } = new TerraformVariable(stack, "role", {});
    expect(() => AzureRole.of(stringValue)._bind(stack)).toThrow("[app] The role name in AzureRole.of");
  });

  test("is a text", () => {
    expect(() => AzureRole.of(undefined as unknown as string)).toThrow("[AzureRole.of]");
  });
});

test.each([
  [AzureRole.COGNITIVE_SERVICES_OPENAI_USER, "Cognitive Services OpenAI User"],
  [AzureRole.STORAGE_BLOB_DATA_READER, "Storage Blob Data Reader"],
  [AzureRole.STORAGE_BLOB_DATA_CONTRIBUTOR, "Storage Blob Data Contributor"],
  [AzureRole.KEY_VAULT_SECRETS_USER, "Key Vault Secrets User"],
  [AzureRole.KEY_VAULT_CRYPTO_USER, "Key Vault Crypto User"],
  [AzureRole.SERVICE_BUS_DATA_SENDER, "Azure Service Bus Data Sender"],
  [AzureRole.SERVICE_BUS_DATA_RECEIVER, "Azure Service Bus Data Receiver"],
  [AzureRole.EVENT_HUBS_DATA_SENDER, "Azure Event Hubs Data Sender"],
  [AzureRole.SEARCH_INDEX_DATA_READER, "Search Index Data Reader"],
  [AzureRole.SEARCH_INDEX_DATA_CONTRIBUTOR, "Search Index Data Contributor"],
])("a role of the library has the name that Azure gives it (%#)", (role, name) => {
  expect(checkedRole(stack, role)).toBe(role);
  expect(role._bind(stack)).toBe(name);
});

test("nothing is no powerful role", () => {
  expect(isPowerfulRole("")).toBe(false);
  expect(powerfulRoleOf("")).toBeUndefined();
});

test("a role that is managed elsewhere is not assigned, and the reason is shown", () => {
  expect(AzureRole.managedElsewhere("ticket 12")._bind(stack)).toBeUndefined();
  expect(annotations(stack)).toEqual(["info: The Azure role assignment is managed elsewhere: ticket 12"]);
  expect(() => AzureRole.managedElsewhere(" ")._bind(stack)).toThrow(
    refusal("missing-reason", "AzureRole.managedElsewhere"),
  );
});

test.each([[{}], [{ _bind: () => READER }], [{ roleName: READER }], [READER]])("%j is no role", (role) => {
  expect(() => checkedRole(stack, role as unknown as AzureRole)).toThrow(
    refusal("wrong-value", "[app]", "The value of role is"),
  );
});

test("what Terraform would take for a directive is text: no other role comes of it", () => {
  assignRole(stack, "Role", {
    name: "%{ if true }Own%{ endif }er",
    on: `${SUBSCRIPTION}/resourceGroups/rg`,
    to: "gateway",
  });
  expect(only(synth(stack), "azurerm_role_assignment").role_definition_name).toBe("%%{ if true }Own%%{ endif }er");
});

test("a role is assigned to the service principal of the gateway", () => {
  assignRole(stack, "Role", { name: READER, on: `${SUBSCRIPTION}/resourceGroups/rg`, to: "gateway" });
  expect(only(synth(stack), "azurerm_role_assignment")).toEqual({
    scope: `${SUBSCRIPTION}/resourceGroups/rg`,
    role_definition_name: READER,
    principal_id: "gateway",
    principal_type: "ServicePrincipal",
  });
});

describe("the scope of a role", () => {
  test.each([
    ["/"],
    [""],
    [SUBSCRIPTION],
    [`${SUBSCRIPTION}/`],
    [SUBSCRIPTION.toUpperCase()],
    [`/${SUBSCRIPTION}`],
    ["/subscriptions"],
    ["/providers/Microsoft.Management/managementGroups/all"],
    ["/providers/microsoft.management/MANAGEMENTGROUPS/all"],
  ])("is no whole subscription or more: %j", (scope) => {
    expect(() => scopeConditions(stack, scope)).toThrow(refusal("role-scope-too-wide", "[app]"));
  });

  test.each(["azurerm_subscription.current.id", "data.azurerm_subscription.a.id", "azurerm_management_group.a.id"])(
    "is none of another kind either: %s",
    (expression) => {
      expect(() => scopeConditions(stack, `\${${expression}}`)).toThrow(refusal("role-scope-too-wide", "[app]"));
    },
  );

  test("is none in part", () => {
    expect(() => scopeConditions(stack, "${azurerm_subscription.a.id}${var.rest}")).toThrow(
      refusal("role-scope-too-wide", "[app]"),
    );
  });

  test("can be in a variable that is named like one", () => {
    expect(scopeConditions(stack, "${var.azurerm_subscription.a}")).toHaveLength(1);
  });

  test("is a resource group, or what is in it, and needs no condition", () => {
    const group = new ResourceGroup(stack, "Group", { name: "rg", location: "westeurope" });
    const account = new StorageAccount(stack, "Files", {
      ...GROUP,
      name: "files",
      resourceGroupName: "rg",
      accountTier: "Standard",
      accountReplicationType: "LRS",
    });
    const scopes = [`${SUBSCRIPTION}/resourceGroups/rg`, group.id, account.id, `${account.id}/blobServices/default`];
    expect(scopes.flatMap((scope) => scopeConditions(stack, scope))).toEqual([]);
  });

  test("that only Terraform knows is checked there", () => {
    const { stringValue } = new TerraformVariable(stack, "scope", {});
    const [condition, ...others] = scopeConditions(stack, stringValue);
    expect(others).toEqual([]);
    expect(resolved(stack, condition.condition)).toBe(
      '${can(regex("(?i)^[/]subscriptions[/][^/]+[/]resourceGroups[/][^/]+", var.scope))}',
    );
    expect(condition.errorMessage).toEqual(refusal("role-scope-at-plan"));
  });
});
