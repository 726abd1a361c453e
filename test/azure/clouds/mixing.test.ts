import { Aspects, TerraformProvider, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import {
  ApimGateway,
  ApimNamedValue,
  ApimSku,
  AppRegistration,
  AppRuntime,
  Audience,
  AzureCloud,
  AzureRole,
  Backend,
  IApimBackend,
  IApimGateway,
  InvokeAssignment,
  KeyVaultRef,
  NamedValueContent,
  PolicyDocument,
  PolicyStatement,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { findings, only, synth } from "../../helpers/synth";
import { stackIn } from "./stacks";

/* What mixes clouds, or does not say one, is an error with what to write. */

const GUID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const ID = "/subscriptions/s/resourceGroups/rg/providers/p";

const gatewayIn = (stack: TerraformStack): IApimGateway =>
  ApimGateway.fromAttributes(stack, "Gateway", {
    apimName: "contoso",
    resourceGroupName: "platform",
    sku: ApimSku.BASIC_V2,
    principalId: GUID,
  });
const registrationIn = (stack: TerraformStack) =>
  AppRegistration.fromAttributes(stack, "Registration", {
    clientId: GUID,
    assignment: InvokeAssignment.managedElsewhere("ADR 7"),
  });
const anyUrl = (): IApimBackend => Backend.url("https://orders.contoso.com", Audience.clientId(GUID));

function secure(stack: TerraformStack, backend = anyUrl(), policy = PolicyDocument.EMPTY): SecureApimBackend {
  return new SecureApimBackend(stack, "Orders", { gateway: gatewayIn(stack), backend, policy });
}

const VARIABLES = ["ARM_ENVIRONMENT", "ARM_METADATA_HOSTNAME"];
const before = VARIABLES.map((name) => process.env[name]);
beforeEach(() => VARIABLES.forEach((name) => delete process.env[name]));
afterAll(() =>
  VARIABLES.forEach((name, index) => {
    if (before[index] !== undefined) process.env[name] = before[index];
  }),
);

describe("the environment of the azurerm provider", () => {
  test.each([
    [undefined, "public"],
    ["public", "public"],
    ["global", "public"],
    ["Public", "public"],
    ["usgovernment", "usgovernment"],
    ["USGovernment", "usgovernment"],
    ["usgovernmentl4", "usgovernment"],
    ["usgovernmentl5", "usgovernment"],
    ["dod", "usgovernment"],
    ["china", "china"],
  ])("%s is the cloud %s", (environment, cloud) => {
    const stack = stackIn(environment);
    expect(AzureCloud.of(stack).environment).toBe(cloud);
    secure(stack);
    expect(() => synth(stack)).not.toThrow();
  });

  test.each(["german", "canary", "AzureUSGovernment", "gov"])("%s is none", (environment) => {
    expect(() => secure(stackIn(environment))).toThrow(
      refusal("unknown-environment", `"${environment}"`, "app/azurerm"),
    );
  });

  test("an override is read, too", () => {
    const stack = stackIn("usgovernment");
    secure(stack);
    (stack.node.findChild("azuread") as TerraformProvider).addOverride("environment", "german");
    expect(findings(stack)).toEqual([refusal("unknown-environment", '"german"', "app/azuread")]);
  });

  test("of a variable is unknown", () => {
    const stack = stackIn("${var.environment}");
    expect(() => secure(stack)).toThrow(
      refusal("cloud-unknown", 'only Terraform knows the environment of "app/azurerm"', "AzureCloud.use(this"),
    );
  });

  test.each([
    ["ARM_ENVIRONMENT", "usgovernment"],
    ["ARM_METADATA_HOSTNAME", "management.local"],
  ])("of %s is unknown", (name, value) => {
    process.env[name] = value;
    expect(() => secure(stackIn())).toThrow(refusal("cloud-unknown", name, `"${value}"`));
    // What the code says counts.
    expect(() => synth(stackIn("usgovernment"))).not.toThrow();
    expect(AzureCloud.of(stackIn("usgovernment"))).toBe(AzureCloud.US_GOVERNMENT);
  });

  test("of ARM_ENVIRONMENT may be public", () => {
    process.env.ARM_ENVIRONMENT = "public";
    expect(AzureCloud.of(stackIn())).toBe(AzureCloud.PUBLIC);
  });

  test.each([
    ["management.usgovcloudapi.net", AzureCloud.US_GOVERNMENT],
    ["management.chinacloudapi.cn", AzureCloud.CHINA],
  ])("is overridden by the metadata host %s", (metadataHost, cloud) => {
    const stack = new TerraformStack(Testing.app(), "app");
    new AzurermProvider(stack, "azurerm", { features: [{}], metadataHost });
    expect(AzureCloud.of(stack)).toBe(cloud);
  });

  test("is not known with the metadata host of another cloud", () => {
    const stack = new TerraformStack(Testing.app(), "app");
    new AzurermProvider(stack, "azurerm", { features: [{}], metadataHost: "management.local", environment: "public" });
    expect(() => AzureCloud.of(stack)).toThrow(refusal("cloud-unknown", "metadata host", "app/azurerm"));
  });
});

describe("AzureCloud.use", () => {
  test("says what only Terraform knows, and Terraform checks it", () => {
    const stack = stackIn(undefined, "app");
    const other = new TerraformStack(Testing.app(), "app");
    const environment = new TerraformVariable(other, "environment", { type: "string" });
    new AzurermProvider(other, "azurerm", { features: [{}], environment: environment.stringValue });
    AzureCloud.use(other, AzureCloud.US_GOVERNMENT);
    secure(other, Backend.url("https://orders.contoso.com", Audience.registration(registrationIn(other))));
    const { lifecycle } = only(synth(other), "azurerm_api_management_backend");
    expect(lifecycle.precondition).toContainEqual({
      condition: '${contains(["usgovernment", "usgovernmentl4", "usgovernmentl5", "dod"], lower(var.environment))}',
      error_message: refusal("cloud-at-plan", "AzureCloud.US_GOVERNMENT"),
    });
    // A literal needs no such condition.
    secure(stack);
    expect(JSON.stringify(synth(stack))).not.toContain("cloud-at-plan");
  });

  test("gives azapi the environment that azurerm has", () => {
    const stack = new TerraformStack(Testing.app(), "app");
    new AzurermProvider(stack, "azurerm", { features: [{}], environment: "${var.environment}" });
    AzureCloud.use(stack, AzureCloud.CHINA);
    const site = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Web/sites/orders";
    secure(stack, Backend.existingApp(site, "https://orders.contoso.com", { registration: registrationIn(stack) }));
    expect(synth(stack).provider.azapi).toEqual([{ environment: "${var.environment}" }]);
  });

  test("says it for all stacks of an app, and for one", () => {
    const app = Testing.app();
    AzureCloud.use(app, AzureCloud.CHINA);
    const [china, government] = [new TerraformStack(app, "china"), new TerraformStack(app, "government")];
    AzureCloud.use(government, AzureCloud.US_GOVERNMENT);
    expect([AzureCloud.of(china), AzureCloud.of(government)]).toEqual([AzureCloud.CHINA, AzureCloud.US_GOVERNMENT]);
  });

  test("does not overrule a literal", () => {
    const stack = stackIn("china");
    AzureCloud.use(stack, AzureCloud.US_GOVERNMENT);
    secure(stack);
    expect(findings(stack)).toEqual([
      refusal("provider-of-another-cloud", "azurerm", "Azure in China", "Azure US Government"),
      refusal("provider-of-another-cloud", "azuread", "Azure in China", "Azure US Government"),
    ]);
  });

  test("comes first", () => {
    const stack = stackIn();
    secure(stack);
    expect(() => AzureCloud.use(stack, AzureCloud.CHINA)).toThrow(refusal("cloud-said-too-late", "app/Gateway"));
    expect(() => AzureCloud.use(stack, AzureCloud.PUBLIC)).not.toThrow();
  });

  test("comes first for each stack of an app", () => {
    const app = Testing.app();
    secure(stackIn(undefined, "orders", app));
    expect(() => AzureCloud.use(app, AzureCloud.CHINA)).toThrow(
      refusal("cloud-said-too-late", "[AzureCloud.use]", 'the stack "orders"', "orders/Gateway"),
    );
    AzureCloud.use(app, AzureCloud.PUBLIC);
    expect(() => AzureCloud.use(app, AzureCloud.CHINA)).toThrow(refusal("cloud-said-twice", "the app is for"));
  });

  test("says one cloud", () => {
    const stack = stackIn();
    AzureCloud.use(stack, AzureCloud.CHINA);
    expect(() => AzureCloud.use(stack, AzureCloud.CHINA)).not.toThrow();
    expect(() => AzureCloud.use(stack, AzureCloud.PUBLIC)).toThrow(refusal("cloud-said-twice", "Azure in China"));
  });

  test("above all stacks, there is no cloud to ask for", () => {
    expect(() => AzureCloud.of(Testing.app())).toThrow(refusal("cloud-outside-stack", "the app"));
  });
});

describe("two providers", () => {
  test("azuread without an environment is for the public cloud", () => {
    const stack = new TerraformStack(Testing.app(), "app");
    new AzurermProvider(stack, "azurerm", { features: [{}], environment: "usgovernment" });
    new AzureadProvider(stack, "azuread");
    secure(stack);
    expect(findings(stack)).toEqual([
      refusal("provider-of-another-cloud", "app/azuread", "no environment", 'environment: "usgovernment"'),
    ]);
  });

  test("azuread of the Department of Defense belongs to Azure Government", () => {
    const stack = new TerraformStack(Testing.app(), "app");
    new AzurermProvider(stack, "azurerm", { features: [{}], environment: "usgovernment" });
    new AzureadProvider(stack, "azuread", { environment: "dod" });
    secure(stack);
    expect(() => synth(stack)).not.toThrow();
  });

  test("an alias of azurerm is for the same cloud", () => {
    const stack = stackIn("usgovernment");
    new AzurermProvider(stack, "hub", { features: [{}], alias: "hub", environment: "public" });
    secure(stack);
    expect(findings(stack)).toEqual([refusal("provider-of-another-cloud", "app/hub", "the public cloud")]);
  });

  test("a provider that comes too late does not change what was written", () => {
    const stack = new TerraformStack(Testing.app(), "app");
    secure(stack);
    new AzurermProvider(stack, "azurerm", { features: [{}], environment: "china" });
    expect(findings(stack)).toEqual([refusal("cloud-known-too-late", "app/azurerm", "app/Gateway")]);
  });

  test("one whose environment is unknown and that comes too late", () => {
    const stack = new TerraformStack(Testing.app(), "app");
    secure(stack);
    new AzurermProvider(stack, "azurerm", { features: [{}], environment: "${var.environment}" });
    expect(findings(stack)).toEqual([refusal("cloud-unknown-later", "app/azurerm", "app/Gateway")]);
  });

  test.each<[string, (stack: TerraformStack) => void]>([
    [
      "an aspect",
      (stack) =>
        Aspects.of(stack).add({ visit: (node) => node instanceof AzurermProvider && (node.environment = "china") }),
    ],
    [
      "an override",
      (stack) => (stack.node.findChild("azurerm") as AzurermProvider).addOverride("environment", "china"),
    ],
    ["an override of the stack", (stack) => stack.addOverride("provider.azurerm.0.environment", "china")],
  ])("%s cannot change the cloud afterwards", (_, change) => {
    const stack = stackIn("usgovernment");
    secure(stack);
    change(stack);
    expect(findings(stack)).toEqual([
      refusal("provider-of-another-cloud", "app/azurerm", 'environment: "usgovernment"', 'environment: "china"'),
    ]);
  });

  test("a gateway of another stack is in the same cloud", () => {
    const app = Testing.app();
    const gateway = gatewayIn(stackIn("china", "platform", app));
    const stack = stackIn("usgovernment", "orders", app);
    expect(() => new SecureApimBackend(stack, "Orders", { gateway, backend: anyUrl() })).toThrow(
      refusal("gateway-of-another-cloud", "platform/Gateway", "Azure in China", "Azure US Government"),
    );
  });
});

describe("regions", () => {
  test.each([
    [undefined, "usgovvirginia", "Azure US Government"],
    [undefined, "US DoD Central", "Azure US Government"],
    [undefined, "chinaeast2", "Azure in China"],
    ["usgovernment", "westeurope", "the public cloud"],
    ["china", "usgovarizona", "Azure US Government"],
  ])("with the environment %s, the region %s belongs to another cloud", (environment, location, cloud) => {
    const app = (stack: TerraformStack): SecureApimBackend =>
      secure(stack, Backend.webApp({ resourceGroup: { name: "rg", location }, runtime: AppRuntime.node("22") }));
    expect(() => app(stackIn(environment))).toThrow(refusal("region-of-another-cloud", `"${location}"`, cloud));

    const stack = stackIn(environment);
    secure(stack);
    new ResourceGroup(stack, "Group", { name: "rg", location });
    expect(findings(stack)).toEqual([refusal("resource-group-of-another-cloud", "app/Group", `"${location}"`, cloud)]);
  });

  test.each([
    [undefined, "westus2"],
    [undefined, "${var.location}"],
    ["usgovernment", "US Gov Texas"],
    ["china", "China North 3"],
  ])("with the environment %s, the region %s is right", (environment, location) => {
    const stack = stackIn(environment);
    new ResourceGroup(stack, "Group", { name: "rg", location });
    secure(stack, Backend.webApp({ resourceGroup: { name: "rg", location }, runtime: AppRuntime.node("22") }));
    expect(() => synth(stack)).not.toThrow();
  });
});

test.each([
  ["usgovernment", "Azure US Government"],
  ["china", "Azure in China"],
])("a new gateway in %s has another tier than Consumption, the default", (environment, title) => {
  const make = (sku?: ApimSku): IApimGateway =>
    new ApimGateway(stackIn(environment), "Gateway", {
      resourceGroup: { name: "rg", location: "${var.location}" },
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      sku,
    });
  expect(() => make()).toThrow(refusal("consumption-not-in-cloud", title, "ApimSku.BASIC"));
  expect(() => make(ApimSku.CONSUMPTION)).toThrow(refusal("consumption-not-in-cloud", title));
  expect(() => make(ApimSku.BASIC)).not.toThrow();
});

describe("literal hosts and token resources of another cloud", () => {
  const resource = (url: string, tokenResource: string): IApimBackend =>
    Backend.azureResource({ url, tokenResource, scope: ID, role: AzureRole.KEY_VAULT_SECRETS_USER });

  test.each<[string, string, () => IApimBackend, ...string[]]>([
    [
      "usgovernment",
      "address-of-another-cloud",
      () => Backend.url("https://orders.azurewebsites.net/api", Audience.clientId(GUID)),
      "the public cloud",
    ],
    [
      "usgovernment",
      "address-of-another-cloud",
      () => Backend.url("https://${var.app}.azurewebsites.net", Audience.clientId(GUID)),
      "the public cloud",
    ],
    [
      "public",
      "address-of-another-cloud",
      () => Backend.url("https://orders.chinacloudsites.cn", Audience.clientId(GUID)),
      "Azure in China",
    ],
    [
      "china",
      "address-of-another-cloud",
      () => Backend.url("https://orders.a.usgovvirginia.azurecontainerapps.us", Audience.clientId(GUID)),
      "Azure US Government",
    ],
    [
      "china",
      "address-of-another-cloud",
      () => Backend.url("https://contoso.azure-api.net/orders", Audience.clientId(GUID)),
      "the public cloud",
    ],
    [
      "usgovernment",
      "address-of-another-cloud",
      () => Backend.keyVault({ id: ID, vaultUri: "https://a.vault.azure.net/" }),
      "the public cloud",
    ],
    [
      "public",
      "address-of-another-cloud",
      () => Backend.blobStorage({ id: ID, primaryBlobEndpoint: "https://a.blob.core.usgovcloudapi.net/" }),
      "Azure US Government",
    ],
    [
      "usgovernment",
      "token-resource-of-another-cloud",
      () => resource("https://a.vault.usgovcloudapi.net", "https://vault.azure.net"),
      "Azure Key Vault in the public cloud",
      '"https://vault.usgovcloudapi.net"',
    ],
    [
      "public",
      "token-resource-of-another-cloud",
      () => resource("https://a.openai.azure.com", "https://cognitiveservices.azure.us"),
      '"https://cognitiveservices.azure.com"',
    ],
    [
      "china",
      "token-resource-of-another-cloud",
      () => resource("https://orders.contoso.com", "https://digitaltwins.azure.net"),
      "Azure Digital Twins",
    ],
    [
      "public",
      "service-token-to-other-host",
      () => Backend.keyVault({ id: ID, vaultUri: "https://vault.contoso.com/" }),
      "vault.azure.net",
    ],
    [
      "usgovernment",
      "service-token-to-other-host",
      () => Backend.serviceBus({ id: ID, endpoint: "https://bus.contoso.com/" }),
      "servicebus.usgovcloudapi.net",
    ],
  ])("in %s: %s", (environment, id, backend, ...values) => {
    expect(() => secure(stackIn(environment), backend())).toThrow(refusal(id, ...values));
  });

  test("Power BI of the Government Community Cloud belongs to the public cloud, and that of GCC High does not", () => {
    const gcc = () => resource("https://api.powerbigov.us/v1.0", "https://analysis.usgovcloudapi.net/powerbi/api");
    const high = () =>
      resource("https://api.high.powerbigov.us/v1.0", "https://high.analysis.usgovcloudapi.net/powerbi/api");
    expect(() => secure(stackIn("public"), gcc())).not.toThrow();
    expect(() => secure(stackIn("usgovernment"), high())).not.toThrow();
    expect(() => secure(stackIn("public"), high())).toThrow(refusal("address-of-another-cloud"));
    expect(() => secure(stackIn("usgovernment"), gcc())).toThrow(refusal("address-of-another-cloud"));
  });

  test("the address of a gateway", () => {
    const attributes = { apimName: "contoso", resourceGroupName: "rg", sku: ApimSku.BASIC, principalId: GUID };
    const make = (environment: string, gatewayUrl: string): IApimGateway =>
      ApimGateway.fromAttributes(stackIn(environment), "Gateway", { ...attributes, gatewayUrl });
    expect(() => make("usgovernment", "https://contoso.azure-api.net")).toThrow(
      refusal("address-of-another-cloud", "gatewayUrl", "the public cloud", 'environment: "public"'),
    );
    expect(make("usgovernment", "https://contoso.azure-api.us").gatewayUrl).toBe("https://contoso.azure-api.us");
    expect(make("china", "https://api.contoso.com").gatewayUrl).toBe("https://api.contoso.com");
  });

  test("the key vault of a secret", () => {
    const named = (vaultUri: string): void => {
      const stack = stackIn("usgovernment");
      const vault = KeyVaultRef.fromAttributes({ id: ID, vaultUri });
      const value = NamedValueContent.keyVaultSecret(vault, "key");
      new ApimNamedValue(stack, "Key", { gateway: gatewayIn(stack), value });
    };
    expect(() => named("https://a.vault.azure.net/")).toThrow(
      refusal("endpoint-of-another-service", "Azure Key Vault in Azure US Government", "vault.usgovcloudapi.net"),
    );
    expect(() => named("https://a.vault.usgovcloudapi.net/")).not.toThrow();
    expect(() => named("${var.vault}")).not.toThrow();
  });
});

describe("validation of consumers' Entra tokens", () => {
  const token = (cloud?: AzureCloud): PolicyDocument =>
    PolicyDocument.of(PolicyStatement.requireEntraToken({ tenantId: GUID, audiences: [GUID], cloud }));
  const xml = (attributes: string): PolicyDocument =>
    PolicyDocument.fromXml(
      `<policies><inbound><base /><validate-azure-ad-token tenant-id="${GUID}"${attributes}><audiences><audience>${GUID}</audience>` +
        "</audiences></validate-azure-ad-token></inbound><backend><base /></backend><outbound><base /></outbound>" +
        "<on-error><base /></on-error></policies>",
    );
  const policyOf = (environment: string, policy: PolicyDocument): string => {
    const stack = stackIn(environment);
    secure(stack, anyUrl(), policy);
    return only(synth(stack), "azurerm_api_management_api_policy").xml_content;
  };

  test("names the sign-in host of the cloud", () => {
    expect(policyOf("usgovernment", token(AzureCloud.US_GOVERNMENT))).toContain(
      'authentication-endpoint="https://login.microsoftonline.us"',
    );
    expect(policyOf("china", token(AzureCloud.CHINA))).toContain(
      'authentication-endpoint="https://login.partner.microsoftonline.cn"',
    );
    expect(policyOf("public", token())).not.toContain("authentication-endpoint");
    expect(policyOf("usgovernment", xml(' authentication-endpoint="login.microsoftonline.us"'))).toContain(GUID);
  });

  test.each<[string, () => PolicyDocument]>([
    ["a statement", () => token()],
    ["a document", () => xml("")],
  ])("%s without it is an error outside the public cloud", (_, policy) => {
    expect(() => policyOf("usgovernment", policy())).toThrow(
      refusal("entra-token-without-cloud", "AzureCloud.US_GOVERNMENT", "https://login.microsoftonline.us"),
    );
    expect(() => policyOf("public", policy())).not.toThrow();
  });
});
