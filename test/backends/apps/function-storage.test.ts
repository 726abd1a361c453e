import { TerraformStack } from "cdktf";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { Backend, FunctionsProps, IApimBackend, StorageRole } from "cdktf-secure-apim-backend";
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

test.each(FUNCTION_APPS)("%s does not take a storage role whose name only Terraform knows", (_, create) => {
  expect(() => secure(stack, create({ extraStorageRoles: [StorageRole.of("${var.role}")] }))).toThrow(
    refusal("literal-required", "[app/Orders/Backend] ", "The name of a storage role"),
  );
});
