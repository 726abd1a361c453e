import { TerraformStack, TerraformVariable } from "cdktf";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { DataAzurermApiManagement } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management";
import { KeyVault } from "@cdktf/provider-azurerm/lib/key-vault";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { isComputedId, isOfAzureResource } from "../../lib/azure/computed";
import { endpointUrl } from "../../lib/azure/endpoint";
import { stackWithProviders } from "../helpers/synth";

const HERE = { name: "orders", resourceGroupName: "rg", location: "westeurope" };

const values: readonly [string, boolean, boolean, (stack: TerraformStack) => string][] = [
  ["an id of a resource", true, true, (stack) => new UserAssignedIdentity(stack, "I", HERE).clientId],
  ["the same, in Terraform's syntax", true, true, () => "${azurerm_user_assigned_identity.I.principal_id}"],
  [
    "the identity of a service of the stack",
    true,
    false,
    (stack) =>
      new ApiManagement(stack, "A", { ...HERE, publisherEmail: "a@b", publisherName: "a", skuName: "Basic_1" }).identity
        .principalId,
  ],
  [
    "the identity of a service that exists, which may have none",
    false,
    false,
    (stack) => new DataAzurermApiManagement(stack, "D", HERE).identity.get(0).principalId,
  ],
  [
    "the address of a vault",
    false,
    true,
    (stack) => endpointUrl(stack, new KeyVault(stack, "K", { ...HERE, tenantId: "t", skuName: "standard" }).vaultUri),
  ],
  ["a variable", false, false, (stack) => new TerraformVariable(stack, "V", {}).stringValue],
  ["a value of another provider", false, false, () => "${random_string.x.id}"],
  ["an id within a text", false, true, () => "a-${azurerm_user_assigned_identity.I.client_id}"],
  ["an id or a variable", false, false, () => "${coalesce(var.a, azurerm_user_assigned_identity.I.client_id)}"],
  ["a literal", false, false, () => "11111111-2222-3333-4444-555555555555"],
  [
    "an id of another stack",
    false,
    false,
    ({ node: { root } }) => new UserAssignedIdentity(new TerraformStack(root, "other"), "I", HERE).clientId,
  ],
];

test.each(values)("%s", (_, isId, isOfAzure, valueIn) => {
  const stack = stackWithProviders();
  const value = valueIn(stack);
  expect([isComputedId(stack, value), isOfAzureResource(stack, value)]).toEqual([isId, isOfAzure]);
});
