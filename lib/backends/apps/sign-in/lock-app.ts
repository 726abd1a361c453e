import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Audience } from "../../../entra/audience";
import { IAppRegistration } from "../../../entra/registration";
import { PolicyDocument } from "../../../policy/policy-document";
import { AnonymousPaths } from "./anonymous-paths";
import { BackendConfig } from "../../backend";
import { lockSignIn, SignInApp } from "./easy-auth";
import { appUrl } from "../site";
import { lockSlots } from "./slots";
import { fail } from "../../../core/fail";

/** An app that can be locked and called. */
export interface LockableApp extends SignInApp {
  readonly defaultHostname: string;
}

/** How the gateway calls an app, and what is locked with it. */
export interface LockedAppOptions {
  readonly registration: IAppRegistration;
  readonly routePrefix: string;
  readonly anonymousPaths?: AnonymousPaths;
  /** What else must exist before the app can answer. */
  readonly dependencies?: readonly ITerraformDependable[];
  readonly slots?: readonly SignInApp[];
}

/** Sets the sign-in of an app and its slots, and returns how the gateway calls it. */
export function lockApp(scope: Construct, app: LockableApp, options: LockedAppOptions): BackendConfig {
  const excludedPaths = options.anonymousPaths?._bind(scope, options.routePrefix);
  lockSignIn(scope, app, options.registration, excludedPaths);
  lockSlots(scope, app, options.slots ?? [], options.registration, excludedPaths);
  return {
    url: appUrl(scope, app.defaultHostname, options.routePrefix),
    audience: Audience.registration(options.registration),
    policy: PolicyDocument.EMPTY,
    dependencies: [app, ...(options.dependencies ?? [])],
  };
}

/** An app has one sign-in, and so is behind one backend. */
export function failLockedTwice(scope: Construct, app: string, lockedBy: string): never {
  fail(
    scope,
    "app-locked-twice",
    `The app "${app}" is already the backend at "${lockedBy}".`,
    "To put a second API in front of the same backend, write Backend.url(first.backendUrl, " +
      "Audience.registration(first.registration)), where first is that SecureApimBackend.",
  );
}
