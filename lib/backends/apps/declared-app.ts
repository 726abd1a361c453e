import { IAppRegistration } from "../../entra/registration";
import { AnonymousPaths } from "./sign-in/anonymous-paths";
import { DOORS, FLEX_DOORS, warnOfOpenDoors } from "../../azure/open-settings";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { BindOnce } from "../../core/bind-once";
import { BOUND_BACKEND } from "../bound";
import { claim } from "../../core/claims";
import { BackendBindOptions, BackendConfig, IApimBackend } from "../backend";
import { SignInApp } from "./sign-in/easy-auth";
import { failLockedTwice, LockableApp, lockApp } from "./sign-in/lock-app";
import { createRegistration } from "../../entra/app-registration";
import { fail } from "../../core/fail";

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

/** What differs between the kinds of apps that the user declares. */
export interface DeclaredAppKind {
  readonly factory: string;
  /** The default path on the app. */
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

/** An app that the user declares. Only its sign-in and that of its slots is set. */
export class DeclaredAppBackend implements IApimBackend {
  public readonly factory: string;

  private readonly bound: BindOnce<BackendConfig>;

  constructor(
    private readonly kind: DeclaredAppKind,
    private readonly app: LockableApp,
    private readonly props: DeclaredAppOptions = {},
    private readonly slots: readonly SignInApp[] = [],
  ) {
    this.factory = kind.factory;
    this.bound = new BindOnce(kind.factory, BOUND_BACKEND);
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
        `The app "${elsewhere.node.path}" is in another stack. Its sign-in needs the gateway's identity, and the gateway needs the ` +
          `app's address, so each stack would have to be deployed before the other.`,
        "Create the SecureApimBackend in the stack of the app. The gateway can be in any stack.",
      );
    const lockedBy = claim(app, "sign-in", "", scope);
    if (lockedBy !== undefined) failLockedTwice(scope, app.node.path, lockedBy);

    [app, ...slots].forEach((one) => warnOfOpenDoors(one, kind.doors));
    return lockApp(scope, app, {
      registration: props.registration ?? createRegistration(scope, options.defaultName),
      routePrefix: props.routePrefix ?? kind.routePrefix,
      anonymousPaths: props.anonymousPaths,
      slots,
    });
  }
}
