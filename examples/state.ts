import { AzurermBackend, TerraformStack } from "cdktf";

/** The storage account that holds the states: write your own here. Terraform takes no variables in a backend block. */
const storageAccountName = "contosotfstate";

/**
 * Keeps the state of a stack in a container of its own, which whoever deploys it opens with an Entra identity and no key: a team
 * that has a role on its container can write the state of nobody else.
 */
export function keepState(stack: TerraformStack): void {
  const containerName = stack.node.id;
  new AzurermBackend(stack, { storageAccountName, containerName, key: "terraform.tfstate", useAzureadAuth: true });
}
