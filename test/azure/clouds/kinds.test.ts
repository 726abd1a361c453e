import { TerraformStack } from "cdktf";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone";
import {
  ApimGateway,
  ApimSku,
  AppRegistration,
  AppRuntime,
  Audience,
  AzureCloud,
  AzureRole,
  Backend,
  Caller,
  GatewayNetwork,
  IApimBackend,
  IApimGateway,
  InvokeAssignment,
  KeyVaultRef,
  NetworkAccess,
  SecureApimBackend,
  ServiceBusNamespaceRef,
} from "cdktf-secure-apim-backend";
import { KINDS } from "../../backends/kinds";
import { serviceAt, Served, SERVICES } from "../../backends/services/every-service";
import { CLOUD_NAMES, CloudName } from "../../../lib/azure/clouds/hosts";
import { refusal } from "../../helpers/refusal";
import { all, findings, Json, only, synth } from "../../helpers/synth";
import { EXPECTED, foreignHosts, stackIn } from "./stacks";

/* What is written in each cloud: every kind of backend signs in, gets its token and is called there, and nothing of another cloud is left. */

// A literal region belongs to one cloud.
jest.mock("../../helpers/synth", () => ({
  ...jest.requireActual("../../helpers/synth"),
  GROUP: { name: "rg-orders", location: "${var.location}" },
}));

const GUID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const TENANT = "${data.azurerm_client_config.SecureApimBackendClientConfig.tenant_id}";
const GROUP = { name: "rg-orders", location: "${var.location}" };
const ID = "/subscriptions/s/resourceGroups/rg/providers/p";

function gatewayIn(stack: TerraformStack): IApimGateway {
  return ApimGateway.fromAttributes(stack, "Gateway", {
    apimName: "contoso",
    resourceGroupName: "platform",
    sku: ApimSku.BASIC_V2,
    principalId: GUID,
  });
}

function synthesized(cloud: CloudName, backend: (stack: TerraformStack) => IApimBackend): Json {
  const stack = stackIn(cloud);
  new SecureApimBackend(stack, "Orders", { gateway: gatewayIn(stack), backend: backend(stack) });
  return synth(stack);
}

/** The token resource of the gateway's policy. */
function tokenIn(json: Json): string | undefined {
  return /resource="([^"]*)"/.exec(only(json, "azurerm_api_management_api_policy").xml_content)?.[1];
}

/** Kinds whose image is in a registry of the public cloud. */
const FROM_PUBLIC_REGISTRY = /from an image$/;

/** Kinds that create a function app to which azurerm tells only the name of its storage account. */
const STORAGE_BY_NAME = /^(?:functionApp|windowsFunctionApp)|^pool of two apps/;

const inCloud = (kind: string, cloud: CloudName): boolean =>
  cloud === "public" || !(FROM_PUBLIC_REGISTRY.test(kind) || STORAGE_BY_NAME.test(kind));

const servedIn = (cloud: CloudName): [service: string, served: Served][] =>
  Object.entries(SERVICES).flatMap(([service, { served }]) => (served[cloud] ? [[service, served[cloud]]] : []));

describe.each(CLOUD_NAMES)("in the cloud %s", (cloud) => {
  const { issuer, gateway, region } = EXPECTED[cloud];

  test.each(Object.keys(KINDS).filter((kind) => inCloud(kind, cloud)))(
    "%s signs in there, and nothing of another cloud is left",
    (kind) => {
      const json = synthesized(cloud, (stack) => KINDS[kind].backend(stack));
      for (const type of KINDS[kind].types)
        for (const app of Object.values<Json>(all(json, type))) {
          const { tenant_auth_endpoint: endpoint, client_id: clientId } = app.auth_settings_v2.active_directory_v2;
          expect(endpoint).toBe(`${issuer}${TENANT}/v2.0`);
          expect(app.auth_settings_v2.active_directory_v2.allowed_audiences).toEqual([clientId]);
        }
      // What an own app was declared with is its owner's.
      const text = JSON.stringify(json).replaceAll("https://invoices.blob.core.windows.net/app", "");
      expect(foreignHosts(JSON.parse(text), cloud)).toEqual([]);
    },
  );

  const THROUGH_AZAPI: Record<string, () => IApimBackend> = {
    "a container app": () =>
      Backend.containerApp({ resourceGroup: GROUP, image: "contoso/orders:1", targetPort: 8080 }),
    "an existing app": () =>
      Backend.existingApp(
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Web/sites/orders",
        "https://orders.contoso.com",
      ),
  };
  test.each(Object.keys(THROUGH_AZAPI))("%s signs in there, and azapi reaches the cloud", (kind) => {
    const json = synthesized(cloud, THROUGH_AZAPI[kind]);
    const [signIn] = [
      ...Object.values<Json>(all(json, "azapi_resource")),
      ...Object.values<Json>(all(json, "azapi_update_resource")),
    ];
    const { registration } = signIn.body.properties.identityProviders.azureActiveDirectory;
    expect(registration.openIdIssuer).toBe(`${issuer}${TENANT}/v2.0`);
    expect(json.provider.azapi).toEqual([cloud === "public" ? {} : { environment: cloud }]);
    expect(foreignHosts(json, cloud)).toEqual([]);
  });

  test.each(servedIn(cloud))("%s gets a token of the cloud, at an address of the cloud", (service, served) => {
    const [address, token, url] = served;
    const json = synthesized(cloud, () => serviceAt(service, address));
    expect(tokenIn(json)).toBe(token);
    expect(only(json, "azurerm_api_management_backend").url).toBe(url);
    expect(foreignHosts(json, cloud)).toEqual([]);
  });

  test("a gateway that is known by its name has an address of the cloud", () => {
    expect(gatewayIn(stackIn(cloud)).gatewayUrl).toBe(gateway);
  });

  test("callers of an API are validated with the keys of the cloud", () => {
    const stack = stackIn(cloud);
    const registration = AppRegistration.fromAttributes(stack, "Api", {
      clientId: GUID,
      tenantId: GUID,
      assignment: InvokeAssignment.managedElsewhere("ADR 7"),
    });
    const caller = Caller.managedIdentity({ id: "/i", principalId: GUID, clientId: GUID }, "job");
    new SecureApimBackend(stack, "Orders", {
      gateway: gatewayIn(stack),
      backend: Backend.url("https://orders.contoso.com", Audience.uri("api://orders")),
      callers: { allowed: [caller], registration },
    });
    const { xml_content: policy } = only(synth(stack), "azurerm_api_management_api_policy");
    const byKeys = `<openid-config url="${issuer}${GUID}/v2.0/.well-known/openid-configuration" />`;
    // In the public cloud, the client IDs of the callers are checked.
    expect(policy).toContain(cloud === "public" ? `<validate-azure-ad-token ` : byKeys);
    expect(foreignHosts({ policy }, cloud)).toEqual([]);
  });

  test("a private endpoint is found by the zone of the cloud", () => {
    const zone = { public: "azurewebsites.net", usgovernment: "azurewebsites.us", china: "chinacloudsites.cn" }[cloud];
    const other = cloud === "china" ? "azurewebsites.us" : "chinacloudsites.cn";
    const closed = (name: string): TerraformStack => {
      const stack = stackIn(cloud);
      const privateDnsZone = new PrivateDnsZone(stack, "Zone", {
        name: `privatelink.${name}`,
        resourceGroupName: "rg",
      });
      new SecureApimBackend(stack, "Orders", {
        gateway: new ApimGateway(stack, "New", {
          resourceGroup: { name: "rg", location: region },
          publisherName: "Contoso",
          publisherEmail: "api@contoso.com",
          sku: ApimSku.DEVELOPER,
          network: GatewayNetwork.external({ id: "/subscriptions/s/subnets/apim" }),
        }),
        backend: Backend.webApp({
          resourceGroup: GROUP,
          runtime: AppRuntime.node("22"),
          networkAccess: NetworkAccess.privateEndpoint({ subnet: { id: "/subnet" }, privateDnsZone }),
        }),
      });
      return stack;
    };
    expect(() => synth(closed(zone))).not.toThrow();
    expect(findings(closed(other))).toEqual([refusal("wrong-private-dns-zone", `privatelink.${zone}`)]);
  });

  test("the providers of the stack say it, and the code can ask", () => {
    const stack = stackIn(cloud);
    expect(AzureCloud.of(stack).environment).toBe(cloud);
    expect(`https://${AzureCloud.of(stack).signInHost}/`).toBe(issuer);
  });
});

const OF_FUNCTIONS = Object.keys(KINDS).filter((kind) => STORAGE_BY_NAME.test(kind));

test.each(OF_FUNCTIONS)(
  "%s is an error outside the public cloud, where its host would not find its storage",
  (kind) => {
    expect(() => synthesized("usgovernment", (stack) => KINDS[kind].backend(stack))).toThrow(
      refusal("function-storage-not-in-cloud", "Azure US Government", "Backend.flexFunctionApp"),
    );
  },
);

test.each([
  ["public", ["accountName"]],
  ["usgovernment", ["blobServiceUri", "queueServiceUri", "tableServiceUri"]],
] as const)("in the cloud %s, the host of a Flex Consumption app finds its storage by %p", (cloud, names) => {
  const json = synthesized(cloud, (stack) => KINDS.flexFunctionApp.backend(stack));
  const { app_settings: settings } = only(json, "azurerm_function_app_flex_consumption");
  const places = Object.keys(settings).filter((name) => name.startsWith("AzureWebJobsStorage__"));
  expect(places.sort()).toEqual([...names, "credential"].map((name) => `AzureWebJobsStorage__${name}`).sort());
});

test.each(Object.keys(KINDS).filter((kind) => FROM_PUBLIC_REGISTRY.test(kind) && !STORAGE_BY_NAME.test(kind)))(
  "%s is an error in another cloud than that of the registry",
  (kind) => {
    expect(() => synthesized("china", (stack) => KINDS[kind].backend(stack))).toThrow(
      refusal("address-of-another-cloud", "contoso.azurecr.io", "Azure in China"),
    );
  },
);

test("what is left of another cloud is seen", () => {
  const json = synthesized("public", () => Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") }));
  expect(foreignHosts(json, "usgovernment")).toEqual(["login.microsoftonline.com"]);
});

test("a service without a factory gets the token that is the same in all clouds", () => {
  const stack = stackIn("usgovernment");
  const backend = Backend.azureResource({
    url: "https://a.queue.core.usgovcloudapi.net",
    tokenResource: "https://storage.azure.com/",
    scope: ID,
    role: AzureRole.of("Storage Queue Data Message Sender"),
  });
  new SecureApimBackend(stack, "Queue", { gateway: gatewayIn(stack), backend });
  expect(tokenIn(synth(stack))).toBe("https://storage.azure.com/");
});

test("the reported stack for Azure Government, with an app, a vault and a bus, uses its sign-in host and its tokens", () => {
  const stack = stackIn("usgovernment");
  const gateway = gatewayIn(stack);
  const app = new LinuxWebApp(stack, "App", {
    name: "orders",
    resourceGroupName: "rg",
    location: "usgovvirginia",
    servicePlanId: "plan",
    httpsOnly: true,
    ftpPublishBasicAuthenticationEnabled: false,
    webdeployPublishBasicAuthenticationEnabled: false,
    siteConfig: {},
  });
  new SecureApimBackend(stack, "Orders", { gateway, backend: Backend.fromLinuxWebApp(app) });
  const vault = KeyVaultRef.fromAttributes({ id: ID, vaultUri: "${var.vault}" });
  new SecureApimBackend(stack, "Vault", { gateway, backend: Backend.keyVault(vault) });
  const bus = ServiceBusNamespaceRef.fromAttributes({ id: ID, endpoint: "${var.bus}" });
  new SecureApimBackend(stack, "Bus", { gateway, backend: Backend.serviceBus(bus) });

  const json = synth(stack);
  expect(only(json, "azurerm_linux_web_app").auth_settings_v2.active_directory_v2.tenant_auth_endpoint).toBe(
    `https://login.microsoftonline.us/${TENANT}/v2.0`,
  );
  const policies = Object.values<Json>(all(json, "azurerm_api_management_api_policy")).map(
    ({ xml_content: xml }) => xml,
  );
  expect(policies.flatMap((xml) => /resource="(https:[^"]*)"/.exec(xml)?.[1] ?? [])).toEqual([
    "https://servicebus.azure.net/",
    "https://vault.usgovcloudapi.net",
  ]);
  // Terraform holds addresses that only it knows to the domains of the cloud.
  const conditions = JSON.stringify(all(json, "azurerm_api_management_backend"));
  expect(conditions).toContain("vault[.]usgovcloudapi[.]net");
  expect(conditions).toContain("servicebus[.]usgovcloudapi[.]net");
  expect(conditions).not.toMatch(/vault\[\.\]azure|servicebus\[\.\]windows/);
  expect(foreignHosts(json, "usgovernment")).toEqual([]);
});
