import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { BindOnce, BOUND } from "../core/bind-once";
import { claim } from "../core/claims";
import { BackendBindOptions, BackendConfig, IApimBackend } from "./backend";
import { OwnAppProps } from "./own-app-props";
import { SignInApp } from "./private/easy-auth";
import { LockableApp, lockedApp, appLockedTwice } from "./private/locked-app";
import { warnOfOpenDoors } from "./private/open-doors";
import { OwnAppKind } from "./private/own-app-kind";
import { ownRegistration } from "./private/own-registration";
import { fail } from "../core/fail";

/** An app that the user declared: the sign-in of it and its slots is set, and nothing else on them. */
export class OwnAppBackend implements IApimBackend {
  private readonly bound: BindOnce<BackendConfig>;

  constructor(
    private readonly kind: OwnAppKind,
    private readonly app: LockableApp,
    private readonly props: OwnAppProps = {},
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
    if (elsewhere) fail(scope, "app-in-another-stack", `The app "${elsewhere.node.path}" is in another stack: its sign-in would need the gateway's identity, and the gateway the app's address, so ` +
          `that each stack had to be deployed before the other. Write the SecureApimBackend in the stack of the app. The gateway ` +
          `may be in any other.`);
    const lockedBy = claim(app, "sign-in", "", scope);
    if (lockedBy !== undefined) appLockedTwice(scope, app.node.path, lockedBy);

    [app, ...slots].forEach((one) => warnOfOpenDoors(one, kind.doors));
    return lockedApp(scope, app, {
      registration: props.registration ?? ownRegistration(scope, options.defaultName),
      routePrefix: props.routePrefix ?? kind.routePrefix,
      anonymousPaths: props.anonymousPaths,
      slots,
    });
  }
}
