import { TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";

const ID = "SecureApimBackendClientConfig";

/** The tenant and subscription that an azurerm provider, the default one unless given, is signed in to: one data source each. */
export function clientConfig(scope: Construct, provider?: TerraformProvider): DataAzurermClientConfig {
  const stack = TerraformStack.of(scope);
  const id = provider?.alias === undefined ? ID : `${ID}-${provider.alias}`;
  const existing = stack.node.tryFindChild(id) as DataAzurermClientConfig | undefined;
  return existing ?? new DataAzurermClientConfig(stack, id, { provider });
}
