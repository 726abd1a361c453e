import type { LinuxFunctionAppSlot } from "@cdktf/provider-azurerm/lib/linux-function-app-slot";
import type { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import type { WindowsFunctionAppSlot } from "@cdktf/provider-azurerm/lib/windows-function-app-slot";
import type { WindowsWebAppSlot } from "@cdktf/provider-azurerm/lib/windows-web-app-slot";
import { DOORS, FLEX_DOORS, warnOfOpenDoors } from "../../azure/user-resource";
import { registrationOf } from "../../entra/registration-of";
import { PropertyNames, requireOnly } from "../../core/property-names";
import { IApimBackend } from "../backend";
import { OpaqueBackend } from "../bound";
import { APP_OPTIONS } from "./app-options";
import { claimOwnApp, OwnAppFactory, requireOwnApp } from "./own-app";
import { AnonymousPaths } from "./sign-in/anonymous-paths";
import { SignInApp } from "./sign-in/easy-auth";
import { LockableApp, lockApp } from "./sign-in/lock-app";
import { checkedSignIn, MovedAppOptions } from "./sign-in/sign-in";
import { requireGiven, requireList } from "../../core/given";

/** How the gateway calls your app. */
export interface DeclaredAppOptions extends MovedAppOptions {
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

const OPTIONS: PropertyNames<DeclaredAppOptions> = {
  ...APP_OPTIONS,
  anonymousPaths: true,
  routePrefix: true,
  signIn: true,
};
const WITH_SLOTS: PropertyNames<DeclaredLinuxWebAppOptions> = { ...OPTIONS, slots: true };

/** An app that the user declares. Only its sign-in and that of its slots is set. */
export function declaredApp(
  name: Exclude<OwnAppFactory, "fromContainerApp" | "fromLogicAppStandard">,
  app: LockableApp,
  options: DeclaredAppOptions & { readonly slots?: readonly SignInApp[] } = {},
): IApimBackend {
  const factory = `Backend.${name}`;
  return new OpaqueBackend(factory, (scope, { defaultName }) => {
    const names = name === "fromFlexFunctionApp" ? OPTIONS : WITH_SLOTS;
    requireOnly<DeclaredAppOptions>(scope, factory, options, { names, example: `${factory}(app, { registration })` });
    const { anonymousPaths, slots = [] } = options;
    const routePrefix = options.routePrefix ?? (name.endsWith("FunctionApp") ? "api" : "");
    requireOwnApp(scope, name, app, ["putAuthSettingsV2"]);
    requireList(scope, "slots", slots, "slots: [slot]");
    const has = ["terraformResourceType", "putAuthSettingsV2"];
    slots.forEach((slot) => requireGiven(scope, slot, { name: "an entry of slots", has, example: "your slot object" }));
    claimOwnApp(scope, app, slots);

    const doors = name === "fromFlexFunctionApp" ? FLEX_DOORS : DOORS;
    [app, ...slots].forEach((one) => warnOfOpenDoors(one, doors));
    return lockApp(scope, app, {
      registration: registrationOf(scope, options, defaultName),
      routePrefix,
      anonymousPaths,
      signIn: checkedSignIn(scope, options.signIn),
      slots,
    });
  });
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
