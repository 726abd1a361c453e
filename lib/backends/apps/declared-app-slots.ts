import { LinuxFunctionAppSlot } from "@cdktf/provider-azurerm/lib/linux-function-app-slot";
import { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import { WindowsFunctionAppSlot } from "@cdktf/provider-azurerm/lib/windows-function-app-slot";
import { WindowsWebAppSlot } from "@cdktf/provider-azurerm/lib/windows-web-app-slot";
import { DeclaredAppOptions } from "./declared-app";

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
