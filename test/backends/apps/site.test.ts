import { TerraformStack } from "cdktf";
import { Backend } from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { stackWithProviders } from "../../helpers/synth";
import { CREATED, secure } from "./behind-gateway";

/* Names and paths of App Service apps. */

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

test.each([
  ["orders_app", '"orders-app"'],
  ["", '""'],
])("an app name that Azure refuses: %j", (appName, value) => {
  expect(() => secure(stack, Backend.webApp({ ...CREATED, appName }))).toThrow(
    refusal("invalid-name", "[app/Orders/Backend] ", "app name", `"${appName}"`, value),
  );
});

test.each(["/api", "api/", "a b"])("a route prefix that is not a path: %j", (routePrefix) => {
  expect(() => secure(stack, Backend.webApp({ ...CREATED, routePrefix }))).toThrow(
    refusal("invalid-route-prefix", "[app/Orders/Backend] ", `"${routePrefix}"`),
  );
});
