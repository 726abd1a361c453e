import { AzurermBackend, TerraformStack } from "cdktf";

/** The storage account that holds the states: write your own here. Terraform takes no variables in a backend block. */
const STATES = { storageAccountName: "contosotfstate", containerName: "tfstate" };

/** Keeps the state of a stack in a blob of its own, which whoever deploys it opens with an Entra identity and no key. */
export function keepState(stack: TerraformStack): void {
  new AzurermBackend(stack, { ...STATES, key: `${stack.node.id}.tfstate`, useAzureadAuth: true });
}
