import { TerraformStack } from "cdktf";
import { CognitiveAccount } from "@cdktf/provider-azurerm/lib/cognitive-account";
import { CognitiveAccountProject } from "@cdktf/provider-azurerm/lib/cognitive-account-project";
import {
  ApimGateway,
  AzureRole,
  Backend,
  IApimBackend,
  IApimGateway,
  OpenAiAccountRef,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { all, annotations, GROUP, Json, only, stackWithProviders, synth } from "../../helpers/synth";

/* Each form of an address of a model has a token of its own. */

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
});

const foundry = (props = {}): CognitiveAccount =>
  new CognitiveAccount(stack, "Models", {
    resourceGroupName: GROUP.name,
    location: GROUP.location,
    name: "models",
    kind: "AIServices",
    skuName: "S0",
    customSubdomainName: "models",
    projectManagementEnabled: true,
    identity: { type: "SystemAssigned" },
    localAuthEnabled: false,
    ...props,
  });
const given = (host: string) =>
  OpenAiAccountRef.fromAttributes({ id: "/accounts/models", endpoint: `https://${host}/` });
const AGENTS = AzureRole.of("Contoso Agents User");

function published(backend: IApimBackend): { url: string; token?: string } {
  new SecureApimBackend(stack, "Api", { gateway, backend });
  const json = synth(stack);
  const policy: string = only(json, "azurerm_api_management_api_policy").xml_content;
  return {
    url: only(json, "azurerm_api_management_backend").url,
    token: /<authentication-managed-identity [^>]*resource="([^"]*)"/.exec(policy)?.[1],
  };
}

test.each<[string, () => IApimBackend, url: string, token: string]>([
  [
    "an Azure OpenAI account",
    () => Backend.azureOpenAi(given("models.openai.azure.com")),
    "https://models.openai.azure.com/openai",
    "https://cognitiveservices.azure.com",
  ],
  [
    "a Foundry account, by the API of Azure OpenAI",
    () => Backend.azureOpenAi(given("models.cognitiveservices.azure.com")),
    "https://models.cognitiveservices.azure.com/openai",
    "https://cognitiveservices.azure.com",
  ],
  [
    "an Azure OpenAI account, by the v1 API",
    () => Backend.azureOpenAiV1(given("models.openai.azure.com")),
    "https://models.openai.azure.com/openai/v1",
    "https://ai.azure.com",
  ],
  [
    "a Foundry account, by the v1 API",
    () => Backend.azureOpenAiV1(given("models.services.ai.azure.com")),
    "https://models.services.ai.azure.com/openai/v1",
    "https://ai.azure.com",
  ],
  [
    "a Foundry project",
    () => Backend.foundryProject(given("models.cognitiveservices.azure.com"), "orders", { role: AGENTS }),
    "https://models.services.ai.azure.com/api/projects/orders",
    "https://ai.azure.com",
  ],
])("%s gets the token that it accepts", (_, backend, url, token) => {
  expect(published(backend())).toEqual({ url, token });
});

test.each(["/openai/v1/", "/api/projects/orders"])("an endpoint with the path %s would have two paths", (path) => {
  const account = OpenAiAccountRef.fromAttributes({
    id: "/accounts/models",
    endpoint: `https://models.services.ai.azure.com${path}`,
  });
  expect(() => published(Backend.azureOpenAiV1(account))).toThrow(
    refusal("open-ai-endpoint-with-path", path, '"https://models.services.ai.azure.com/"', "Backend.foundryProject("),
  );
});

test("an account without projects is refused for a project", () => {
  const backend = Backend.foundryProject(foundry({ kind: "OpenAI" }), "orders", { role: AGENTS });
  expect(() => published(backend)).toThrow(refusal("foundry-account-kind", '"app/Models"', '"OpenAI"', "AIServices"));
});

test("an account of the stack gets the role of a user, and its keys are known to be off", () => {
  expect(published(Backend.azureOpenAiV1(foundry()))).toEqual({
    url: '${trimsuffix(azurerm_cognitive_account.Models.endpoint, "/")}/openai/v1',
    token: "https://ai.azure.com",
  });
  const role = only(synth(stack), "azurerm_role_assignment");
  expect([role.role_definition_name, role.scope]).toEqual([
    "Cognitive Services OpenAI User",
    "${azurerm_cognitive_account.Models.id}",
  ]);
  expect(annotations(stack)).toEqual([]);
});

test("an account that takes keys gets the warning that it gets with the older API", () => {
  published(Backend.azureOpenAiV1(foundry({ localAuthEnabled: true })));
  expect(annotations(stack)).toEqual([refusal("keys-bypass-entra-id", "localAuthEnabled: false")]);
});

test("a project of the stack is at another host than the models of its account, and has the role that you wrote", () => {
  const account = foundry();
  const project = new CognitiveAccountProject(stack, "Project", {
    cognitiveAccountId: account.id,
    name: "orders",
    location: GROUP.location,
    identity: { type: "SystemAssigned" },
  });
  const backend = Backend.foundryProject(account, project.name, { role: AGENTS, roleScope: project.id });
  expect(published(backend).url).toBe(
    '${replace(trimsuffix(azurerm_cognitive_account.Models.endpoint, "/"), "/[.](?:cognitiveservices|openai)[.]/", ".services.ai.")}' +
      "/api/projects/${azurerm_cognitive_account_project.Project.name}",
  );
  const json = synth(stack);
  const [role] = Object.values<Json>(all(json, "azurerm_role_assignment"));
  expect([role.role_definition_name, role.scope]).toEqual([
    "Contoso Agents User",
    "${azurerm_cognitive_account_project.Project.id}",
  ]);
  const [{ condition }] = only(json, "azurerm_api_management_backend").lifecycle.precondition;
  expect(condition).toContain("services[.]ai[.]azure[.]com");
});

test.each(["Foundry User", "Azure AI User", "Cognitive Services User", "53ca6127-db72-4b80-b1b0-d745d6d5456d"])(
  "the role %s reads the keys of the account, so it is refused",
  (role) => {
    const backend = Backend.foundryProject(given("a.services.ai.azure.com"), "orders", { role: AzureRole.of(role) });
    expect(() => published(backend)).toThrow(refusal("management-role", "[app/Api/Backend]"));
  },
);

test.each(["https://a.services.ai.azure.com/api/projects/orders", "", "a/b"])(
  '"%s" is no name of a project',
  (name) => {
    const backend = Backend.foundryProject(given("a.services.ai.azure.com"), name, { role: AGENTS });
    expect(() => published(backend)).toThrow(refusal("invalid-foundry-project", `"${name}"`));
  },
);
