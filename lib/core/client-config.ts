import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";

const ID = "SecureApimBackendClientConfig";

/** The tenant and subscription that Terraform is signed in to: one data source a stack. */
export function clientConfig(scope: Construct): DataAzurermClientConfig {
  const stack = TerraformStack.of(scope);
  const existing = stack.node.tryFindChild(ID) as DataAzurermClientConfig | undefined;
  return existing ?? new DataAzurermClientConfig(stack, ID);
}
