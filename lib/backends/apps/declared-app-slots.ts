import { LinuxFunctionAppSlot } from "@cdktf/provider-azurerm/lib/linux-function-app-slot";
import { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import { WindowsFunctionAppSlot } from "@cdktf/provider-azurerm/lib/windows-function-app-slot";
import { WindowsWebAppSlot } from "@cdktf/provider-azurerm/lib/windows-web-app-slot";
import { DeclaredAppOptions } from "./declared-app";

/** How to call a Linux function app of your own that has deployment slots. */
export interface DeclaredLinuxFunctionAppOptions extends DeclaredAppOptions {
  /**
   * All deployment slots of the app. Each gets the sign-in of the app: the same registration, the same callers.
   *
   * @default - none; a slot of the app in the stack that is not listed is an error at synth
   */
  readonly slots?: LinuxFunctionAppSlot[];
}

/** How to call a Windows function app of your own that has deployment slots. */
export interface DeclaredWindowsFunctionAppOptions extends DeclaredAppOptions {
  /**
   * All deployment slots of the app. Each gets the sign-in of the app: the same registration, the same callers.
   *
   * @default - none; a slot of the app in the stack that is not listed is an error at synth
   */
  readonly slots?: WindowsFunctionAppSlot[];
}

/** How to call a Linux web app of your own that has deployment slots. */
export interface DeclaredLinuxWebAppOptions extends DeclaredAppOptions {
  /**
   * All deployment slots of the app. Each gets the sign-in of the app: the same registration, the same callers.
   *
   * @default - none; a slot of the app in the stack that is not listed is an error at synth
   */
  readonly slots?: LinuxWebAppSlot[];
}

/** How to call a Windows web app of your own that has deployment slots. */
export interface DeclaredWindowsWebAppOptions extends DeclaredAppOptions {
  /**
   * All deployment slots of the app. Each gets the sign-in of the app: the same registration, the same callers.
   *
   * @default - none; a slot of the app in the stack that is not listed is an error at synth
   */
  readonly slots?: WindowsWebAppSlot[];
}
