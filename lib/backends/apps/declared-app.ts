import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { LinuxFunctionAppSlot } from "@cdktf/provider-azurerm/lib/linux-function-app-slot";
import { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import { WindowsFunctionAppSlot } from "@cdktf/provider-azurerm/lib/windows-function-app-slot";
import { WindowsWebAppSlot } from "@cdktf/provider-azurerm/lib/windows-web-app-slot";
import { DOORS, warnOfOpenDoors } from "../../azure/user-resource";
import { BindOnce } from "../../core/bind-once";
import { claim } from "../../core/claims";
import { fail } from "../../core/fail";
import { createRegistration } from "../../entra/app-registration";
import { IAppRegistration } from "../../entra/registration";
import { BackendBindOptions, BackendConfig, IApimBackend } from "../backend";
import { BOUND_BACKEND, failLockedTwice } from "../bound";
import { AnonymousPaths } from "./sign-in/anonymous-paths";
import { SignInApp } from "./sign-in/easy-auth";
import { LockableApp, lockApp } from "./sign-in/lock-app";
import { requireGiven, requireList } from "../../core/given";

/** How the gateway calls your app. */
export interface DeclaredAppOptions {
  /**
   * The Entra app registration of the app. Callers get tokens for it.
   *
   * @default - a new registration
   */
  readonly registration?: IAppRegistration;

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

/** An app that the user declares. Only its sign-in and that of its slots is set. */
export class DeclaredAppBackend implements IApimBackend {
  private readonly bound: BindOnce<BackendConfig>;

  /**
   * @param routePrefix the default path on the app
   * @param doors what an app of this kind leaves open
   */
  constructor(
    public readonly factory: string,
    private readonly routePrefix: string,
    private readonly app: LockableApp,
    private readonly props: DeclaredAppOptions = {},
    private readonly slots: readonly SignInApp[] = [],
    private readonly doors = DOORS,
  ) {
    this.bound = new BindOnce(factory, BOUND_BACKEND);
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    return this.bound.bind(scope, () => this.lock(scope, options));
  }

  private lock(scope: Construct, options: BackendBindOptions): BackendConfig {
    const { app, props, slots, doors } = this;
    const has = ["terraformResourceType", "putAuthSettingsV2"];
    requireGiven(scope, app, {
      name: `the app of ${this.factory}`,
      has,
      example: `${this.factory}(app) with your app object. For an app of another state, use Backend.existingApp(...)`,
    });
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

    [app, ...slots].forEach((one) => warnOfOpenDoors(one, doors));
    return lockApp(scope, app, {
      registration: props.registration ?? createRegistration(scope, options.defaultName),
      routePrefix: props.routePrefix ?? this.routePrefix,
      anonymousPaths: props.anonymousPaths,
      slots,
    });
  }
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
