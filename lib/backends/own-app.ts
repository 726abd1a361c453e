import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { BindOnce } from "../core/bind-once";
import { claim } from "../core/claims";
import * as errors from "../core/errors";
import { BackendBindOptions, BackendConfig, IApimBackend } from "./backend";
import { OwnAppProps } from "./own-app-props";
import { SignInApp } from "./private/easy-auth";
import { LockableApp, lockedApp } from "./private/locked-app";
import { warnOfOpenDoors } from "./private/open-doors";
import { OwnAppKind } from "./private/own-app-kind";
import { ownRegistration } from "./private/own-registration";

/** An app that the user declared: the sign-in of it and its slots is set, and nothing else on them. */
export class OwnAppBackend implements IApimBackend {
  private readonly bound: BindOnce<BackendConfig>;

  constructor(
    private readonly kind: OwnAppKind,
    private readonly app: LockableApp,
    private readonly props: OwnAppProps = {},
    private readonly slots: readonly SignInApp[] = [],
  ) {
    this.bound = new BindOnce(kind.factory, errors.backendBoundTwice);
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    return this.bound.bind(scope, () => this.lock(scope, options));
  }

  private lock(scope: Construct, options: BackendBindOptions): BackendConfig {
    const { kind, app, props, slots } = this;
    const elsewhere = [app, ...slots].find((one) => TerraformStack.of(one) !== TerraformStack.of(scope));
    if (elsewhere) throw errors.appInAnotherStack(scope, elsewhere.node.path);
    const lockedBy = claim(app, "sign-in", "", scope);
    if (lockedBy !== undefined) throw errors.appLockedTwice(scope, app.node.path, lockedBy);

    [app, ...slots].forEach((one) => warnOfOpenDoors(one, kind.doors));
    return lockedApp(scope, app, {
      registration: props.registration ?? ownRegistration(scope, options.defaultName),
      routePrefix: props.routePrefix ?? kind.routePrefix,
      anonymousPaths: props.anonymousPaths,
      slots,
    });
  }
}
