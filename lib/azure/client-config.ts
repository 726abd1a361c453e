import { TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";

const ID = "SecureApimBackendClientConfig";

/** Reads the tenant and subscription of an azurerm provider, by default the one without an alias: one data source each. */
export function readClientConfig(scope: Construct, provider?: TerraformProvider): DataAzurermClientConfig {
  const stack = TerraformStack.of(scope);
  const id = provider?.alias === undefined ? ID : `${ID}-${provider.alias}`;
  const existing = stack.node.tryFindChild(id) as DataAzurermClientConfig | undefined;
  return existing ?? new DataAzurermClientConfig(stack, id, { provider });
}
