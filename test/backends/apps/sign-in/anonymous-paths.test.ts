import { Fn, TerraformStack } from "cdktf";
import { AnonymousPaths, Backend } from "cdktf-secure-apim-backend";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import { refusal } from "../../../helpers/refusal";
import { annotations, findings, Json, only, stackWithProviders, synth } from "../../../helpers/synth";
import { reportOf } from "../../../report/reported";
import { OWN_APP, OWN_SLOT } from "../../kinds";
import { CREATED, secure } from "../behind-gateway";

const REASON = "the status page of the operations team, ADR 12";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const anonymousPaths = AnonymousPaths.of(["/health", "/status/live.txt"], REASON);

test.each([
  ["azurerm_linux_function_app", () => Backend.functionApp({ ...CREATED, anonymousPaths })],
  ["azurerm_windows_function_app", () => Backend.windowsFunctionApp({ ...CREATED, anonymousPaths })],
  ["azurerm_function_app_flex_consumption", () => Backend.flexFunctionApp({ ...CREATED, anonymousPaths })],
  ["azurerm_linux_web_app", () => Backend.webApp({ ...CREATED, anonymousPaths })],
  ["azurerm_windows_web_app", () => Backend.windowsWebApp({ ...CREATED, anonymousPaths })],
  ["azurerm_linux_web_app", () => Backend.fromLinuxWebApp(new LinuxWebApp(stack, "App", OWN_APP), { anonymousPaths })],
])("%s answers on them without sign-in, on nothing else, and says so", (type, backend) => {
  secure(stack, backend());
  const json = synth(stack);
  expect(only(json, type).auth_settings_v2).toMatchObject({
    auth_enabled: true,
    require_authentication: true,
    unauthenticated_action: "Return401",
    excluded_paths: ["/health", "/status/live.txt"],
  });
  expect(Object.values(json.output)).toEqual([
    {
      description: `Paths of the app that answer to everyone without sign-in: ${REASON}`,
      value: ["/health", "/status/live.txt"],
    },
  ]);
  expect(annotations(stack)).toEqual([
    `info: Answers to everyone without sign-in on /health, /status/live.txt: ${REASON}`,
  ]);
});

test("the trust report says that they are open on purpose, and why", () => {
  secure(stack, Backend.functionApp({ ...CREATED, anonymousPaths }));
  const written: Json = JSON.parse(JSON.stringify(stack.toTerraform()));
  expect(reportOf({ app: written }).openOnPurpose).toEqual([
    expect.objectContaining({ rule: "excluded-paths", reason: REASON }),
  ]);
});

test("a slot has those of its app", () => {
  const app = new LinuxWebApp(stack, "App", OWN_APP);
  const slot = new LinuxWebAppSlot(stack, "Slot", { ...OWN_SLOT, appServiceId: app.id });
  secure(stack, Backend.fromLinuxWebApp(app, { slots: [slot], anonymousPaths }));
  const json = synth(stack);
  expect(only(json, "azurerm_linux_web_app_slot").auth_settings_v2).toEqual(
    only(json, "azurerm_linux_web_app").auth_settings_v2,
  );
  expect(Object.keys(json.output)).toHaveLength(1);
});

test("one more path, added in another way, is an error", () => {
  const app = new LinuxWebApp(stack, "App", OWN_APP);
  secure(stack, Backend.fromLinuxWebApp(app, { anonymousPaths }));
  app.addOverride("auth_settings_v2.excluded_paths", ["/health", "/admin"]);
  expect(findings(stack)).toEqual([refusal("sign-in-changed", '"app/App"')]);
});

const open =
  (paths: string[], reason = REASON): (() => void) =>
  () =>
    secure(stack, Backend.functionApp({ ...CREATED, anonymousPaths: AnonymousPaths.of(paths, reason) }));

test("no path at all", () => {
  expect(open([])).toThrow(
    refusal("no-anonymous-paths", "[app/Orders/Backend] ", 'AnonymousPaths.of(["/health"], "...")'),
  );
});

test.each([
  "",
  "/",
  "//",
  "/*",
  "*",
  "/api/*",
  "/.*",
  "health",
  "/health/",
  "/.",
  "/..",
  "/...",
  "/./admin",
  "/.well-known/..",
  "/%2Ewell-known",
  "/health/../admin",
  "/%2e%2e/admin",
  "/health?x=1",
  "/health#x",
  "\\health",
  "/health check",
  "/health\n",
  "/health,/admin",
])("a path that could open more than itself: %j", (path) => {
  expect(open(["/api/health", path])).toThrow(refusal("invalid-anonymous-path", "[app/Orders/Backend] ", `"${path}"`));
});

test("a path that begins with a dot is one like any other: RFC 9728 and others need it", () => {
  const paths = [
    "/.well-known/oauth-protected-resource",
    "/.well-known/security.txt",
    "/api/.health",
    "/..well-known",
    "/.authors",
    "/docs/.auth",
  ];
  secure(stack, Backend.functionApp({ ...CREATED, anonymousPaths: AnonymousPaths.of(paths, REASON) }));
  expect(only(synth(stack), "azurerm_linux_function_app").auth_settings_v2.excluded_paths).toEqual(paths);
});

test("Event Grid calls a function app at the path of its extension, with the key of the Functions host", () => {
  const anonymousPaths = AnonymousPaths.of(["/runtime/webhooks/eventgrid"], REASON);
  secure(stack, Backend.functionApp({ ...CREATED, anonymousPaths }));
  const { excluded_paths: paths } = only(synth(stack), "azurerm_linux_function_app").auth_settings_v2;
  expect(paths).toEqual(["/runtime/webhooks/eventgrid"]);
});

test.each(["/.auth", "/.auth/me", "/.AUTH/login/aad/callback"])("a path of the sign-in itself: %s", (path) => {
  expect(open([path])).toThrow(refusal("anonymous-sign-in-path", "[app/Orders/Backend] ", `"${path}"`, '"/.auth"'));
});

test.each(["/api", "/API", "/api/v1"])("the path where all routes begin: %s", (path) => {
  const backend = Backend.functionApp({
    ...CREATED,
    routePrefix: "api/v1",
    anonymousPaths: AnonymousPaths.of([path], REASON),
  });
  expect(() => secure(stack, backend)).toThrow(
    refusal("anonymous-route-prefix", "[app/Orders/Backend] ", `"${path}"`, '"api/v1"', '"/api/v1/health"'),
  );
});

test("a path that only Terraform knows", () => {
  expect(open([Fn.lower("/HEALTH")])).toThrow(
    refusal("literal-required", "[app/Orders/Backend] ", "A path given to AnonymousPaths.of"),
  );
});

test("an empty reason", () => {
  expect(open(["/health"], " ")).toThrow(
    refusal("missing-reason", "[app/Orders/Backend] ", 'AnonymousPaths.of(["/health"], "agreed with the security team'),
  );
});
