import { TerraformStack, Testing } from "cdktf";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ApimGateway, ApimSku, Backend, FunctionsProps, IApimBackend, StorageRole } from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { findings, only, stackWithProviders, synth } from "../../helpers/synth";
import { CREATED, secure } from "./behind-gateway";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const FUNCTION_APPS: [string, (props?: FunctionsProps) => IApimBackend][] = [
  ["functionApp", (props) => Backend.functionApp({ ...CREATED, ...props })],
  ["windowsFunctionApp", (props) => Backend.windowsFunctionApp({ ...CREATED, ...props })],
  ["flexFunctionApp", (props) => Backend.flexFunctionApp({ ...CREATED, ...props })],
];

/** Gives the default provider other settings. */
function configure(config: object): void {
  const provider = stack.node.findChild("azurerm") as AzurermProvider;
  provider.resetFeatures();
  provider.resetStorageUseAzuread();
  Object.assign(provider, config);
}

describe.each(FUNCTION_APPS)("a provider that would reach the storage of a %s by its keys", (_, create) => {
  test.each([
    ["with its defaults", {}],
    ["with Entra ID, but at the data plane", { features: [{}], storageUseAzuread: true }],
    ["without the data plane, but by key", { features: [{ storage: [{ dataPlaneAvailable: false }] }] }],
  ])("%s", (_case, config) => {
    configure(config);
    secure(stack, create());
    expect(findings(stack)).toEqual([
      refusal(
        "provider-uses-storage-keys",
        "[app/Orders/Backend] ",
        '"app/azurerm"',
        "features: [{ storage: [{ dataPlaneAvailable: false }] }], storageUseAzuread: true",
        'storageProvider: new AzurermProvider(this, "azurerm-storage", { alias: "storage", ',
      ),
    ]);
  });

  test("is told the cloud again if the account has an aliased provider without it", () => {
    const storageProvider = new AzurermProvider(stack, "azurerm-storage", { alias: "storage", features: [{}] });
    secure(stack, create({ storageProvider }));
    expect(findings(stack)).toEqual([
      refusal("provider-uses-storage-keys", '"app/azurerm-storage"', '{ alias: "storage", features: '),
    ]);
  });

  test("can stay if the account has an aliased provider", () => {
    configure({ features: [{}] });
    const storageProvider = new AzurermProvider(stack, "azurerm-storage", {
      alias: "storage",
      features: [{ storage: [{ dataPlaneAvailable: false }] }],
      storageUseAzuread: true,
    });
    secure(stack, create({ storageProvider }));
    expect(only(synth(stack), "azurerm_storage_account").provider).toBe("azurerm.storage");
  });
});

describe("a provider that would reach the storage by its keys in Azure Government", () => {
  const SETTINGS = "features: [{ storage: [{ dataPlaneAvailable: false }] }], storageUseAzuread: true }";
  const resourceGroup = { name: "rg", location: "usgovvirginia" };
  const inCloud = (environment: string): TerraformStack => {
    const government = new TerraformStack(Testing.app(), "app");
    new AzurermProvider(government, "azurerm", { features: [{}], environment });
    new AzureadProvider(government, "azuread", { environment });
    const owner = { publisherName: "Contoso", publisherEmail: "api@contoso.com" };
    new ApimGateway(government, "Gateway", { resourceGroup, sku: ApimSku.BASIC, ...owner });
    return government;
  };

  test.each(["usgovernment", "usgovernmentl5"])("keeps the environment %s in what to write", (environment) => {
    const government = inCloud(environment);
    secure(government, Backend.flexFunctionApp({ ...CREATED, resourceGroup }));
    expect(findings(government)).toEqual([
      refusal(
        "provider-uses-storage-keys",
        `new AzurermProvider(this, "azurerm", { environment: "${environment}", ${SETTINGS})`,
        `{ alias: "storage", environment: "${environment}", ${SETTINGS})`,
      ),
    ]);
  });

  test("gets the environment of the stack if it has none", () => {
    const government = inCloud("usgovernment");
    const storageProvider = new AzurermProvider(government, "azurerm-storage", { alias: "storage", features: [{}] });
    secure(government, Backend.flexFunctionApp({ ...CREATED, resourceGroup, storageProvider }));
    expect(findings(government)).toContainEqual(
      refusal("provider-uses-storage-keys", `{ alias: "storage", environment: "usgovernment", ${SETTINGS})`),
    );
  });

  test("is right with what the message says to write", () => {
    const government = inCloud("usgovernment");
    const provider = government.node.findChild("azurerm") as AzurermProvider;
    Object.assign(provider, { features: [{ storage: [{ dataPlaneAvailable: false }] }], storageUseAzuread: true });
    secure(government, Backend.flexFunctionApp({ ...CREATED, resourceGroup }));
    expect(() => synth(government)).not.toThrow();
  });
});

test.each(FUNCTION_APPS)("%s does not take a storage role whose name only Terraform knows", (_, create) => {
  expect(() => secure(stack, create({ extraStorageRoles: [StorageRole.of("${var.role}")] }))).toThrow(
    refusal("literal-required", "[app/Orders/Backend] ", "The name of a storage role"),
  );
});
