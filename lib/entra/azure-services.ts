import { atOrBelow, audiencesAt, audiencesOf, MANAGEMENT_CLIENT_IDS, MANAGEMENT_HOSTS } from "./audience-text";

/** An Azure service: what tokens for it are requested for, and the domains of its addresses. */
export interface ServiceDomains {
  readonly name: string;
  /** The hosts of its audiences, besides its domains: a token can also be for one account. */
  readonly audiences?: readonly string[];
  /** The client ID of Microsoft's app registration, if it is documented. */
  readonly clientId?: string;
  readonly domains: readonly string[];
  /** The types of the resources in azurerm that have an address of the service, without `azurerm_`. */
  readonly resource?: string;
}

/**
 * In all clouds. A service that is missing here is taken for a backend of the user's.
 *
 * @see https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identities-status
 * @see https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure
 * @see https://learn.microsoft.com/azure/china/resources-developer-guide
 */
const SERVICES: readonly ServiceDomains[] = [
  {
    name: "Azure Key Vault",
    resource: "key_vault",
    clientId: "cfa8b339-82a2-471a-a3c9-0fc0be7a4093",
    domains: ["vault.azure.net", "vault.usgovcloudapi.net", "vault.azure.cn"],
  },
  {
    name: "Azure Managed HSM",
    domains: ["managedhsm.azure.net", "managedhsm.usgovcloudapi.net", "managedhsm.azure.cn"],
  },
  {
    name: "Azure Storage",
    resource: "storage_account",
    audiences: ["storage.azure.com"],
    clientId: "e406a681-f3d4-42a8-90b6-c2b029497af1",
    domains: ["blob", "dfs", "file", "queue", "table", "web"]
      .flatMap((part) => ["windows.net", "usgovcloudapi.net", "chinacloudapi.cn"].map((end) => `${part}.core.${end}`))
      .concat("storage.azure.net"),
  },
  {
    name: "Azure Service Bus",
    resource: "servicebus_namespace",
    audiences: ["servicebus.azure.net"],
    clientId: "80a10ef9-8168-493d-abf9-3297c4ef6e3c",
    domains: ["servicebus.windows.net", "servicebus.usgovcloudapi.net", "servicebus.chinacloudapi.cn"],
  },
  {
    name: "Azure Event Hubs",
    resource: "eventhub_namespace",
    audiences: ["eventhubs.azure.net"],
    clientId: "80369ed6-5f11-4dd9-bef3-692475845e77",
    domains: ["servicebus.windows.net", "servicebus.usgovcloudapi.net", "servicebus.chinacloudapi.cn"],
  },
  {
    name: "Azure AI services",
    resource: "cognitive_account|ai_services",
    audiences: ["ai.azure.com", "ai.azure.us"],
    clientId: "7d312290-28c8-473c-a0ed-8e53749b6d6d",
    domains: [
      ...["com", "us", "cn"].flatMap((end) => [`cognitiveservices.azure.${end}`, `openai.azure.${end}`]),
      "services.ai.azure.com",
      "api.cognitive.microsoft.com",
      "api.cognitive.microsofttranslator.com",
    ],
  },
  {
    name: "Azure AI Search",
    audiences: ["search.azure.com"],
    clientId: "880da380-985e-4198-81b9-e05b1cc53158",
    domains: ["search.windows.net", "search.azure.us", "search.azure.cn"],
  },
  {
    name: "Azure SQL Database",
    clientId: "022907d3-0f1b-48f7-badc-1ba6abab6d66",
    domains: ["database.windows.net", "database.usgovcloudapi.net", "database.chinacloudapi.cn"],
  },
  {
    name: "Azure Cosmos DB",
    resource: "cosmosdb_account",
    audiences: ["cosmos.azure.com"],
    clientId: "a232010e-820c-4083-83bb-3ace5fc29d0b",
    domains: ["documents.azure.com", "documents.azure.us", "documents.azure.cn"],
  },
  {
    name: "Azure App Configuration",
    resource: "app_configuration",
    audiences: ["appconfig.azure.com", "appconfig.azure.us", "appconfig.azure.cn"],
    clientId: "35ffadb3-7fc1-497e-b61b-381d28e744cc",
    domains: ["azconfig.io", "azconfig.azure.us", "azconfig.azure.cn"],
  },
  { name: "Azure Event Grid", domains: ["eventgrid.azure.net", "eventgrid.azure.us", "eventgrid.azure.cn"] },
  {
    name: "Azure Monitor Logs",
    domains: ["api.loganalytics.io", "api.loganalytics.azure.com", "api.loganalytics.us", "api.loganalytics.azure.cn"],
  },
  { name: "Azure SignalR Service", audiences: ["signalr.azure.com"], domains: ["service.signalr.net"] },
  { name: "Azure Web PubSub", domains: ["webpubsub.azure.com"] },
  { name: "Azure Digital Twins", domains: ["digitaltwins.azure.net"] },
  { name: "Azure Synapse Analytics", domains: ["dev.azuresynapse.net"] },
  { name: "Azure Batch", audiences: ["batch.core.windows.net"], domains: ["batch.azure.com"] },
  {
    name: "Azure Data Explorer",
    domains: ["kusto.windows.net", "kusto.usgovcloudapi.net", "kusto.chinacloudapi.cn", "kusto.fabric.microsoft.com"],
  },
  { name: "Azure Container Registry", audiences: ["containerregistry.azure.net"], domains: ["azurecr.io"] },
  { name: "Azure IoT Hub", audiences: ["iothubs.azure.net"], domains: ["azure-devices.net"] },
  {
    name: "Azure Databricks",
    clientId: "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d",
    domains: ["azuredatabricks.net"],
  },
  {
    name: "Azure DevOps",
    clientId: "499b84ac-1321-427f-aa17-267ca6975798",
    domains: ["dev.azure.com", "visualstudio.com"],
  },
  { name: "Azure Monitor", domains: ["monitor.azure.com"] },
  { name: "Application Insights", domains: ["api.applicationinsights.io"] },
  { name: "Azure Maps", domains: ["atlas.microsoft.com"] },
  { name: "Azure Attestation", domains: ["attest.azure.net"] },
  { name: "Azure Communication Services", domains: ["communication.azure.com"] },
  { name: "Azure Health Data Services", domains: ["azurehealthcareapis.com"] },
  {
    name: "Azure Machine Learning",
    audiences: ["ml.azure.com"],
    domains: ["api.azureml.ms", "inference.ml.azure.com"],
  },
  {
    name: "Azure Cache for Redis",
    audiences: ["redis.azure.com"],
    domains: ["redis.cache.windows.net", "redis.azure.net"],
  },
  { name: "Azure Data Lake Storage Gen1", audiences: ["datalake.azure.net"], domains: ["azuredatalakestore.net"] },
  { name: "Azure Quantum", audiences: ["quantum.microsoft.com"], domains: ["quantum.azure.com"] },
  { name: "Microsoft Dev Center", domains: ["devcenter.azure.com"] },
  { name: "Microsoft Purview", audiences: ["purview.azure.net"], domains: ["purview.azure.com"] },
  { name: "Microsoft Fabric", domains: ["api.fabric.microsoft.com"] },
  { name: "Power BI", audiences: ["analysis.windows.net"], domains: ["api.powerbi.com"] },
  { name: "Microsoft Dynamics 365", domains: ["dynamics.com"] },
  { name: "Microsoft SharePoint", domains: ["sharepoint.com"] },
  {
    name: "Microsoft 365",
    domains: ["outlook.office.com", "outlook.office365.com", "manage.office.com", "substrate.office.com"],
  },
];

const PATTERNS = SERVICES.map(({ audiences = [], clientId, domains }) => {
  const patterns = [audiencesAt([...audiences, ...domains]), clientId === undefined ? [] : audiencesOf([clientId])];
  return new RegExp(`^(?:${patterns.flat().join("|")})$`, "i");
});

/** The Azure service that a token for the audience is for; `undefined` for a backend of the user's. */
export function serviceOfAudience(audience: string): ServiceDomains | undefined {
  return SERVICES.find((_, index) => PATTERNS[index].test(audience));
}

const CLIENT_IDS = [...MANAGEMENT_CLIENT_IDS, ...SERVICES.flatMap(({ clientId }) => clientId ?? [])];

/** The two last names of each host: all of them belong to Microsoft. */
const DOMAINS = new Set(
  [MANAGEMENT_HOSTS, ...SERVICES.map(({ audiences = [], domains }) => [...audiences, ...domains])]
    .flat()
    .map((host) => host.split(".").slice(-2).join(".")),
);

/** The client IDs of Azure services, for Terraform. */
export const SERVICE_CLIENT_ID = new RegExp(`^${audiencesOf(CLIENT_IDS)}$`, "i");

/** The audiences of Azure services, for Terraform: all at their domains, because a list of each would be too long to read. */
export const SERVICE_AUDIENCE = new RegExp(`^(?:${audiencesOf(CLIENT_IDS)}|${audiencesAt([...DOMAINS])})$`, "i");

/** The addresses at which a service gets its tokens, for Terraform as well. */
export function addressesOf({ domains }: ServiceDomains): RegExp {
  return new RegExp(`^https:[/]{2}${atOrBelow(domains)}[.]?(?::[0-9]+)?(?:[/].*)?$`, "i");
}
