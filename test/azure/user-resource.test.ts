import { TerraformStack } from "cdktf";
import { ApplicationInsights } from "@cdktf/provider-azurerm/lib/application-insights";
import { CognitiveAccount } from "@cdktf/provider-azurerm/lib/cognitive-account";
import { ContainerAppEnvironment } from "@cdktf/provider-azurerm/lib/container-app-environment";
import { DataAzurermCognitiveAccount } from "@cdktf/provider-azurerm/lib/data-azurerm-cognitive-account";
import { DataAzurermEventhubNamespace } from "@cdktf/provider-azurerm/lib/data-azurerm-eventhub-namespace";
import { DataAzurermKeyVault } from "@cdktf/provider-azurerm/lib/data-azurerm-key-vault";
import { DataAzurermPrivateDnsZone } from "@cdktf/provider-azurerm/lib/data-azurerm-private-dns-zone";
import { DataAzurermSearchService } from "@cdktf/provider-azurerm/lib/data-azurerm-search-service";
import { DataAzurermServicePlan } from "@cdktf/provider-azurerm/lib/data-azurerm-service-plan";
import { DataAzurermServicebusNamespace } from "@cdktf/provider-azurerm/lib/data-azurerm-servicebus-namespace";
import { DataAzurermStorageAccount } from "@cdktf/provider-azurerm/lib/data-azurerm-storage-account";
import { DataAzurermSubnet } from "@cdktf/provider-azurerm/lib/data-azurerm-subnet";
import { EventhubNamespace } from "@cdktf/provider-azurerm/lib/eventhub-namespace";
import { KeyVault } from "@cdktf/provider-azurerm/lib/key-vault";
import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone";
import { PublicIp } from "@cdktf/provider-azurerm/lib/public-ip";
import { SearchService } from "@cdktf/provider-azurerm/lib/search-service";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import { ServicebusNamespace } from "@cdktf/provider-azurerm/lib/servicebus-namespace";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import {
  ApimGateway,
  ApimNamedValue,
  ApimSku,
  ApplicationInsightsRef,
  AppRuntime,
  AppServicePlan,
  Backend,
  ContainerAppEnvironmentRef,
  EventHubsNamespaceRef,
  GatewayIdentity,
  GatewayNetwork,
  IApimBackend,
  IApplicationInsightsRef,
  IContainerAppEnvironmentRef,
  IEventHubsNamespaceRef,
  IKeyVaultRef,
  IOpenAiAccountRef,
  IPrivateDnsZoneRef,
  IPublicIpAddressRef,
  IResourceGroupRef,
  ISearchServiceRef,
  IServiceBusNamespaceRef,
  IServicePlanRef,
  IStorageAccountRef,
  ISubnetRef,
  IUserAssignedIdentityRef,
  KeyVaultRef,
  NamedValueContent,
  NetworkAccess,
  OpenAiAccountRef,
  PrivateDnsZoneRef,
  PublicIpAddressRef,
  ResourceGroupRef,
  SearchServiceRef,
  SecureApimBackend,
  ServiceBusNamespaceRef,
  ServicePlanRef,
  StorageAccountRef,
  SubnetRef,
  UserAssignedIdentityRef,
} from "cdktf-secure-apim-backend";
import { SERVICES } from "../backends/services/every-service";
import { refusal } from "../helpers/refusal";
import { annotations, GROUP, stackWithProviders, synth } from "../helpers/synth";

const HERE = { resourceGroupName: GROUP.name, location: GROUP.location };
const FOUND = { name: "found", resourceGroupName: "platform" };
const ID = "/subscriptions/s/it";
const GUID = "11111111-2222-3333-4444-555555555555";
const WEB_APP = { resourceGroup: GROUP, runtime: AppRuntime.node("22") };

/** What is checked on the user's object, and what is said where there is none. */
interface Checked<Ref> {
  /** Passes the object to the library. */
  readonly use: (stack: TerraformStack, object: Ref) => void;
  /** An object of the app that is not as it must be, and the id that says so. */
  readonly declared: (stack: TerraformStack) => Ref;
  readonly id: string;
  readonly lookedUp: (stack: TerraformStack) => Ref;
  readonly attributes: Ref;
  readonly fromAttributes: Ref;
  readonly notChecked: string;
  /** The class to pass. */
  readonly pass: string;
  /** The type of the data source if one is warned of: it could let others in without Entra ID. */
  readonly warnsOfData?: string;
}

/** A case, whatever its type of object. */
interface Case {
  readonly said: (kind: "declared" | "lookedUp" | "attributes" | "fromAttributes") => string[];
  readonly fromAttributes: unknown;
  readonly id: string;
  readonly notChecked: string;
  readonly pass: string;
  readonly warnsOfData?: string;
}

function checked<Ref>(one: Checked<Ref>): Case {
  return {
    ...one,
    said: (kind) => {
      const stack = stackWithProviders();
      const given = one[kind];
      one.use(stack, typeof given === "function" ? (given as Checked<Ref>["declared"])(stack) : given);
      return said(stack);
    },
  };
}

/** All annotations, and all findings. */
function said(stack: TerraformStack): string[] {
  try {
    synth(stack);
    return annotations(stack);
  } catch (error) {
    return [...annotations(stack), (error as Error).message];
  }
}

const gatewayOf = (stack: TerraformStack): ApimGateway =>
  ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" }) as ApimGateway;
const secure = (stack: TerraformStack, backend: IApimBackend): unknown =>
  new SecureApimBackend(stack, "Orders", { gateway: gatewayOf(stack), backend });
const service = (stack: TerraformStack, props: object): unknown =>
  new ApimGateway(stack, "New", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "a@contoso.com",
    sku: ApimSku.DEVELOPER,
    ...props,
  });
const subnet = (stack: TerraformStack, props = {}): Subnet =>
  new Subnet(stack, "Object", {
    name: "gateway",
    resourceGroupName: GROUP.name,
    virtualNetworkName: "network",
    addressPrefixes: ["10.0.0.0/24"],
    ...props,
  });
const vault = (stack: TerraformStack): KeyVault =>
  new KeyVault(stack, "Object", { ...HERE, name: "vault", skuName: "standard", tenantId: "t" });

const VAULT = { id: ID, vaultUri: "https://it.vault.azure.net" };
const ON_VAULT = {
  declared: vault,
  id: "vault-without-roles",
  lookedUp: (stack: TerraformStack) => new DataAzurermKeyVault(stack, "Object", FOUND),
  attributes: VAULT,
  fromAttributes: KeyVaultRef.fromAttributes(VAULT),
  notChecked: "whether the key vault uses Azure roles",
  pass: "KeyVault",
};
const ON_SUBNET = {
  lookedUp: (stack: TerraformStack) =>
    new DataAzurermSubnet(stack, "Object", { ...FOUND, virtualNetworkName: "network" }),
  attributes: { id: ID },
  fromAttributes: SubnetRef.fromAttributes({ id: ID }),
  pass: "Subnet",
};

const CHECKED: Record<string, Case> = {
  "a key vault": checked<IKeyVaultRef>({
    ...ON_VAULT,
    use: (stack, object) => secure(stack, Backend.keyVault(object)),
    warnsOfData: "azurerm_key_vault",
  }),
  "the key vault of a named value": checked<IKeyVaultRef>({
    ...ON_VAULT,
    use: (stack, object) =>
      new ApimNamedValue(stack, "Secret", {
        gateway: gatewayOf(stack),
        value: NamedValueContent.keyVaultSecret(object, "secret"),
      }),
  }),
  "an Azure OpenAI account": checked<IOpenAiAccountRef>({
    use: (stack, object) => secure(stack, Backend.azureOpenAi(object)),
    declared: (stack) =>
      new CognitiveAccount(stack, "Object", {
        ...HERE,
        name: "m",
        kind: "OpenAI",
        skuName: "S0",
        customSubdomainName: "m",
      }),
    id: "keys-bypass-entra-id",
    lookedUp: (stack) => new DataAzurermCognitiveAccount(stack, "Object", FOUND),
    attributes: { id: ID, endpoint: "https://it.openai.azure.com" },
    fromAttributes: OpenAiAccountRef.fromAttributes({ id: ID, endpoint: "https://it.openai.azure.com" }),
    notChecked: "whether the Azure OpenAI account rejects keys",
    pass: "CognitiveAccount or AiServices",
    warnsOfData: "azurerm_cognitive_account",
  }),
  "a storage account": checked<IStorageAccountRef>({
    use: (stack, object) => secure(stack, Backend.blobStorage(object)),
    declared: (stack) =>
      new StorageAccount(stack, "Object", {
        ...HERE,
        name: "f",
        accountTier: "Standard",
        accountReplicationType: "LRS",
      }),
    id: "keys-bypass-entra-id",
    lookedUp: (stack) => new DataAzurermStorageAccount(stack, "Object", FOUND),
    attributes: { id: ID, primaryBlobEndpoint: "https://it.blob.core.windows.net" },
    fromAttributes: StorageAccountRef.fromAttributes({
      id: ID,
      primaryBlobEndpoint: "https://it.blob.core.windows.net",
    }),
    notChecked: "whether the storage account rejects keys and anonymous requests",
    pass: "StorageAccount",
    warnsOfData: "azurerm_storage_account",
  }),
  "a Service Bus namespace": checked<IServiceBusNamespaceRef>({
    use: (stack, object) => secure(stack, Backend.serviceBus(object)),
    declared: (stack) => new ServicebusNamespace(stack, "Object", { ...HERE, name: "bus", sku: "Basic" }),
    id: "keys-bypass-entra-id",
    lookedUp: (stack) => new DataAzurermServicebusNamespace(stack, "Object", FOUND),
    attributes: { id: ID, endpoint: "https://it.servicebus.windows.net" },
    fromAttributes: ServiceBusNamespaceRef.fromAttributes({ id: ID, endpoint: "https://it.servicebus.windows.net" }),
    notChecked: "whether the Service Bus namespace rejects keys",
    pass: "ServicebusNamespace",
    warnsOfData: "azurerm_servicebus_namespace",
  }),
  "an Event Hubs namespace": checked<IEventHubsNamespaceRef>({
    use: (stack, object) => secure(stack, Backend.eventHubs(object)),
    declared: (stack) => new EventhubNamespace(stack, "Object", { ...HERE, name: "hubs", sku: "Basic" }),
    id: "keys-bypass-entra-id",
    lookedUp: (stack) => new DataAzurermEventhubNamespace(stack, "Object", FOUND),
    attributes: { id: ID, name: "hubs" },
    fromAttributes: EventHubsNamespaceRef.fromAttributes({ id: ID, name: "hubs" }),
    notChecked: "whether the Event Hubs namespace rejects keys",
    pass: "EventhubNamespace",
    warnsOfData: "azurerm_eventhub_namespace",
  }),
  "a search service": checked<ISearchServiceRef>({
    use: (stack, object) => secure(stack, Backend.aiSearch(object)),
    declared: (stack) => new SearchService(stack, "Object", { ...HERE, name: "search", sku: "basic" }),
    id: "search-accepts-keys-only",
    lookedUp: (stack) => new DataAzurermSearchService(stack, "Object", FOUND),
    attributes: { id: ID, name: "search" },
    fromAttributes: SearchServiceRef.fromAttributes({ id: ID, name: "search" }),
    notChecked: "whether the search service accepts tokens and rejects keys",
    pass: "SearchService",
    warnsOfData: "azurerm_search_service",
  }),
  "an App Service plan": checked<IServicePlanRef>({
    use: (stack, object) => secure(stack, Backend.webApp({ ...WEB_APP, plan: AppServicePlan.existing(object) })),
    declared: (stack) => new ServicePlan(stack, "Object", { ...HERE, name: "plan", osType: "Windows", skuName: "B1" }),
    id: "plan-of-other-system",
    lookedUp: (stack) => new DataAzurermServicePlan(stack, "Object", FOUND),
    attributes: { id: ID },
    fromAttributes: ServicePlanRef.fromAttributes({ id: ID }),
    notChecked: "whether the App Service plan is a dedicated plan for Linux",
    pass: "ServicePlan",
  }),
  "the subnet that an app lets in": checked<ISubnetRef>({
    ...ON_SUBNET,
    use: (stack, object) =>
      secure(stack, Backend.webApp({ ...WEB_APP, networkAccess: NetworkAccess.fromSubnet(object) })),
    declared: (stack) => subnet(stack),
    id: "subnet-without-service-endpoint",
    notChecked: "whether the subnet has the service endpoint Microsoft.Web",
  }),
  "the subnet of a gateway": checked<ISubnetRef>({
    ...ON_SUBNET,
    use: (stack, object) => service(stack, { network: GatewayNetwork.external(object) }),
    declared: (stack) =>
      subnet(stack, { delegation: [{ name: "d", serviceDelegation: { name: "Microsoft.Web/serverFarms" } }] }),
    id: "subnet-delegated",
    notChecked: "whether the subnet of the gateway is not delegated",
  }),
  "a private DNS zone": checked<IPrivateDnsZoneRef>({
    use: (stack, object) => {
      const networkAccess = NetworkAccess.privateEndpoint({ subnet: { id: ID }, privateDnsZone: object });
      secure(stack, Backend.webApp({ ...WEB_APP, networkAccess }));
    },
    declared: (stack) => new PrivateDnsZone(stack, "Object", { name: "contoso.com", resourceGroupName: GROUP.name }),
    id: "wrong-private-dns-zone",
    lookedUp: (stack) => new DataAzurermPrivateDnsZone(stack, "Object", FOUND),
    attributes: { id: ID },
    fromAttributes: PrivateDnsZoneRef.fromAttributes({ id: ID }),
    notChecked: "whether the name of the private DNS zone is privatelink.azurewebsites.net",
    pass: "PrivateDnsZone",
  }),
};

test("every class of every-service.ts has a row in CHECKED", () => {
  const checkedOnes = Object.values(CHECKED).map(({ fromAttributes }) => Object(fromAttributes).constructor.name);
  const classes = Object.values(SERVICES).map(({ ref }) => ref.name);
  expect(classes.filter((name) => !checkedOnes.includes(name))).toEqual([]);
});

describe.each(Object.entries(CHECKED))("%s", (_, { said: saidOf, id, notChecked, pass, warnsOfData }) => {
  test("of this app is checked", () => {
    const lines = saidOf("declared");
    expect(lines).toContainEqual(refusal(id));
    expect(lines).not.toContainEqual(refusal("not-inspected"));
  });

  test("of another state is not, and a warning says so if it is an Azure service", () => {
    const given = `the data source "app/Object" of type ${warnsOfData}`;
    const warning = refusal("not-inspected", "warn: ", given, notChecked, `the ${pass} object`);
    expect(saidOf("lookedUp")).toEqual(warnsOfData === undefined ? [] : [warning]);
  });

  test.each(["attributes", "fromAttributes"] as const)("by its ids (%s) is not, and a warning says so", (kind) => {
    expect(saidOf(kind)).toEqual([refusal("not-inspected", "warn: ", `"${ID}"`, notChecked, `the ${pass} object`)]);
  });
});

/** What nothing is checked on, with each way to pass it. */
const UNCHECKED: Record<string, (stack: TerraformStack) => ((() => void) | undefined)[]> = {
  "a resource group": (stack) => {
    const use = (resourceGroup: IResourceGroupRef) => () => service(stack, { resourceGroup });
    return [use(GROUP), use(ResourceGroupRef.fromAttributes(GROUP))];
  },
  "a Container Apps environment": (stack) => {
    const use = (environment: IContainerAppEnvironmentRef) => () =>
      secure(stack, Backend.containerApp({ resourceGroup: GROUP, image: "image", targetPort: 80, environment }));
    return [
      use(new ContainerAppEnvironment(stack, "Object", { ...HERE, name: "e" })),
      use({ id: ID }),
      use(ContainerAppEnvironmentRef.fromAttributes({ id: ID })),
    ];
  },
  "a public IP address": (stack) => {
    const use = (publicIpAddress: IPublicIpAddressRef) => () =>
      service(stack, { network: GatewayNetwork.external(subnet(stack), { publicIpAddress }) });
    return [
      use(new PublicIp(stack, "Address", { ...HERE, name: "ip", allocationMethod: "Static" })),
      use({ id: ID }),
      use(PublicIpAddressRef.fromAttributes({ id: ID })),
    ];
  },
  "a user-assigned identity": (stack) => {
    const use = (identity: IUserAssignedIdentityRef) => () =>
      service(stack, { identity: GatewayIdentity.userAssigned(identity) });
    const attributes = { id: ID, principalId: GUID, clientId: GUID };
    return [
      use(new UserAssignedIdentity(stack, "Object", { ...HERE, name: "i" })),
      use(attributes),
      use(UserAssignedIdentityRef.fromAttributes(attributes)),
    ];
  },
  "an Application Insights component": (stack) => {
    const use = (applicationInsights: IApplicationInsightsRef) => () =>
      secure(stack, Backend.webApp({ ...WEB_APP, applicationInsights }));
    const attributes = { id: ID, connectionString: "InstrumentationKey=0" };
    return [
      use(new ApplicationInsights(stack, "Object", { ...HERE, name: "a", applicationType: "web" })),
      use(attributes),
      use(ApplicationInsightsRef.fromAttributes(attributes)),
    ];
  },
};

test.each(
  Object.entries(UNCHECKED).flatMap(([name, waysOf]) =>
    waysOf(stackWithProviders()).map((_, index) => [name, index, waysOf] as const),
  ),
)("%s has nothing to check (%i)", (_, index, waysOf) => {
  const stack = stackWithProviders();
  waysOf(stack)[index]?.();
  expect(said(stack)).toEqual([]);
});

test("a resource of another type is not checked either", () => {
  const stack = stackWithProviders();
  const network = new VirtualNetwork(stack, "Network", { ...HERE, name: "network", addressSpace: ["10.0.0.0/16"] });
  secure(stack, Backend.webApp({ ...WEB_APP, networkAccess: NetworkAccess.fromSubnet(network) }));
  expect(said(stack)).toEqual([
    refusal(
      "not-inspected",
      "the Subnet object",
      '"app/Network" of type azurerm_virtual_network',
      "type azurerm_subnet",
    ),
  ]);
});

test("an id that only Terraform knows is not shown", () => {
  const stack = stackWithProviders();
  secure(stack, Backend.keyVault({ id: "${var.vault_id}", vaultUri: "https://it.vault.azure.net" }));
  const [warning] = said(stack);
  expect(warning).toEqual(refusal("not-inspected", "only its attributes"));
  expect(warning).not.toContain("${");
});
