import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Audience } from "../../../entra/audience";
import { IAppRegistration } from "../../../entra/registration";
import { PolicyDocument } from "../../../policy/policy-document";
import { BackendConfig } from "../../backend";
import { appUrl } from "../site";
import { AnonymousPaths, checkedPaths } from "./anonymous-paths";
import { forbidBeside } from "./beside-app";
import { lockSignIn, SignInApp } from "./easy-auth";
import { SignIn } from "./sign-in";
import { lockSlots } from "./slots";

/** An app that can be locked and called. */
export interface LockableApp extends SignInApp {
  readonly defaultHostname: string;
}

/** How the gateway calls an app, and what is locked with it. */
export interface LockedAppOptions {
  readonly registration: IAppRegistration;
  readonly routePrefix: string;
  readonly anonymousPaths?: AnonymousPaths;
  readonly signIn?: SignIn;
  /** What else must exist before the app can answer. */
  readonly dependencies?: readonly ITerraformDependable[];
  readonly slots?: readonly SignInApp[];
}

/** Sets the sign-in of an app and its slots, and returns how the gateway calls it. */
export function lockApp(scope: Construct, app: LockableApp, options: LockedAppOptions): BackendConfig {
  const excludedPaths =
    options.anonymousPaths && checkedPaths(scope, options.anonymousPaths)._bind(scope, options.routePrefix, app);
  const { signIn = SignIn.REQUIRED } = options;
  signIn._announce(scope, app.node.path, app);
  const settings = { signIn, excludedPaths };
  lockSignIn(scope, app, options.registration, settings);
  lockSlots(scope, app, options.slots ?? [], options.registration, settings);
  forbidBeside(scope, app);
  return {
    url: appUrl(scope, app.defaultHostname, options.routePrefix),
    audience: Audience.registration(options.registration),
    policy: PolicyDocument.EMPTY,
    dependencies: [app, ...(options.dependencies ?? [])],
    _withoutToken: !signIn._sendsToken,
  };
}
