import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { LinuxFunctionAppSlot } from "@cdktf/provider-azurerm/lib/linux-function-app-slot";
import { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import { WindowsFunctionAppSlot } from "@cdktf/provider-azurerm/lib/windows-function-app-slot";
import { WindowsWebAppSlot } from "@cdktf/provider-azurerm/lib/windows-web-app-slot";
import { DOORS, FLEX_DOORS, warnOfOpenDoors } from "../../azure/user-resource";
import { claim } from "../../core/claims";
import { fail } from "../../core/fail";
import { createRegistration } from "../../entra/app-registration";
import { IApimBackend } from "../backend";
import { OpaqueBackend, failLockedTwice } from "../bound";
import { AppOptions } from "./app-options";
import { AnonymousPaths } from "./sign-in/anonymous-paths";
import { SignInApp } from "./sign-in/easy-auth";
import { LockableApp, lockApp } from "./sign-in/lock-app";
import { requireGiven, requireList, requireProps } from "../../core/given";

/** How the gateway calls your app. */
export interface DeclaredAppOptions extends AppOptions {
  /**
   * Paths that answer to everyone without sign-in, for probes that cannot send a token. Slots have the same paths.
   *
   * @default - none; App Service's health check does not need one
   */
  readonly anonymousPaths?: AnonymousPaths;

  /**
   * Path on the app to which API paths are appended; an empty string for none.
   *
   * @default - "api" for a function app, as `host.json` has it; none for a web app
   */
  readonly routePrefix?: string;
}

/** The factories of `Backend` for apps of the user, with the Terraform type of the app. */
const APP_TYPES = {
  fromLinuxFunctionApp: "azurerm_linux_function_app",
  fromWindowsFunctionApp: "azurerm_windows_function_app",
  fromFlexFunctionApp: "azurerm_function_app_flex_consumption",
  fromLinuxWebApp: "azurerm_linux_web_app",
  fromWindowsWebApp: "azurerm_windows_web_app",
};

/** An app that the user declares. Only its sign-in and that of its slots is set. */
export function declaredApp(
  name: keyof typeof APP_TYPES,
  app: LockableApp,
  options: DeclaredAppOptions & { readonly slots?: readonly SignInApp[] } = {},
): IApimBackend {
  const factory = `Backend.${name}`;
  return new OpaqueBackend(factory, (scope, { defaultName }) => {
    requireProps(scope, options, `${factory}(app, { slots: [slot] })`, ["registration"]);
    const { registration, anonymousPaths, slots = [] } = options;
    const routePrefix = options.routePrefix ?? (name.endsWith("FunctionApp") ? "api" : "");
    const has = ["terraformResourceType", "putAuthSettingsV2"];
    requireGiven(scope, app, {
      name: `the app of ${factory}`,
      has,
      example: `${factory}(app) with your app object. For an app of another state, use Backend.existingApp(...)`,
    });
    requireType(scope, name, app);
    requireList(scope, "slots", slots, "slots: [slot]");
    slots.forEach((slot) => requireGiven(scope, slot, { name: "an entry of slots", has, example: "your slot object" }));
    const elsewhere = [app, ...slots].find((one) => TerraformStack.of(one) !== TerraformStack.of(scope));
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

    const doors = name === "fromFlexFunctionApp" ? FLEX_DOORS : DOORS;
    [app, ...slots].forEach((one) => warnOfOpenDoors(one, doors));
    return lockApp(scope, app, {
      registration: registration ?? createRegistration(scope, defaultName),
      routePrefix,
      anonymousPaths,
      slots,
    });
  });
}

function requireType(
  scope: Construct,
  name: keyof typeof APP_TYPES,
  { node, terraformResourceType }: LockableApp,
): void {
  if (terraformResourceType === APP_TYPES[name]) return;
  const right = Object.entries(APP_TYPES).find(([, type]) => type === terraformResourceType);
  fail(
    scope,
    "app-of-another-type",
    `Backend.${name}(app) received "${node.path}", which is of type ${terraformResourceType}, not ${APP_TYPES[name]}.`,
    right ? `Write Backend.${right[0]}(app).` : "Pass the object of the app.",
  );
}

/** How the gateway calls your Linux function app, and its deployment slots. */
export interface DeclaredLinuxFunctionAppOptions extends DeclaredAppOptions {
  /**
   * All deployment slots of the app. Each gets the sign-in of the app: the same registration and the same callers.
   *
   * @default - none; a slot of the app that is in the stack and not listed is an error at synth
   */
  readonly slots?: LinuxFunctionAppSlot[];
}

/** How the gateway calls your Windows function app, and its deployment slots. */
export interface DeclaredWindowsFunctionAppOptions extends DeclaredAppOptions {
  /**
   * All deployment slots of the app. Each gets the sign-in of the app: the same registration and the same callers.
   *
   * @default - none; a slot of the app that is in the stack and not listed is an error at synth
   */
  readonly slots?: WindowsFunctionAppSlot[];
}

/** How the gateway calls your Linux web app, and its deployment slots. */
export interface DeclaredLinuxWebAppOptions extends DeclaredAppOptions {
  /**
   * All deployment slots of the app. Each gets the sign-in of the app: the same registration and the same callers.
   *
   * @default - none; a slot of the app that is in the stack and not listed is an error at synth
   */
  readonly slots?: LinuxWebAppSlot[];
}

/** How the gateway calls your Windows web app, and its deployment slots. */
export interface DeclaredWindowsWebAppOptions extends DeclaredAppOptions {
  /**
   * All deployment slots of the app. Each gets the sign-in of the app: the same registration and the same callers.
   *
   * @default - none; a slot of the app that is in the stack and not listed is an error at synth
   */
  readonly slots?: WindowsWebAppSlot[];
}
