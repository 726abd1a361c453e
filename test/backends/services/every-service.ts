import * as lib from "cdktf-secure-apim-backend";
import { CloudName } from "../../../lib/azure/clouds/hosts";
import { Json } from "../../helpers/synth";

/** What the user passes, the token resource, and the address that the gateway calls. */
export type Served = readonly [address: string, token: string, url: string];

export interface ServiceRow {
  /** The class with `fromAttributes`. */
  readonly ref: Json;
  /** The attribute besides `id` that has the address, or the name in it. */
  readonly attribute: string;
  /** By cloud; `undefined` where the service does not exist. */
  readonly served: Record<CloudName, Served | undefined>;
}

/**
 * Every Azure service, by its factory. One row is all that the tests of all services need: of the clouds, and of wrong values. What the
 * stack has in it is in azure-services.test.ts.
 */
export const SERVICES: Record<string, ServiceRow> = {
  keyVault: {
    ref: lib.KeyVaultRef,
    attribute: "vaultUri",
    served: {
      public: ["https://a.vault.azure.net/", "https://vault.azure.net", "https://a.vault.azure.net"],
      usgovernment: [
        "https://a.vault.usgovcloudapi.net/",
        "https://vault.usgovcloudapi.net",
        "https://a.vault.usgovcloudapi.net",
      ],
      china: ["https://a.vault.azure.cn/", "https://vault.azure.cn", "https://a.vault.azure.cn"],
    },
  },
  blobStorage: {
    ref: lib.StorageAccountRef,
    attribute: "primaryBlobEndpoint",
    served: {
      public: ["https://a.blob.core.windows.net/", "https://storage.azure.com/", "https://a.blob.core.windows.net"],
      usgovernment: [
        "https://a.blob.core.usgovcloudapi.net/",
        "https://storage.azure.com/",
        "https://a.blob.core.usgovcloudapi.net",
      ],
      china: [
        "https://a.blob.core.chinacloudapi.cn/",
        "https://storage.azure.com/",
        "https://a.blob.core.chinacloudapi.cn",
      ],
    },
  },
  serviceBus: {
    ref: lib.ServiceBusNamespaceRef,
    attribute: "endpoint",
    served: {
      public: [
        "https://a.servicebus.windows.net:443/",
        "https://servicebus.azure.net/",
        "https://a.servicebus.windows.net:443",
      ],
      usgovernment: [
        "https://a.servicebus.usgovcloudapi.net:443/",
        "https://servicebus.azure.net/",
        "https://a.servicebus.usgovcloudapi.net:443",
      ],
      china: [
        "https://a.servicebus.chinacloudapi.cn:443/",
        "https://servicebus.azure.net/",
        "https://a.servicebus.chinacloudapi.cn:443",
      ],
    },
  },
  eventHubs: {
    ref: lib.EventHubsNamespaceRef,
    attribute: "name",
    served: {
      public: ["a", "https://eventhubs.azure.net/", "https://a.servicebus.windows.net"],
      usgovernment: ["a", "https://eventhubs.azure.net/", "https://a.servicebus.usgovcloudapi.net"],
      china: ["a", "https://eventhubs.azure.net/", "https://a.servicebus.chinacloudapi.cn"],
    },
  },
  aiSearch: {
    ref: lib.SearchServiceRef,
    attribute: "name",
    served: {
      public: ["a", "https://search.azure.com", "https://a.search.windows.net"],
      usgovernment: ["a", "https://search.azure.us", "https://a.search.azure.us"],
      china: ["a", "https://search.azure.cn", "https://a.search.azure.cn"],
    },
  },
  azureOpenAi: {
    ref: lib.OpenAiAccountRef,
    attribute: "endpoint",
    served: {
      public: [
        "https://a.openai.azure.com/",
        "https://cognitiveservices.azure.com",
        "https://a.openai.azure.com/openai",
      ],
      usgovernment: [
        "https://a.openai.azure.us/",
        "https://cognitiveservices.azure.us",
        "https://a.openai.azure.us/openai",
      ],
      china: ["https://a.openai.azure.cn/", "https://cognitiveservices.azure.cn", "https://a.openai.azure.cn/openai"],
    },
  },
};

/** Factories beside these: they share the code of another one, or the user passes the address. */
export const OTHER_SERVICES = ["azureOpenAiV1", "foundryProject", "azureResource"];

const ID = "/subscriptions/s/resourceGroups/rg/providers/p";

/** The attributes of a resource of the service. */
export function attributesOf(factory: string, address: string): Json {
  return { id: ID, [SERVICES[factory].attribute]: address };
}

/** The backend with these attributes. */
export function serviceAt(factory: string, address: string): lib.IApimBackend {
  const backend: Json = lib.Backend;
  return backend[factory](SERVICES[factory].ref.fromAttributes(attributesOf(factory, address)));
}
