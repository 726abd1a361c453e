import { ByCloud } from "./hosts";

/** A service in a cloud. */
export interface ServiceInCloud {
  /** What tokens for it are requested for; none if Microsoft does not document it for this cloud. */
  readonly tokenResource?: string;
  /** What its addresses end with, the usual one first. */
  readonly domains: readonly string[];
  /** Other hosts that stand in audiences. A token can also be for one account, whose host is below a domain. */
  readonly audiences?: readonly string[];
}

/** An Azure service. It is absent from a cloud that does not have it, or for which Microsoft documents no address. */
export interface CloudService extends Partial<ByCloud<ServiceInCloud>> {
  readonly name: string;
  /** The client ID of Microsoft's app registration, if it is documented. It is the same in all clouds. */
  readonly clientId?: string;
  /** The types of the resources in azurerm that have an address of the service, without `azurerm_`. */
  readonly resource?: string;
}

function at(tokenResource: string | undefined, ...domains: string[]): ServiceInCloud {
  return { tokenResource, domains };
}

const STORAGE = "https://storage.azure.com/";
const SERVICE_BUS = "https://servicebus.azure.net/";
const EVENT_HUBS = "https://eventhubs.azure.net/";
const REGISTRY = "https://containerregistry.azure.net";
const IOT_HUBS = "https://iothubs.azure.net";
const REDIS = "https://redis.azure.com";

function storageDomains(end: string): string[] {
  return ["blob", "dfs", "file", "queue", "table", "web"].map((part) => `${part}.core.${end}`);
}

/**
 * Azure services, in all clouds. One that is missing here is taken for a backend of the user's. The registrations of Storage, Service
 * Bus, Event Hubs and some others have one name in all clouds: the SDKs request tokens for it wherever they sign in.
 *
 * @see https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identities-status
 * @see https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure
 * @see https://learn.microsoft.com/azure/china/resources-developer-guide
 * @see https://learn.microsoft.com/azure/private-link/private-endpoint-dns
 * @see https://github.com/hashicorp/go-azure-sdk/tree/main/sdk/environments
 * @see https://github.com/Azure/azure-sdk-for-python/blob/main/sdk/servicebus/azure-servicebus/azure/servicebus/_common/constants.py
 */
export const SERVICES = {
  keyVault: {
    name: "Azure Key Vault",
    resource: "key_vault",
    clientId: "cfa8b339-82a2-471a-a3c9-0fc0be7a4093",
    public: at("https://vault.azure.net", "vault.azure.net"),
    usgovernment: at("https://vault.usgovcloudapi.net", "vault.usgovcloudapi.net"),
    china: at("https://vault.azure.cn", "vault.azure.cn"),
  },
  managedHsm: {
    name: "Azure Managed HSM",
    public: at("https://managedhsm.azure.net", "managedhsm.azure.net"),
    usgovernment: at("https://managedhsm.usgovcloudapi.net", "managedhsm.usgovcloudapi.net"),
    china: at("https://managedhsm.azure.cn", "managedhsm.azure.cn"),
  },
  storage: {
    name: "Azure Storage",
    resource: "storage_account",
    clientId: "e406a681-f3d4-42a8-90b6-c2b029497af1",
    public: at(STORAGE, ...storageDomains("windows.net"), "storage.azure.net"),
    usgovernment: at(STORAGE, ...storageDomains("usgovcloudapi.net")),
    china: at(STORAGE, ...storageDomains("chinacloudapi.cn")),
  },
  serviceBus: {
    name: "Azure Service Bus",
    resource: "servicebus_namespace",
    clientId: "80a10ef9-8168-493d-abf9-3297c4ef6e3c",
    public: at(SERVICE_BUS, "servicebus.windows.net"),
    usgovernment: at(SERVICE_BUS, "servicebus.usgovcloudapi.net"),
    china: at(SERVICE_BUS, "servicebus.chinacloudapi.cn"),
  },
  eventHubs: {
    name: "Azure Event Hubs",
    resource: "eventhub_namespace",
    clientId: "80369ed6-5f11-4dd9-bef3-692475845e77",
    public: at(EVENT_HUBS, "servicebus.windows.net"),
    usgovernment: at(EVENT_HUBS, "servicebus.usgovcloudapi.net"),
    china: at(EVENT_HUBS, "servicebus.chinacloudapi.cn"),
  },
  aiServices: {
    name: "Azure AI services",
    resource: "cognitive_account|ai_services",
    clientId: "7d312290-28c8-473c-a0ed-8e53749b6d6d",
    public: {
      tokenResource: "https://cognitiveservices.azure.com",
      audiences: ["ai.azure.com"],
      domains: [
        ...["cognitiveservices.azure.com", "openai.azure.com", "services.ai.azure.com"],
        ...["api.cognitive.microsoft.com", "api.cognitive.microsofttranslator.com"],
      ],
    },
    usgovernment: {
      tokenResource: "https://cognitiveservices.azure.us",
      audiences: ["ai.azure.us"],
      domains: [
        ...["cognitiveservices.azure.us", "openai.azure.us", "services.ai.azure.us"],
        ...["api.cognitive.microsoft.us", "api.cognitive.microsofttranslator.us"],
      ],
    },
    china: at(
      "https://cognitiveservices.azure.cn",
      ...["cognitiveservices.azure.cn", "openai.azure.cn", "api.cognitive.azure.cn", "api.translator.azure.cn"],
    ),
  },
  aiSearch: {
    name: "Azure AI Search",
    clientId: "880da380-985e-4198-81b9-e05b1cc53158",
    public: at("https://search.azure.com", "search.windows.net"),
    usgovernment: at("https://search.azure.us", "search.azure.us", "search.windows.us"),
    china: at("https://search.azure.cn", "search.azure.cn"),
  },
  sql: {
    name: "Azure SQL Database",
    clientId: "022907d3-0f1b-48f7-badc-1ba6abab6d66",
    public: at("https://database.windows.net/", "database.windows.net"),
    usgovernment: at("https://database.usgovcloudapi.net/", "database.usgovcloudapi.net"),
    china: at("https://database.chinacloudapi.cn/", "database.chinacloudapi.cn"),
  },
  cosmos: {
    name: "Azure Cosmos DB",
    resource: "cosmosdb_account",
    clientId: "a232010e-820c-4083-83bb-3ace5fc29d0b",
    public: at("https://cosmos.azure.com", "documents.azure.com"),
    usgovernment: at("https://cosmos.azure.us", "documents.azure.us"),
    china: at("https://cosmos.azure.cn", "documents.azure.cn"),
  },
  appConfiguration: {
    name: "Azure App Configuration",
    resource: "app_configuration",
    clientId: "35ffadb3-7fc1-497e-b61b-381d28e744cc",
    public: at("https://appconfig.azure.com", "azconfig.io"),
    usgovernment: at("https://appconfig.azure.us", "azconfig.azure.us"),
    china: at("https://appconfig.azure.cn", "azconfig.azure.cn"),
  },
  eventGrid: {
    name: "Azure Event Grid",
    public: at("https://eventgrid.azure.net", "eventgrid.azure.net"),
    usgovernment: at("https://eventgrid.azure.us", "eventgrid.azure.us"),
    china: at("https://eventgrid.azure.cn", "eventgrid.azure.cn"),
  },
  monitorLogs: {
    name: "Azure Monitor Logs",
    clientId: "ca7f3f0b-7d91-482c-8e09-c5d840d0eac5",
    public: at("https://api.loganalytics.io", "api.loganalytics.io", "api.loganalytics.azure.com"),
    usgovernment: at("https://api.loganalytics.us", "api.loganalytics.us"),
    china: at("https://api.loganalytics.azure.cn", "api.loganalytics.azure.cn"),
  },
  signalR: {
    name: "Azure SignalR Service",
    public: at("https://signalr.azure.com", "service.signalr.net"),
    usgovernment: at(undefined, "signalr.azure.us"),
    china: at(undefined, "signalr.azure.cn"),
  },
  webPubSub: {
    name: "Azure Web PubSub",
    public: at("https://webpubsub.azure.com", "webpubsub.azure.com"),
    usgovernment: at(undefined, "webpubsub.azure.us"),
    china: at(undefined, "webpubsub.azure.cn"),
  },
  digitalTwins: {
    name: "Azure Digital Twins",
    public: at("https://digitaltwins.azure.net", "digitaltwins.azure.net"),
  },
  synapse: {
    name: "Azure Synapse Analytics",
    clientId: "1ac05c7e-12d2-4605-bf9d-549d7041c6b3",
    public: at("https://dev.azuresynapse.net", "dev.azuresynapse.net"),
    usgovernment: at("https://dev.azuresynapse.usgovcloudapi.net", "dev.azuresynapse.usgovcloudapi.net"),
    china: at("https://dev.azuresynapse.azure.cn", "dev.azuresynapse.azure.cn"),
  },
  batch: {
    name: "Azure Batch",
    public: at("https://batch.core.windows.net/", "batch.azure.com"),
    usgovernment: at("https://batch.core.usgovcloudapi.net/", "batch.usgovcloudapi.net"),
    china: at("https://batch.chinacloudapi.cn/", "batch.chinacloudapi.cn"),
  },
  dataExplorer: {
    name: "Azure Data Explorer",
    clientId: "2746ea77-4702-4b45-80ca-3c97e680e8b7",
    public: at("https://kusto.kusto.windows.net", "kusto.windows.net", "kusto.fabric.microsoft.com"),
    usgovernment: at("https://kusto.kusto.usgovcloudapi.net", "kusto.usgovcloudapi.net"),
    china: at("https://kusto.kusto.chinacloudapi.cn", "kusto.chinacloudapi.cn"),
  },
  containerRegistry: {
    name: "Azure Container Registry",
    public: at(REGISTRY, "azurecr.io"),
    usgovernment: at(REGISTRY, "azurecr.us"),
    china: at(REGISTRY, "azurecr.cn"),
  },
  iotHub: {
    name: "Azure IoT Hub",
    public: at(IOT_HUBS, "azure-devices.net"),
    usgovernment: at(IOT_HUBS, "azure-devices.us"),
    china: at(IOT_HUBS, "azure-devices.cn"),
  },
  databricks: {
    name: "Azure Databricks",
    clientId: "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d",
    public: at("2ff814a6-3304-4ab8-85cb-cd0e6f879c1d", "azuredatabricks.net"),
    usgovernment: at("2ff814a6-3304-4ab8-85cb-cd0e6f879c1d", "databricks.azure.us"),
    china: at("2ff814a6-3304-4ab8-85cb-cd0e6f879c1d", "databricks.azure.cn"),
  },
  devOps: {
    name: "Azure DevOps",
    clientId: "499b84ac-1321-427f-aa17-267ca6975798",
    public: at("499b84ac-1321-427f-aa17-267ca6975798", "dev.azure.com", "visualstudio.com"),
  },
  monitor: {
    name: "Azure Monitor",
    public: at("https://monitor.azure.com", "monitor.azure.com"),
    usgovernment: at("https://monitor.azure.us", "monitor.azure.us"),
    china: at("https://monitor.azure.cn", "monitor.azure.cn"),
  },
  applicationInsights: {
    name: "Application Insights",
    public: at("https://api.applicationinsights.io", "api.applicationinsights.io"),
    usgovernment: at("https://api.applicationinsights.us", "api.applicationinsights.us"),
    china: at("https://api.applicationinsights.azure.cn", "api.applicationinsights.azure.cn"),
  },
  maps: {
    name: "Azure Maps",
    public: at("https://atlas.microsoft.com/", "atlas.microsoft.com"),
    usgovernment: at(undefined, "atlas.azure.us"),
  },
  attestation: {
    name: "Azure Attestation",
    public: at("https://attest.azure.net", "attest.azure.net"),
  },
  communication: {
    name: "Azure Communication Services",
    public: at("https://communication.azure.com", "communication.azure.com"),
    usgovernment: at(undefined, "communication.azure.us"),
  },
  healthData: {
    name: "Azure Health Data Services",
    // A token is for the address of one service.
    public: at(undefined, "azurehealthcareapis.com"),
    usgovernment: at(undefined, "azurehealthcareapis.us"),
  },
  machineLearning: {
    name: "Azure Machine Learning",
    clientId: "18a66f5f-dbdf-4c17-9dd7-1634712a9cbe",
    public: at("https://ml.azure.com", "api.azureml.ms", "inference.ml.azure.com"),
    usgovernment: at("https://ml.azure.us", "api.ml.azure.us", "inference.ml.azure.us"),
    china: at("https://ml.azure.cn", "api.ml.azure.cn", "inference.ml.azure.cn"),
  },
  redis: {
    name: "Azure Cache for Redis",
    public: at(REDIS, "redis.cache.windows.net", "redis.azure.net"),
    usgovernment: at(REDIS, "redis.cache.usgovcloudapi.net"),
    china: at(REDIS, "redis.cache.chinacloudapi.cn"),
  },
  dataLakeGen1: {
    name: "Azure Data Lake Storage Gen1",
    public: at("https://datalake.azure.net/", "azuredatalakestore.net"),
  },
  quantum: {
    name: "Azure Quantum",
    public: at("https://quantum.microsoft.com", "quantum.azure.com"),
  },
  devCenter: {
    name: "Microsoft Dev Center",
    public: at("https://devcenter.azure.com", "devcenter.azure.com"),
  },
  purview: {
    name: "Microsoft Purview",
    public: at("https://purview.azure.net", "purview.azure.com"),
    usgovernment: at(undefined, "purview.azure.us"),
    china: at(undefined, "purview.azure.cn"),
  },
  fabric: {
    name: "Microsoft Fabric",
    public: at("https://api.fabric.microsoft.com", "api.fabric.microsoft.com"),
  },
  powerBi: {
    name: "Power BI",
    clientId: "00000009-0000-0000-c000-000000000000",
    // Tenants of the Government Community Cloud (GCC) are in the public cloud; those of GCC High and of the Department of Defense are not.
    public: {
      tokenResource: "https://analysis.windows.net/powerbi/api",
      audiences: ["analysis.usgovcloudapi.net"],
      domains: ["api.powerbi.com", "api.powerbigov.us"],
    },
    usgovernment: {
      tokenResource: "https://high.analysis.usgovcloudapi.net/powerbi/api",
      audiences: ["mil.analysis.usgovcloudapi.net"],
      domains: ["api.high.powerbigov.us", "api.mil.powerbigov.us"],
    },
    china: at("https://analysis.chinacloudapi.cn/powerbi/api", "api.powerbi.cn"),
  },
  dynamics365: {
    name: "Microsoft Dynamics 365",
    // A token is for the address of one environment.
    public: at(undefined, "dynamics.com"),
    usgovernment: at(undefined, "microsoftdynamics.us"),
    china: at(undefined, "dynamics.cn"),
  },
  sharePoint: {
    name: "Microsoft SharePoint",
    clientId: "00000003-0000-0ff1-ce00-000000000000",
    // A token is for the address of one tenant.
    public: at(undefined, "sharepoint.com"),
    usgovernment: at(undefined, "sharepoint.us"),
    china: at(undefined, "sharepoint.cn"),
  },
  microsoft365: {
    name: "Microsoft 365",
    // Exchange, which has several of these addresses.
    clientId: "00000002-0000-0ff1-ce00-000000000000",
    public: at(
      undefined,
      ...["outlook.office.com", "outlook.office365.com", "manage.office.com", "substrate.office.com"],
    ),
    usgovernment: at(undefined, "outlook.office365.us", "manage.office365.us"),
    china: at(undefined, "partner.outlook.cn"),
  },
} satisfies Readonly<Record<string, CloudService>>;

/** A service by the name that it has in the table. */
export type ServiceName = keyof typeof SERVICES;
