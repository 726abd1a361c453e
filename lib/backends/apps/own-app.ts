import { TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { claim } from "../../core/claims";
import { fail } from "../../core/fail";
import { requireGiven } from "../../core/given";
import { requireOneObject } from "../../core/one-object";
import { failLockedTwice } from "../bound";

/** The factories of `Backend` for apps of the user, with the Terraform type of the app. */
const APP_TYPES = {
  fromLinuxFunctionApp: "azurerm_linux_function_app",
  fromWindowsFunctionApp: "azurerm_windows_function_app",
  fromFlexFunctionApp: "azurerm_function_app_flex_consumption",
  fromLinuxWebApp: "azurerm_linux_web_app",
  fromWindowsWebApp: "azurerm_windows_web_app",
  fromContainerApp: "azurerm_container_app",
  fromLogicAppStandard: "azurerm_logic_app_standard",
};

/** A factory of `Backend` that takes an object of the user. */
export type OwnAppFactory = keyof typeof APP_TYPES;

/** The factory for apps of a Terraform type, or for slots of them; `undefined` if there is none. */
export function factoryOfType(type: string): string | undefined {
  return Object.entries(APP_TYPES).find(([, each]) => each === type.replace(/_slot$/, ""))?.[0];
}

/** Returns the app, which must be an object of the factory's type. */
export function requireOwnApp<T extends TerraformResource>(
  scope: Construct,
  name: OwnAppFactory,
  app: T,
  members: readonly (keyof T & string)[],
): T {
  const factory = `Backend.${name}`;
  requireGiven(scope, app, {
    name: `the app of ${factory}`,
    has: ["terraformResourceType"],
    example: `${factory}(app) with your app object. For an app of another state, use Backend.existingApp(...)`,
  });
  const right = factoryOfType(app.terraformResourceType);
  if (right !== undefined && right !== name) failWithType(scope, name, app, right);
  requireGiven(scope, app, {
    name: `the app of ${factory}`,
    has: members,
    example: `${factory}(app) with your app object, not a data source. For an app of another state, use Backend.existingApp(...)`,
  });
  if (app.terraformResourceType !== APP_TYPES[name]) failWithType(scope, name, app);
  requireOneObject(scope, app);
  return app;
}

function failWithType(scope: Construct, name: OwnAppFactory, app: TerraformResource, right?: string): never {
  const { node, terraformResourceType: type } = app;
  fail(
    scope,
    "app-of-another-type",
    `Backend.${name}(app) received "${node.path}", which is of type ${type}, not ${APP_TYPES[name]}.`,
    right ? `Write Backend.${right}(app).` : "Pass the object of the app.",
  );
}

/** Makes the backend the only one of the app. Its other resources, such as slots, must be in the same stack. */
export function claimOwnApp(scope: Construct, app: TerraformResource, others: readonly TerraformResource[] = []): void {
  const elsewhere = [app, ...others].find((one) => TerraformStack.of(one) !== TerraformStack.of(scope));
  if (elsewhere)
    fail(
      scope,
      "app-in-another-stack",
      `The app "${elsewhere.node.path}" is in another stack. Its sign-in needs the gateway's identity, and the gateway needs the ` +
        `app's address, so each stack would have to be deployed before the other.`,
      "Create the SecureApimBackend in the stack of the app. The gateway can be in any stack.",
    );
  const lockedBy = claim(app, "sign-in", "", scope);
  if (lockedBy !== undefined) failLockedTwice(scope, app.node.path, lockedBy);
}
