import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxFunctionAppSlot } from "@cdktf/provider-azurerm/lib/linux-function-app-slot";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { TerraformLocal, TerraformStack } from "cdktf";
import { OWN_APP, OWN_FUNCTION_APP, OWN_SLOT } from "../backends/kinds";
import { refusal } from "../helpers/refusal";
import { annotations, findings, GROUP, Json, stackWithProviders, synth, thrown } from "../helpers/synth";
import { packed } from "./packed";

/* What a message advises is right, and what plain JavaScript loses silently is said. */

const { ApimGateway, ApimProduct, AppRuntime, AppServicePlan, Audience, AzureRole, Backend, PolicyDocument, ...lib } =
  packed();
const GUID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const MADE = { resourceGroup: GROUP, runtime: AppRuntime.node("22") };
const VAULT = { id: "/vault", vaultUri: "https://v.vault.azure.net" };

const { ApiSurface, AppRegistration, InvokeAssignment, PolicyStatement, RetryInterval } = packed();
const INTERVAL = (given: string): ReturnType<typeof refusal> =>
  refusal("wrong-value", `The value of interval is ${given}`, "Write interval: RetryInterval.fixed(10).");

let stack: TerraformStack;
let gateway: Json;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = ApimGateway.fromAttributes(stack, "Gateway", {
    apimName: "contoso",
    resourceGroupName: "rg",
    sku: lib.ApimSku.PREMIUM,
    principalId: GUID,
  });
});

const url = (): Json => Backend.url("https://orders.contoso.com", Audience.clientId(GUID));
const secure = (props: Json): unknown =>
  new lib.SecureApimBackend(stack, "Orders", { gateway, backend: url(), ...props });
const gatewayOf = (sku: Json): unknown =>
  new ApimGateway(stack, "Other", { resourceGroup: GROUP, publisherName: "C", publisherEmail: "api@contoso.com", sku });
const assigned = (assignment: Json): unknown =>
  AppRegistration.fromAttributes(stack, "Registration", { clientId: GUID, assignment });
const planned = (factory: string, size: unknown, plan = "dedicated"): unknown =>
  secure({ backend: Backend[factory]({ ...MADE, plan: AppServicePlan[plan](size) }) });

test.each<[string, () => unknown, ReturnType<typeof refusal>]>([
  ["P1V3", () => planned("webApp", "P1V3"), refusal("invalid-plan-sku", 'Write AppServicePlan.dedicated("P1v3").')],
  [
    "EP1 for a dedicated plan",
    () => planned("functionApp", "EP1"),
    refusal("invalid-plan-sku", 'Write AppServicePlan.elasticPremium("EP1").'),
  ],
  ["Y1", () => planned("functionApp", "Y1"), refusal("invalid-plan-sku", "use Backend.flexFunctionApp({ ... }).")],
  ["no size", () => planned("webApp", undefined), refusal("not-a-string", "size in AppServicePlan.dedicated")],
  [
    "Python on Windows",
    () => secure({ backend: Backend.windowsWebApp({ ...MADE, runtime: AppRuntime.python("3.12") }) }),
    refusal("runtime-not-offered", "Use Backend.webApp(...)"),
  ],
  [
    "a port as text",
    () => secure({ backend: Backend.containerApp({ resourceGroup: GROUP, image: "a", targetPort: "8080" }) }),
    refusal("invalid-target-port", 'port "8080"', "for example 8080."),
  ],
  [
    "calls as text",
    () => PolicyStatement.rateLimit("5", "60"),
    refusal("number-out-of-range", '[PolicyStatement.rateLimit] API Management does not accept calls: "5".'),
  ],
  [
    "seconds as text",
    () => PolicyStatement.rateLimit(5, "60"),
    refusal("rate-period-out-of-range", 'renewalPeriodSeconds is "60".', "a whole number from 1 to 300"),
  ],
  [
    "units as text",
    () => gatewayOf(lib.ApimSku.of("Standard", "2")),
    refusal("unsupported-units", 'cannot have "2" units.', "a whole number n from 1 to 4"),
  ],
  [
    "a percentage as text",
    () => secure({ diagnostics: [lib.ApiDiagnostics.azureMonitor({ samplingPercentage: "50" })] }),
    refusal("number-not-in-range", 'samplingPercentage is "50".', "Use a number from 0 to 100."),
  ],
  [
    "bytes as text",
    () => secure({ diagnostics: [lib.ApiDiagnostics.azureMonitor().logBodies("10", "audit")] }),
    refusal("number-not-in-range", 'logBodies is "10".', "Use a whole number from 1 to 8192."),
  ],
  [
    "retries as text",
    () => PolicyStatement.retry({ count: "3", interval: RetryInterval.fixed(10) }),
    refusal("number-out-of-range", 'count: "3".', "from 1 to 50"),
  ],
  ["a retry without interval", () => PolicyStatement.retry({ count: 3 }), INTERVAL("undefined")],
  ["a retry with seconds as its interval", () => PolicyStatement.retry({ count: 3, interval: 10 }), INTERVAL("10")],
  [
    "an email address as an owner",
    () => new AppRegistration(stack, "Registration", { owners: ["ada@contoso.com"] }),
    refusal("invalid-owner", '"ada@contoso.com" in owners', 'shows as "Object ID"'),
  ],
  [
    "the name of an app role for its ID",
    () => new AppRegistration(stack, "Registration", { appRoleId: "Invoke" }),
    refusal("invalid-app-role-id", 'appRoleId "Invoke"', 'shows as "ID" of the app role'),
  ],
  [
    "the name of an app role where it is assigned",
    () => assigned(InvokeAssignment.onServicePrincipal(GUID, "Invoke")),
    refusal("invalid-app-role-id", '"Invoke"', 'shows as "ID" of the app role'),
  ],
  [
    "the name of a service principal",
    () => assigned(InvokeAssignment.onServicePrincipal("orders-api")),
    refusal("invalid-object-id", '"orders-api"'),
  ],
  [
    "a scope for an audience",
    () => secure({ backend: Backend.url("https://orders.contoso.com", Audience.uri("api://orders/.default")) }),
    refusal("scope-as-audience", 'Write the application ID URI: "api://orders".'),
  ],
  [
    "a path with braces",
    () => secure({ surface: ApiSurface.wildcard({ path: "orders/{id}" }) }),
    refusal("parameter-in-api-path", '"orders/{id}"', 'Write path: "orders", and the rest in urlTemplate'),
  ],
  [
    "a template with one brace",
    () => secure({ surface: ApiSurface.operations([{ method: "GET", urlTemplate: "/orders/{id" }]) }),
    refusal("invalid-url-template", '"/orders/{id"'),
  ],
  [
    "a route prefix with braces",
    () => secure({ backend: Backend.webApp({ ...MADE, routePrefix: "{version}" }) }),
    refusal("invalid-route-prefix", "{version}"),
  ],
  [
    "an app of another kind",
    () => secure({ backend: Backend.fromLinuxFunctionApp(new LinuxWebApp(stack, "App", OWN_APP)) }),
    refusal("app-of-another-type", "Write Backend.fromLinuxWebApp(app)."),
  ],
  [
    "attributes that are missing",
    () => lib.KeyVaultRef.fromAttributes(),
    refusal("wrong-value", "[KeyVaultRef.fromAttributes]", "KeyVaultRef.fromAttributes({ id, vaultUri })"),
  ],
  [
    "an attribute that is misspelled",
    () => lib.KeyVaultRef.fromAttributes({ id: "/vault", vaultUrl: "https://v.vault.azure.net" }),
    refusal("wrong-value", "without vaultUri"),
  ],
])("%s", (_, action, expected) => {
  expect(action).toThrow(expected);
});

test.each<[string, () => unknown]>([
  ["of a construct", () => secure({ backend: undefined })],
  ["of a factory", () => PolicyStatement.rateLimit("5", 60)],
  ["of a document", () => PolicyDocument.fromXml("<policies>")],
  ["of a file", () => PolicyDocument.fromFile("missing.xml")],
  ["in a callback", () => [0].map((calls) => PolicyStatement.rateLimit(calls, 60))],
])("the trace %s begins at the user's line", (_, action) => {
  const { stack: trace = "", message } = thrown(action);
  const [first] = trace.slice(trace.indexOf(message) + message.length + 1).split("\n");
  expect(first).toContain(__filename);
});

test.each<[string, string, () => unknown]>([
  ["callerz", "callers", () => secure({ callerz: { allowed: [gateway] } })],
  ["polices", "policy", () => secure({ polices: PolicyDocument.EMPTY })],
  ["networkAcces", "networkAccess", () => secure({ backend: Backend.webApp({ ...MADE, networkAcces: {} }) })],
  ["rolescope", "roleScope", () => secure({ backend: Backend.keyVault(VAULT, { rolescope: "/secret" }) })],
  ["acces", "access", () => new ApimProduct(stack, "P", { gateway, acces: {} })],
])("a property %s is not lost: %s was meant", (misspelled, meant, action) => {
  expect(action).toThrow(refusal("misspelled-property", `"${misspelled}"`, `Write ${meant}`));
});

test("a property that is not similar to one that closes something is nobody's mistake", () => {
  expect(() => secure({ team: "orders", environment: "test" })).not.toThrow();
  expect(
    () =>
      new lib.SecureApimBackend(stack, "Other", {
        gateway,
        backend: Backend.keyVault(VAULT, { role: AzureRole.of("Key Vault Reader") }),
      }),
  ).not.toThrow();
});

test("a slot of a locked app answers to nobody, wherever it is declared", () => {
  const app = new LinuxFunctionApp(stack, "App", OWN_FUNCTION_APP);
  secure({ backend: Backend.fromLinuxFunctionApp(app) });
  const other = new TerraformStack(stack.node.root, "other");
  const local = new TerraformLocal(stack, "Id", app.id);
  new LinuxFunctionAppSlot(other, "Elsewhere", { ...OWN_SLOT, functionAppId: app.id });
  new LinuxFunctionAppSlot(stack, "Local", { ...OWN_SLOT, functionAppId: local.asString });
  const unknown = new LinuxFunctionAppSlot(stack, "Unknown", { ...OWN_SLOT, functionAppId: "${var.app}" });
  expect(findings(stack)).toEqual([
    refusal("slot-not-locked", '"app/Local"'),
    refusal("slot-not-locked", '"other/Elsewhere"'),
  ]);
  expect(annotations(unknown)).toEqual([refusal("slot-of-unknown-app")]);
});

test("who was refused can be logged, and a secret in the settings is said", () => {
  const appSettings = { STORAGE: "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=c2VjcmV0" };
  secure({ backend: Backend.webApp({ ...MADE, appSettings, accessLogs: { id: "/workspace" } }) });
  expect(synth(stack).resource).toHaveProperty("azurerm_monitor_diagnostic_setting");
  expect(annotations(stack)).toEqual([refusal("secret-in-app-setting", '"STORAGE"')]);
});

test("a percent sign before a brace arrives as it is written", () => {
  secure({ backend: Backend.webApp({ ...MADE, appSettings: { FORMAT: "%{d} ${var.a}" } }) });
  const [app] = Object.values<Json>(synth(stack).resource.azurerm_linux_web_app);
  expect(app.app_settings.FORMAT).toBe("%%{d} ${var.a}");
});
