import { Construct } from "constructs";
import { BindOnce, BOUND } from "../../core/bind-once";
import { claim } from "../../core/claims";
import { isToken } from "../../core/tokens";
import { Audience } from "../../entra/audience";
import { IAppRegistration } from "../../entra/registration";
import { PolicyDocument } from "../../policy/policy-document";
import { BackendBindOptions, BackendConfig, IApimBackend } from "../backend";
import { declaredApp, lockSite } from "./existing-site";
import { newRegistration } from "../../entra/app-registration";
import { fail } from "../../core/fail";
import { appLockedTwice } from "./sign-in/lock-app";

/** How to call an app that another state owns. */
export interface ExistingAppOptions {
  /**
   * The app registration that stands for the app.
   *
   * @default - a new one
   */
  readonly registration?: IAppRegistration;
}

const SITE_ID = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Web\/sites\/[^/]+$/i;

/** An app that another state owns: its sign-in is set, and nothing else on it. */
export class ExistingAppBackend implements IApimBackend {
  private readonly bound = new BindOnce<BackendConfig>("Backend.existingApp", BOUND.backend);

  constructor(
    private readonly siteId: string,
    private readonly url: string,
    private readonly props: ExistingAppOptions = {},
  ) {}

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    return this.bound.bind(scope, () => this.lock(scope, options));
  }

  private lock(scope: Construct, options: BackendBindOptions): BackendConfig {
    const { siteId, url, props } = this;
    if (!isToken(siteId) && !SITE_ID.test(siteId))
      fail(
        scope,
        "invalid-site-id",
        `"${siteId}" is no resource id of an App Service or Functions app. Write the one that Azure shows under "Resource ID": ` +
          `"/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Web/sites/<app>", without a slot.`,
      );
    const declared = declaredApp(scope, siteId);
    if (declared !== undefined)
      fail(
        scope,
        "existing-app-declared-here",
        `Backend.existingApp was given the id of ${declared}, an app of this very stack: azurerm would take off at each apply what azapi sets. ` +
          `Write the factory for your own object, for example Backend.fromLinuxFunctionApp(app).`,
      );
    const lockedBy = claim(scope.node.root, "site", siteId, scope);
    if (lockedBy !== undefined) appLockedTwice(scope, siteId, lockedBy);

    const registration = props.registration ?? newRegistration(scope, options.defaultName);
    return {
      url,
      audience: Audience.registration(registration),
      policy: PolicyDocument.EMPTY,
      dependencies: [lockSite(scope, siteId, registration)],
    };
  }
}
