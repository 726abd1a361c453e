import { SERVICES } from "../../lib/azure/clouds/services";
import { addressesOf, SERVICE_AUDIENCE, serviceOfAudience } from "../../lib/entra/azure-services";

test.each([
  ["https://vault.azure.net", "Azure Key Vault", "https://orders.vault.azure.net/secrets", "https://vault.azure.io"],
  ["https://storage.azure.com", "Azure Storage", "https://a.queue.core.windows.net", "https://core.windows.net.io"],
  ["https://a.blob.core.windows.net/", "Azure Storage", "https://a.z1.blob.storage.azure.net", "https://a.windows.net"],
  ["https://ai.azure.com", "Azure AI services", "https://a.openai.azure.com/openai", "https://a.azurewebsites.net"],
  ["https://cognitiveservices.azure.us", "Azure AI services", "https://a.openai.azure.us", "https://openai.com"],
  ["https://search.azure.com", "Azure AI Search", "https://a.search.windows.net", "https://a.windows.net"],
  ["499b84ac-1321-427f-aa17-267ca6975798", "Azure DevOps", "https://dev.azure.com/contoso", "https://contoso.com"],
  ["2746ea77-4702-4b45-80ca-3c97e680e8b7", "Azure Data Explorer", "https://a.kusto.windows.net", "https://contoso.com"],
  ["00000009-0000-0000-c000-000000000000", "Power BI", "https://api.powerbi.com/v1.0", "https://contoso.com"],
  ["00000003-0000-0FF1-CE00-000000000000", "Microsoft SharePoint", "https://a.sharepoint.com", "https://contoso.com"],
  [
    "00000003-0000-0ff1-ce00-000000000000/contoso.sharepoint.com@tenant",
    "Microsoft SharePoint",
    "https://contoso.sharepoint.com/sites/a",
    "https://contoso.com",
  ],
  ["api://00000002-0000-0ff1-ce00-000000000000", "Microsoft 365", "https://outlook.office365.com/a", "https://a.com"],
  ["ca7f3f0b-7d91-482c-8e09-c5d840d0eac5", "Azure Monitor Logs", "https://api.loganalytics.io/v1", "https://a.io"],
  [
    "1ac05c7e-12d2-4605-bf9d-549d7041c6b3",
    "Azure Synapse Analytics",
    "https://a.dev.azuresynapse.net",
    "https://a.net",
  ],
  ["18a66f5f-dbdf-4c17-9dd7-1634712a9cbe", "Azure Machine Learning", "https://a.api.azureml.ms", "https://a.ms"],
])("a token for %s is for %s", (audience, name, address, other) => {
  const { service, clouds } = serviceOfAudience(audience)!;
  expect(service.name).toBe(name);
  const addresses = addressesOf(service[clouds[0]]!);
  expect([address, other].map((each) => addresses.test(each))).toEqual([true, false]);
  expect(SERVICE_AUDIENCE.test(audience)).toBe(true);
});

test.each([
  ["as it is", "https://orders.vault.azure.net", true],
  ["in another case", "HTTPS://Orders.VAULT.azure.net", true],
  ["with a dot at its end", "https://orders.vault.azure.net.", true],
  ["with a port and a path", "https://orders.vault.azure.net.:443/secrets/a", true],
  ["of a service in another cloud", "https://orders.vault.usgovcloudapi.net", false],
  ["that another name continues", "https://orders.vault.azure.net.contoso.com", false],
  ["with two dots at its end", "https://orders.vault.azure.net../", false],
  ["that only ends like it", "https://evilvault.azure.net", false],
  ["with another character for a dot", "https://orders.vault-azure.net", false],
  ["as the path of another host", "https://contoso.com/orders.vault.azure.net", false],
  ["in plain text", "http://orders.vault.azure.net", false],
  ["with a user", "https://orders.vault.azure.net@contoso.com", false],
])("an address of Azure Key Vault %s: %s", (_, address, expected) => {
  expect(addressesOf(SERVICES.keyVault.public).test(address)).toBe(expected);
});

test.each([
  "11111111-2222-3333-4444-555555555555",
  "api://orders",
  "https://orders.contoso.com",
  "https://orders.azurewebsites.net",
  "https://contoso.onmicrosoft.com/orders",
  "https://orders.azure-api.net",
])("a token for %s is for a backend of the user's", (audience) => {
  expect(serviceOfAudience(audience)).toBeUndefined();
  expect(SERVICE_AUDIENCE.test(audience)).toBe(false);
});
