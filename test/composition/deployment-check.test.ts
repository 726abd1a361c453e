import { TerraformProvider, TerraformStack } from "cdktf";
import { ApimGateway, AppRuntime, Backend, DeploymentCheck, SecureApimBackend } from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";
import { GROUP, Json, stackWithProviders, synth } from "../helpers/synth";

function deployed(checks?: unknown, stack: TerraformStack = stackWithProviders()): Json {
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
  new SecureApimBackend(stack, "Orders", {
    gateway,
    backend: Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") }),
    deploymentChecks: checks as DeploymentCheck[] | undefined,
  });
  return synth(stack);
}

test("Terraform calls the backend directly and the API, after all is deployed", () => {
  const json = deployed([DeploymentCheck.directCallIsRejected(), DeploymentCheck.gatewayAnswers("/7", 401)]);
  const [direct, gateway] = Object.keys(json.check);
  const [app] = Object.keys(json.resource.azurerm_linux_web_app);
  const [policy] = Object.keys(json.resource.azurerm_api_management_api_policy);
  const [service] = Object.keys(json.resource.azurerm_api_management);
  const depends_on = [`azurerm_api_management_api_policy.${policy}`];
  expect([direct, gateway]).toEqual([
    expect.stringMatching(/^Orders_Check1DirectCall_[0-9A-F]{8}$/),
    expect.stringMatching(/^Orders_Check2Gateway_[0-9A-F]{8}$/),
  ]);
  expect(json.check).toEqual({
    [direct]: {
      data: {
        http: {
          [direct]: {
            url: `https://\${azurerm_linux_web_app.${app}.default_hostname}`,
            request_timeout_ms: 10_000,
            depends_on,
          },
        },
      },
      assert: [
        {
          condition: `\${data.http.${direct}.status_code == 401}`,
          error_message: refusal("direct-call-not-rejected"),
        },
      ],
    },
    [gateway]: {
      data: {
        http: {
          [gateway]: {
            url: `\${azurerm_api_management.${service}.gateway_url}/orders/7`,
            request_timeout_ms: 10_000,
            depends_on,
          },
        },
      },
      assert: [
        {
          condition: `\${data.http.${gateway}.status_code == 401}`,
          error_message: refusal("gateway-answer-unexpected", "401", "/7"),
        },
      ],
    },
  });
  expect(json.terraform.required_providers.http).toEqual({ source: "hashicorp/http", version: "~> 3.4" });
});

test("without a check, the stack has neither checks nor their provider", () => {
  for (const json of [deployed(), deployed([])]) {
    expect(json.check).toBeUndefined();
    expect(Object.keys(json.terraform.required_providers).sort()).toEqual(["azuread", "azurerm"]);
  }
});

test("a stack that has the provider keeps its version", () => {
  const stack = stackWithProviders();
  new (class extends TerraformProvider {})(stack, "http", {
    terraformResourceType: "http",
    terraformProviderSource: "hashicorp/http",
    terraformGeneratorMetadata: { providerName: "http", providerVersion: "3.5.0" },
  });
  const { terraform } = deployed([DeploymentCheck.directCallIsRejected()], stack);
  expect(terraform.required_providers.http).toEqual({ source: "hashicorp/http", version: "3.5.0" });
});

test.each(["", "orders", "/a b", "/${x}", "/%{if}", "/a?code=1", "/a#b", undefined])("%j is no path", (path) =>
  expect(() => DeploymentCheck.gatewayAnswers(path as string, 200)).toThrow(refusal("check-path-invalid")),
);

test.each([0, 199, 500, 200.5, NaN, "200", undefined])("%p is no status to expect", (status) =>
  expect(() => DeploymentCheck.gatewayAnswers("/", status as number)).toThrow(refusal("check-status-invalid")),
);

test("what is no check is an error", () => {
  expect(() => deployed(DeploymentCheck.directCallIsRejected())).toThrow(refusal("not-a-list", "deploymentChecks"));
  expect(() => deployed(["direct"])).toThrow(refusal("wrong-value", "deploymentChecks"));
});
