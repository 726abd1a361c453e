import { Construct } from "constructs";
import { BindOnce } from "../../core/bind-once";
import { BOUND_BACKEND } from "../bound";
import { claim } from "../../core/claims";
import { isToken } from "../../core/tokens";
import { Audience } from "../../entra/audience";
import { IAppRegistration } from "../../entra/registration";
import { PolicyDocument } from "../../policy/policy-document";
import { BackendBindOptions, BackendConfig, IApimBackend } from "../backend";
import { declaredApp, lockSite } from "./existing-site";
import { createRegistration } from "../../entra/app-registration";
import { fail } from "../../core/fail";
import { failLockedTwice } from "./sign-in/lock-app";

/** How the gateway calls an app that another Terraform state owns. */
export interface ExistingAppOptions {
  /**
   * The Entra app registration of the app. Callers get tokens for it.
   *
   * @default - a new registration
   */
  readonly registration?: IAppRegistration;
}

const SITE_ID = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Web\/sites\/[^/]+$/i;

/** An app that another state owns. Only its sign-in is set. */
export class ExistingAppBackend implements IApimBackend {
  public readonly factory: string = "Backend.existingApp";

  private readonly bound = new BindOnce<BackendConfig>(this.factory, BOUND_BACKEND);

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
        `"${siteId}" is not the resource ID of an App Service or Functions app.`,
        'Write the ID that Azure shows under "Resource ID", without a slot: ' +
          '"/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Web/sites/<app>".',
      );
    const declared = declaredApp(scope, siteId);
    if (declared !== undefined)
      fail(
        scope,
        "existing-app-declared-here",
        `Backend.existingApp got the ID of ${declared}, which this stack declares. At each apply, azurerm would remove the sign-in ` +
          `that azapi sets.`,
        "Use the factory for your object, for example Backend.fromLinuxFunctionApp(app).",
      );
    const lockedBy = claim(scope.node.root, "site", siteId, scope);
    if (lockedBy !== undefined) failLockedTwice(scope, siteId, lockedBy);

    const registration = props.registration ?? createRegistration(scope, options.defaultName);
    return {
      url,
      audience: Audience.registration(registration),
      policy: PolicyDocument.EMPTY,
      dependencies: [lockSite(scope, siteId, registration)],
    };
  }
}
