import { IAppRegistration } from "../../entra/registration";
import { AnonymousPaths } from "./sign-in/anonymous-paths";
import { DOORS, FLEX_DOORS, warnOfOpenDoors } from "../../azure/open-settings";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { BindOnce, BOUND } from "../../core/bind-once";
import { claim } from "../../core/claims";
import { BackendBindOptions, BackendConfig, IApimBackend } from "../backend";
import { SignInApp } from "./sign-in/easy-auth";
import { LockableApp, lockedApp, appLockedTwice } from "./sign-in/lock-app";
import { newRegistration } from "../../entra/app-registration";
import { fail } from "../../core/fail";

/** How to call an app of your own. */
export interface DeclaredAppOptions {
  /**
   * The app registration that stands for the app.
   *
   * @default - a new one
   */
  readonly registration?: IAppRegistration;

  /**
   * Paths that answer to everybody, without signing in, for probes that can send no token; slots have the same.
   *
   * @default - none; App Service's own health check needs none
   */
  readonly anonymousPaths?: AnonymousPaths;

  /**
   * Path on the app that API paths are appended to; empty for none.
   *
   * @default - "api" for a function app, as `host.json` has it; none for a web app
   */
  readonly routePrefix?: string;
}

/** What kinds of app differ in when the user declared them. */
export interface DeclaredAppKind {
  readonly factory: string;
  /** Where API paths begin unless the user says otherwise. */
  readonly routePrefix: string;
  readonly doors: typeof DOORS;
}

const FUNCTIONS = { routePrefix: "api", doors: DOORS };
const WEB = { routePrefix: "", doors: DOORS };

export const LINUX_FUNCTION_APP: DeclaredAppKind = { factory: "Backend.fromLinuxFunctionApp", ...FUNCTIONS };
export const WINDOWS_FUNCTION_APP: DeclaredAppKind = { factory: "Backend.fromWindowsFunctionApp", ...FUNCTIONS };
export const FLEX_FUNCTION_APP: DeclaredAppKind = {
  ...FUNCTIONS,
  factory: "Backend.fromFlexFunctionApp",
  doors: FLEX_DOORS,
};
export const LINUX_WEB_APP: DeclaredAppKind = { factory: "Backend.fromLinuxWebApp", ...WEB };
export const WINDOWS_WEB_APP: DeclaredAppKind = { factory: "Backend.fromWindowsWebApp", ...WEB };

/** An app that the user declared: the sign-in of it and its slots is set, and nothing else on them. */
export class DeclaredAppBackend implements IApimBackend {
  private readonly bound: BindOnce<BackendConfig>;

  constructor(
    private readonly kind: DeclaredAppKind,
    private readonly app: LockableApp,
    private readonly props: DeclaredAppOptions = {},
    private readonly slots: readonly SignInApp[] = [],
  ) {
    this.bound = new BindOnce(kind.factory, BOUND.backend);
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    return this.bound.bind(scope, () => this.lock(scope, options));
  }

  private lock(scope: Construct, options: BackendBindOptions): BackendConfig {
    const { kind, app, props, slots } = this;
    const elsewhere = [app, ...slots].find((one) => TerraformStack.of(one) !== TerraformStack.of(scope));
    if (elsewhere)
      fail(
        scope,
        "app-in-another-stack",
        `The app "${elsewhere.node.path}" is in another stack: its sign-in would need the gateway's identity, and the gateway the app's address, so ` +
          `that each stack had to be deployed before the other. Write the SecureApimBackend in the stack of the app. The gateway ` +
          `may be in any other.`,
      );
    const lockedBy = claim(app, "sign-in", "", scope);
    if (lockedBy !== undefined) appLockedTwice(scope, app.node.path, lockedBy);

    [app, ...slots].forEach((one) => warnOfOpenDoors(one, kind.doors));
    return lockedApp(scope, app, {
      registration: props.registration ?? newRegistration(scope, options.defaultName),
      routePrefix: props.routePrefix ?? kind.routePrefix,
      anonymousPaths: props.anonymousPaths,
      slots,
    });
  }
}
