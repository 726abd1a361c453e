import { TerraformStack, TerraformVariable } from "cdktf";
import { Backend } from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { annotations, GROUP, stackWithProviders } from "../../helpers/synth";
import { CREATED, secure } from "./behind-gateway";

const KEY = "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

test.each<[string, string]>([
  ["STORAGE", KEY],
  ["DatabasePassword", "hunter2"],
  ["DATABASE", "Server=a;User Id=b;Password=c"],
  ["OPENAI", "sk-live_1234567890"],
])("a secret in the app setting %s is a warning, without its text", (name, value) => {
  secure(stack, Backend.functionApp({ ...CREATED, appSettings: { [name]: value } }));
  expect(annotations(stack)).toEqual([
    refusal("secret-in-app-setting", `warn: "${name}" in appSettings`, "@Microsoft.KeyVault(SecretUri="),
  ]);
  expect(annotations(stack).join()).not.toContain(value);
});

test("so is a sensitive variable, and a variable of a container", () => {
  const secret = new TerraformVariable(stack, "Input", { type: "string", sensitive: true }).stringValue;
  const props = { resourceGroup: GROUP, image: "contoso/orders:1", targetPort: 8080 };
  secure(stack, Backend.containerApp({ ...props, environmentVariables: { SETTING: secret, OTHER: "plain" } }));
  expect(annotations(stack)).toEqual([
    refusal("secret-in-app-setting", '"SETTING" in environmentVariables', "its value comes from one"),
  ]);
});

test("references to a key vault, identities and plain texts are no warning", () => {
  const appSettings = {
    DatabasePassword: "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/a)",
    Queue__credential: "managedidentity",
    Queue__fullyQualifiedNamespace: "orders.servicebus.windows.net",
    FUNCTIONS_EXTENSION_VERSION: "~4",
  };
  secure(stack, Backend.functionApp({ ...CREATED, appSettings }));
  expect(annotations(stack)).toEqual([]);
});
