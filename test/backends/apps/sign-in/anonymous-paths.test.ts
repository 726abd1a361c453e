import { Fn, TerraformStack } from "cdktf";
import {
  AnonymousPaths,
  ApimGateway,
  AppRuntime,
  Backend,
  IApimBackend,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import { annotations, findings, GROUP, messageOf, only, stackWithProviders, synth } from "../../../helpers/synth";
import { OWN_APP, OWN_SLOT } from "../../kinds";

const REASON = "the status page of the operations team, ADR 12";
const MADE = { resourceGroup: GROUP, runtime: AppRuntime.node("22") };
const DOTNET = { resourceGroup: GROUP, runtime: AppRuntime.dotnet("8.0") };

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

function secure(backend: IApimBackend): void {
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
  new SecureApimBackend(stack, "Orders", { gateway, backend });
}

const anonymousPaths = AnonymousPaths.of(["/health", "/status/live.txt"], REASON);

test.each([
  ["azurerm_linux_function_app", () => Backend.functionApp({ ...MADE, anonymousPaths })],
  ["azurerm_windows_function_app", () => Backend.windowsFunctionApp({ ...MADE, anonymousPaths })],
  ["azurerm_function_app_flex_consumption", () => Backend.flexFunctionApp({ ...MADE, anonymousPaths })],
  ["azurerm_linux_web_app", () => Backend.webApp({ ...MADE, anonymousPaths })],
  ["azurerm_windows_web_app", () => Backend.windowsWebApp({ ...DOTNET, anonymousPaths })],
  ["azurerm_linux_web_app", () => Backend.fromLinuxWebApp(new LinuxWebApp(stack, "App", OWN_APP), { anonymousPaths })],
])("%s answers on them without sign-in, on nothing else, and says so", (type, backend) => {
  secure(backend());
  const json = synth(stack);
  expect(only(json, type).auth_settings_v2).toMatchObject({
    auth_enabled: true,
    require_authentication: true,
    unauthenticated_action: "Return401",
    excluded_paths: ["/health", "/status/live.txt"],
  });
  expect(Object.values(json.output)).toEqual([
    {
      description: `Paths of the app that answer to everybody, without sign-in: ${REASON}`,
      value: ["/health", "/status/live.txt"],
    },
  ]);
  expect(annotations(stack)).toEqual([
    `info: Answers to everybody, without sign-in, on /health, /status/live.txt: ${REASON}`,
  ]);
});

test("a slot has those of its app", () => {
  const app = new LinuxWebApp(stack, "App", OWN_APP);
  const slot = new LinuxWebAppSlot(stack, "Slot", { ...OWN_SLOT, appServiceId: app.id });
  secure(Backend.fromLinuxWebApp(app, { slots: [slot], anonymousPaths }));
  const json = synth(stack);
  expect(only(json, "azurerm_linux_web_app_slot").auth_settings_v2).toEqual(
    only(json, "azurerm_linux_web_app").auth_settings_v2,
  );
  expect(Object.keys(json.output)).toHaveLength(1);
});

test("one more path, added in another way, is an error", () => {
  const app = new LinuxWebApp(stack, "App", OWN_APP);
  secure(Backend.fromLinuxWebApp(app, { anonymousPaths }));
  app.addOverride("auth_settings_v2.excluded_paths", ["/health", "/admin"]);
  expect(findings(stack)).toEqual([
    '[app/Orders/Backend] The sign-in of the app "app/App" was changed after it was locked: somebody other than the granted ' +
      "callers could get in. Remove what changes auth_settings_v2 or auth_settings on it (putAuthSettingsV2, " +
      "resetAuthSettingsV2, addOverride, an aspect). To let another caller in, write " +
      'registration.grantInvoke(Caller.servicePrincipal("...")).',
  ]);
});

const ofPaths = (paths: string[], reason = REASON): string =>
  messageOf(() => secure(Backend.functionApp({ ...MADE, anonymousPaths: AnonymousPaths.of(paths, reason) })));

test("no path at all", () => {
  expect(ofPaths([])).toBe(
    "[app/Orders/Backend] AnonymousPaths.of([], ...) names no path. Write those that answer to everybody, for example " +
      'AnonymousPaths.of(["/health"], "..."), or leave anonymousPaths out: then none does.',
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
  "/..",
  "/health/../admin",
  "/%2e%2e/admin",
  "/health?x=1",
  "/health#x",
  "/.auth/me",
  "\\health",
  "/health check",
  "/health\n",
  "/health,/admin",
])("a path that could open more than itself: %j", (path) => {
  expect(ofPaths(["/api/health", path])).toBe(
    `[app/Orders/Backend] The anonymous path "${path}" is no path that means itself alone: with a slash first and none last, and ` +
      `without wildcard, dot segment, query and encoded characters, by which more than that could be opened. Write each path ` +
      `out, such as "/health".`,
  );
});

test.each(["/api", "/API", "/api/v1"])("the path where all routes begin: %s", (path) => {
  const backend = Backend.functionApp({
    ...MADE,
    routePrefix: "api/v1",
    anonymousPaths: AnonymousPaths.of([path], REASON),
  });
  expect(messageOf(() => secure(backend))).toBe(
    `[app/Orders/Backend] The anonymous path "${path}" is where all routes of the app begin (route prefix "api/v1"), and could ` +
      `open every one of them. Write the route of the probe, such as "/api/v1/health".`,
  );
});

test("a path that only Terraform knows", () => {
  expect(ofPaths([Fn.lower("/HEALTH")])).toBe(
    "[app/Orders/Backend] A literal is needed for a path given to AnonymousPaths.of, but it is a value that only Terraform " +
      "knows. Write the text itself, not a variable or an attribute of a resource.",
  );
});

test("an empty reason", () => {
  expect(ofPaths(["/health"], " ")).toBe(
    "[app/Orders/Backend] AnonymousPaths.of was given an empty reason. Write who decided it and where that can be read, for " +
      'example AnonymousPaths.of(["/health"], "agreed with the security team, see ADR 12").',
  );
});
