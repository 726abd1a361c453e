import { TerraformResource, TerraformStack } from "cdktf";
import { ApplicationInsights } from "@cdktf/provider-azurerm/lib/application-insights";
import {
  ApiDiagnostics,
  ApimGateway,
  ApimLogger,
  ApimSku,
  ApiSurface,
  Audience,
  Backend,
  DiagnosticsOptions,
  DiagnosticsVerbosity,
  IApimGateway,
  IApimLogger,
  PolicyDocument,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { order } from "../helpers/graph";
import { Refusal, refusal } from "../helpers/refusal";
import { annotations, findings, GROUP, only, stackWithProviders, synth } from "../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = created("Gateway", ApimSku.BASIC_V2);
});

const created = (id: string, sku?: ApimSku): IApimGateway =>
  new ApimGateway(stack, id, { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "a@contoso.com", sku });
function loggerOn(on: IApimGateway): IApimLogger {
  const applicationInsights = new ApplicationInsights(stack, "Insights", {
    name: "insights",
    resourceGroupName: GROUP.name,
    location: GROUP.location,
    applicationType: "web",
  });
  return new ApimLogger(stack, "Logger", { gateway: on, applicationInsights });
}
const publish = (...diagnostics: ApiDiagnostics[]): SecureApimBackend =>
  new SecureApimBackend(stack, "Orders", {
    gateway,
    backend: Backend.url("https://orders.contoso.com", Audience.clientId(GUID)),
    surface: ApiSurface.wildcard({ subscriptionKeyNames: { header: "X-Shop-Key", query: "shop-key" } }),
    diagnostics,
  });
const toInsights = (options?: DiagnosticsOptions): ApiDiagnostics =>
  ApiDiagnostics.applicationInsights(loggerOn(gateway), options);

describe("diagnostics of an API", () => {
  test("are off unless asked for", () => {
    publish();
    expect(Object.keys(synth(stack).resource).filter((type) => /diagnostic|logger|azapi/.test(type))).toEqual([]);
  });

  test("go to Application Insights, with all that lets somebody in masked, and without bodies and addresses", () => {
    publish(toInsights());
    const json = synth(stack);
    expect(only(json, "azurerm_api_management_api_diagnostic")).toMatchSnapshot();
    expect(only(json, "azurerm_api_management_logger")).toMatchSnapshot();
    expect(() => order(json)).not.toThrow();
  });

  test("go to Azure Monitor through azapi, with the same masks", () => {
    publish(ApiDiagnostics.azureMonitor({ samplingPercentage: 12.5 }));
    const json = synth(stack);
    expect(only(json, "azapi_resource")).toMatchSnapshot();
    expect(Object.keys(json.provider)).toContain("azapi");
  });

  test("go to both", () => {
    publish(toInsights(), ApiDiagnostics.azureMonitor());
    const { resource } = synth(stack);
    expect(Object.keys(resource)).toEqual(
      expect.arrayContaining(["azapi_resource", "azurerm_api_management_api_diagnostic"]),
    );
  });

  test("hold what was chosen", () => {
    publish(
      toInsights({
        samplingPercentage: 5,
        alwaysLogErrors: false,
        logClientIp: true,
        verbosity: DiagnosticsVerbosity.ERROR,
        headersToLog: ["X-Request-Id", "User-Agent"],
      }),
    );
    expect(only(synth(stack), "azurerm_api_management_api_diagnostic")).toMatchObject({
      sampling_percentage: 5,
      always_log_errors: false,
      log_client_ip: true,
      verbosity: "error",
      frontend_request: { headers_to_log: ["X-Request-Id", "User-Agent"], body_bytes: 0 },
      backend_response: { headers_to_log: ["X-Request-Id", "User-Agent"], body_bytes: 0 },
    });
  });

  test("hold bodies by a named call, whose reason is shown", () => {
    publish(toInsights().logBodies(1024, "until the new client is out, ADR 12"));
    const diagnostic = only(synth(stack), "azurerm_api_management_api_diagnostic");
    const legs = ["frontend_request", "frontend_response", "backend_request", "backend_response"];
    expect(legs.map((leg) => diagnostic[leg].body_bytes)).toEqual([1024, 1024, 1024, 1024]);
    expect(annotations(stack)).toEqual([
      "info: Bodies of requests and responses are logged: until the new client is out, ADR 12",
    ]);
  });

  test("mask the header and the query parameter in which the policy of the API finds a token", () => {
    const policy = PolicyDocument.fromXml(
      '<policies><inbound><base /><validate-jwt header-name="X-Token" /><validate-jwt query-parameter-name="jwt" /></inbound></policies>',
    );
    new SecureApimBackend(stack, "Stock", {
      gateway,
      backend: Backend.url("https://stock.contoso.com", Audience.clientId(GUID)),
      policy,
      diagnostics: [toInsights()],
    });
    const { data_masking } = only(synth(stack), "azurerm_api_management_api_diagnostic").frontend_request;
    expect(data_masking.headers).toContainEqual({ mode: "Mask", value: "X-Token" });
    expect(data_masking.query_params).toContainEqual({ mode: "Mask", value: "jwt" });
  });

  test("mask the header that the policy of the API compares with a secret, and do not log it", () => {
    const props = {
      gateway,
      backend: Backend.url("https://payments.contoso.com", Audience.clientId(GUID)),
      policy: PolicyDocument.of(
        PolicyStatement.requireHeader({ name: "X-Webhook-Token", values: [PolicyValue.namedValue("webhook-token")] }),
      ),
    };
    new SecureApimBackend(stack, "Payments", { ...props, diagnostics: [toInsights()] });
    const { data_masking } = only(synth(stack), "azurerm_api_management_api_diagnostic").frontend_request;
    expect(data_masking.headers).toContainEqual({ mode: "Mask", value: "X-Webhook-Token" });
    const backend = Backend.url("https://refunds.contoso.com", Audience.clientId(GUID));
    const diagnostics = [ApiDiagnostics.azureMonitor({ headersToLog: ["x-webhook-token"] })];
    expect(() => new SecureApimBackend(stack, "Refunds", { ...props, backend, diagnostics })).toThrow(
      refusal("header-not-logged", "x-webhook-token"),
    );
  });

  test("go to a logger that somebody else made", () => {
    const logger = ApimLogger.fromAttributes(stack, "Logger", { gateway, loggerName: "central" });
    publish(ApiDiagnostics.applicationInsights(logger));
    expect(only(synth(stack), "azurerm_api_management_api_diagnostic").api_management_logger_id).toBe(
      '${join("/", [azurerm_api_management.Gateway_43CB3636.id, "loggers", "central"])}',
    );
  });

  test.each(["ApplicationInsights", "AzureMonitor"])("to %s are held at synth to their masks", (id) => {
    const api = publish(toInsights(), ApiDiagnostics.azureMonitor());
    const diagnostic = api.node.findChild("Diagnostics").node.findChild(id) as TerraformResource;
    diagnostic.addOverride(
      id === "AzureMonitor" ? "body.properties.frontend.request.body.bytes" : "frontend_request.body_bytes",
      64,
    );
    expect(findings(stack)).toEqual([refusal("masks-changed", `app/Orders/Diagnostics/${id}`, "ApiDiagnostics")]);
  });

  test("to Azure Monitor are checked by Terraform where it alone knows the tier", () => {
    gateway = ApimGateway.fromLookup(stack, "Existing", { apimName: "contoso", resourceGroupName: "platform" });
    publish(ApiDiagnostics.azureMonitor());
    expect(only(synth(stack), "azapi_resource").lifecycle).toEqual({
      precondition: [
        {
          condition: expect.stringContaining("data.azurerm_api_management.Existing_4CC9759F.sku_name"),
          error_message: refusal("unsupported-tier-at-plan", "Azure Monitor", "Consumption", "Application Insights"),
        },
      ],
      replace_triggered_by: ["azurerm_api_management_api.Orders_Api_A821092D.id"],
    });
  });

  test.each<[string, () => unknown, Refusal]>([
    [
      "a header that lets somebody in",
      () => publish(toInsights({ headersToLog: ["authorization"] })),
      refusal("header-not-logged", "app/Orders/Diagnostics", '"authorization"', "headersToLog"),
    ],
    [
      "the header with the subscription key",
      () => publish(toInsights({ headersToLog: ["x-shop-key"] })),
      refusal("header-not-logged", "app/Orders/Diagnostics", '"x-shop-key"'),
    ],
    [
      "the session token of App Service",
      () => publish(toInsights({ headersToLog: ["x-zumo-auth"] })),
      refusal("header-not-logged", "app/Orders/Diagnostics", '"x-zumo-auth"'),
    ],
    [
      "who a consumer is",
      () => publish(toInsights({ headersToLog: ["X-Caller-Subject"] })),
      refusal("header-not-logged", "app/Orders/Diagnostics", '"X-Caller-Subject"'),
    ],
    [
      "a header that only Terraform knows",
      () => publish(toInsights({ headersToLog: ["${var.header}"] })),
      refusal("literal-required", "app/Orders/Diagnostics", "headersToLog"),
    ],
    [
      "one header instead of a list",
      () => publish(toInsights({ headersToLog: "X-Request-Id" } as unknown as DiagnosticsOptions)),
      refusal("not-a-list", "app/Orders/Diagnostics", "headersToLog", '"X-Request-Id"', '["X-Request-Id"]'),
    ],
    [
      "a severity that API Management does not have",
      () => publish(ApiDiagnostics.azureMonitor({ verbosity: "warning" as DiagnosticsVerbosity })),
      refusal("unknown-member", "app/Orders/Diagnostics", "verbosity", '"warning"', "DiagnosticsVerbosity.ERROR"),
    ],
    [
      "more than all",
      () => publish(toInsights({ samplingPercentage: 101 })),
      refusal("number-not-in-range", "app/Orders/Diagnostics", "samplingPercentage is 101", "0 to 100"),
    ],
    [
      "no bytes of bodies",
      () => publish(toInsights().logBodies(0, "why not")),
      refusal("number-not-in-range", "app/Orders/Diagnostics", "logBodies is 0", "whole number", "1 to 8192"),
    ],
    [
      "bodies without a reason",
      () => publish(toInsights().logBodies(10, " ")),
      refusal("missing-reason", "app/Orders/Diagnostics", "logBodies(10, "),
    ],
    [
      "two to the same place",
      () => publish(ApiDiagnostics.azureMonitor(), ApiDiagnostics.azureMonitor()),
      refusal("diagnostics-twice", "app/Orders", "Azure Monitor"),
    ],
    [
      "a logger of another gateway",
      () => publish(ApiDiagnostics.applicationInsights(loggerOn(created("Other")))),
      refusal("logger-of-other-gateway", "app/Orders/Diagnostics", "app/Logger", "app/Other", "app/Gateway"),
    ],
    [
      "Azure Monitor on the Consumption tier",
      () => {
        gateway = created("Small", ApimSku.CONSUMPTION);
        publish(ApiDiagnostics.azureMonitor());
      },
      refusal("unsupported-tier", "app/Orders/Diagnostics", "Azure Monitor", "Consumption", "Application Insights"),
    ],
    [
      "two loggers of one name",
      () => {
        const insights = { id: "/insights", connectionString: "InstrumentationKey=x" };
        new ApimLogger(stack, "A", { gateway, applicationInsights: insights, loggerName: "one" });
        new ApimLogger(stack, "B", { gateway, applicationInsights: insights, loggerName: "ONE" });
      },
      refusal("name-taken-on-gateway", "app/B", '"ONE"', "app/Gateway", "app/A", "loggerName"),
    ],
  ])("refuse %s", (_, action, expected) => expect(action).toThrow(expected));
});
