/* How long Azure takes to create a resource, in minutes: what a source says, or an assumption. */
import { refersTo } from "../test/helpers/graph";

export interface CreationTime {
  /** Whose time it is, as the guide names it. */
  readonly what: string;
  readonly minutes: number;
  /** Where it is said, in which words. None if the time is an assumption. */
  readonly source?: { readonly url: string; readonly words: readonly string[] };
}

interface Row extends CreationTime {
  readonly types: readonly string[];
  /** Only on these tiers of the gateway. On all that no row before has, if left out. */
  readonly tiers?: RegExp;
}

/** The resources of Terraform, by their addresses. */
type Blocks = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

const GATEWAY = "azurerm_api_management";

const ROWS: readonly Row[] = [
  {
    what: "a gateway on Consumption",
    types: [GATEWAY],
    tiers: /^Consumption_/,
    minutes: 2,
    source: {
      url: "https://github.com/MicrosoftLearning/AZ-204-DevelopingSolutionsforMicrosoftAzure/issues/66",
      words: ["less than three minutes", "1m 46s"],
    },
  },
  { what: "a gateway on a v2 tier", types: [GATEWAY], tiers: /V2_/, minutes: 10 },
  {
    what: "a gateway on a classic tier",
    types: [GATEWAY],
    minutes: 40,
    source: {
      url: "https://github.com/MicrosoftDocs/azure-docs/pull/124999",
      words: ["40 minutes is a typical time"],
    },
  },
  {
    what: "a custom domain on Consumption or a v2 tier",
    types: ["azurerm_api_management_custom_domain"],
    tiers: /^Consumption_|V2_/,
    minutes: 5,
  },
  {
    what: "a custom domain on a classic tier",
    types: ["azurerm_api_management_custom_domain"],
    minutes: 40,
    source: {
      url: "https://github.com/hashicorp/terraform-provider-azurerm/issues/18047",
      words: ["about 41 minutes", "finished in 38 minutes"],
    },
  },
  {
    what: "a Container Apps environment",
    types: ["azurerm_container_app_environment"],
    minutes: 12,
    source: {
      url: "https://github.com/hashicorp/terraform-provider-azurerm/issues/20435",
      words: ["created after about 12min"],
    },
  },
  {
    what: "a key vault",
    types: ["azurerm_key_vault"],
    minutes: 3.1,
    source: {
      url: "https://github.com/Azure/terraform-azurerm-avm-res-keyvault-vault/pull/79",
      words: ["Creation complete after 3m6s"],
    },
  },
  { what: "a private endpoint", types: ["azurerm_private_endpoint"], minutes: 2 },
  {
    what: "a web app, a function app or a container app",
    types: [
      "azurerm_linux_web_app",
      "azurerm_windows_web_app",
      "azurerm_linux_function_app",
      "azurerm_windows_function_app",
      "azurerm_function_app_flex_consumption",
      "azurerm_container_app",
    ],
    minutes: 1,
  },
  {
    what: "a storage account",
    types: ["azurerm_storage_account"],
    minutes: 0.6,
    source: {
      url: "https://github.com/turbot/steampipe-plugin-azure/pull/155",
      words: ["Creation complete after 33s"],
    },
  },
  { what: "a role assignment", types: ["azurerm_role_assignment"], minutes: 0.5 },
  {
    what: "a resource group",
    types: ["azurerm_resource_group"],
    minutes: 0.3,
    source: { url: "https://github.com/Azure/azure-dev/issues/7386", words: ["Creation complete after 16s"] },
  },
  {
    what: "an API",
    types: ["azurerm_api_management_api"],
    minutes: 0.2,
    source: {
      url: "https://github.com/hashicorp/terraform-provider-azurerm/issues/7195",
      words: ["Creation complete after 10s"],
    },
  },
  {
    what: "a service plan",
    types: ["azurerm_service_plan"],
    minutes: 0.1,
    source: { url: "https://github.com/MicrosoftDocs/azure-docs/issues/100106", words: ["Creation complete after 7s"] },
  },
];

/** Most of it is only written into a service or a directory. */
const ELSE: CreationTime = { what: "anything else", minutes: 0.2 };

const READ: CreationTime = { what: "a data source", minutes: 0 };

/** How long the creation of a resource takes. A data source is read at once. */
export function creationTimeOf(address: string, blocks: Blocks): CreationTime {
  const [type] = address.split(".");
  if (type === "data") return READ;
  const rows = ROWS.filter(({ types }) => types.includes(type));
  return rows.find(({ tiers }) => tiers?.test(tierFor(address, blocks)) ?? true) ?? ELSE;
}

/** All times, as the guide lists them. */
export function creationTimes(): CreationTime[] {
  return [...ROWS, ELSE];
}

/** The tier of a new gateway, or of the new gateway that a resource refers to. The tier of a gateway that exists is not known. */
function tierFor(address: string, blocks: Blocks): string {
  const text = JSON.stringify(blocks.get(address));
  const gateway = [...blocks.keys()].find(
    (each) => each.startsWith(`${GATEWAY}.`) && (each === address || refersTo(text, each)),
  );
  return gateway === undefined ? "" : String(blocks.get(gateway)?.sku_name);
}
