import { Annotations, Aspects, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { BindOnce } from "../core/bind-once";
import { claim } from "../core/claims";
import * as errors from "../core/errors";
import { renderedAttributes } from "../core/rendered";
import { Audience } from "../entra/audience";
import { IAppRegistration } from "../entra/registration";
import { BackendBindOptions, BackendConfig, IApimBackend } from "./backend";
import { lockSignIn, SignInApp } from "./private/easy-auth";
import { ownRegistration } from "./private/own-registration";
import { appUrl } from "./private/site-url";

/** How to call an app of your own. */
export interface OwnAppProps {
  /**
   * The app registration that stands for the app.
   *
   * @default - a new one
   */
  readonly registration?: IAppRegistration;

  /**
   * Path on the app that API paths are appended to; empty for none.
   *
   * @default - "api" for a function app, as `host.json` has it; none for a web app
   */
  readonly routePrefix?: string;
}

/** An app that the user declared: its sign-in is set, and nothing else on it. */
export class OwnAppBackend implements IApimBackend {
  private readonly bound: BindOnce<BackendConfig>;

  constructor(
    factory: string,
    private readonly app: SignInApp & { readonly defaultHostname: string },
    private readonly props: OwnAppProps & { readonly routePrefix: string },
  ) {
    this.bound = new BindOnce(factory, errors.backendBoundTwice);
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    return this.bound.bind(scope, () => this.lock(scope, options));
  }

  private lock(scope: Construct, options: BackendBindOptions): BackendConfig {
    const { app, props } = this;
    const lockedBy = claim(app, "sign-in", "", scope);
    if (lockedBy !== undefined) throw errors.appLockedTwice(scope, app.node.path, lockedBy);

    const registration = props.registration ?? ownRegistration(scope, options.defaultName);
    lockSignIn(scope, app, registration);
    Aspects.of(app).add({ visit: (node) => node === app && warnOfOpenDoors(app) });
    return {
      url: appUrl(scope, app.defaultHostname, props.routePrefix),
      audience: Audience.registration(registration),
      ready: [app],
    };
  }
}

/** What stands open beside the sign-in unless it is set, in the words of the binding. */
const DOORS = [
  { attribute: "https_only", closed: true, property: "httpsOnly: true" },
  {
    attribute: "ftp_publish_basic_authentication_enabled",
    closed: false,
    property: "ftpPublishBasicAuthenticationEnabled: false",
  },
  {
    attribute: "webdeploy_publish_basic_authentication_enabled",
    closed: false,
    property: "webdeployPublishBasicAuthenticationEnabled: false",
  },
];

function warnOfOpenDoors(app: TerraformResource): void {
  const attributes = renderedAttributes(app);
  const open = DOORS.filter(({ attribute, closed }) => attributes[attribute] !== closed);
  if (open.length === 0) return;
  const warning = errors.openDoors(open.map(({ property }) => property));
  Annotations.of(app).addWarning(warning);
}
