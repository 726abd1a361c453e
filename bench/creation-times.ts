/* How long Azure takes to create a resource, in minutes: what somebody says, or an assumption. */

export interface CreationTime {
  readonly minutes: number;
  /** Where it is said. None if it is an assumption. */
  readonly source?: string;
}

interface Tier extends CreationTime {
  readonly name: string;
  readonly sku: RegExp;
}

const TIERS: readonly Tier[] = [
  {
    name: "a gateway on Consumption",
    sku: /^Consumption_/,
    minutes: 5,
    source: "https://www.svenmalvik.com/azure-apim-key-parameters/",
  },
  {
    name: "a gateway on a v2 tier",
    sku: /V2_/,
    minutes: 10,
    source: "https://learn.microsoft.com/azure/api-management/v2-service-tiers-overview",
  },
  {
    name: "a gateway on a classic tier",
    sku: /./,
    minutes: 45,
    source: "https://yourazurecoach.com/2023/10/20/what-do-the-new-api-management-v2-tiers-mean-for-you/",
  },
];

const TIMES: Readonly<Record<string, CreationTime>> = {
  azurerm_api_management_custom_domain: {
    minutes: 40,
    source: "https://github.com/hashicorp/terraform-provider-azurerm/issues/18047",
  },
  azurerm_container_app_environment: {
    minutes: 12,
    source: "https://github.com/hashicorp/terraform-provider-azurerm/issues/20435",
  },
  azurerm_service_plan: { minutes: 1 },
  azurerm_linux_web_app: { minutes: 0.5, source: "https://github.com/MicrosoftDocs/azure-docs/issues/115703" },
  azurerm_windows_web_app: { minutes: 1 },
  azurerm_linux_function_app: { minutes: 1 },
  azurerm_windows_function_app: { minutes: 1 },
  azurerm_function_app_flex_consumption: { minutes: 1 },
  azurerm_container_app: { minutes: 1 },
  azurerm_storage_account: { minutes: 0.5, source: "https://github.com/Azure/devops-governance/issues/55" },
  azurerm_role_assignment: { minutes: 0.4, source: "https://github.com/Azure/devops-governance/issues/55" },
  azurerm_api_management_api: {
    minutes: 0.2,
    source: "https://github.com/hashicorp/terraform-provider-azurerm/issues/7195",
  },
  azurerm_key_vault: { minutes: 3 },
  azurerm_private_endpoint: { minutes: 2 },
};

/** What is only written into a service or a directory. */
const WRITTEN: CreationTime = { minutes: 0.2 };

/** How long the creation of a resource takes. A data source is read at once. */
export function creationTimeOf(address: string, block: Readonly<Record<string, unknown>>): CreationTime {
  const [type] = address.split(".");
  if (type === "data") return { minutes: 0 };
  const tier =
    type === "azurerm_api_management" ? TIERS.find(({ sku }) => sku.test(String(block.sku_name))) : undefined;
  return tier ?? TIMES[type] ?? WRITTEN;
}

/** All times, as the guide lists them. */
export function creationTimes(): (readonly [what: string, time: CreationTime])[] {
  return [
    ...TIERS.map((tier) => [tier.name, tier] as const),
    ...Object.entries(TIMES).map(([type, time]) => [`\`${type}\``, time] as const),
    ["anything else, which is only written into a service or a directory", WRITTEN],
  ];
}
