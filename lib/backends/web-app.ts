import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { BindOnce } from "../core/bind-once";
import * as errors from "../core/errors";
import { checkName, globallyUniqueName, kebabCase, NAME_RULES } from "../core/names";
import { Audience } from "../entra/audience";
import { AppServicePlan } from "./app-service-plan";
import { ApplicationInsightsRef } from "./application-insights-ref";
import { BackendBindOptions, BackendConfig, IApimBackend } from "./backend";
import { LinuxAppProps } from "./linux-app-props";
import { lockSignIn } from "./private/easy-auth";
import { SITE, SITE_CONFIG } from "./private/linux-site";
import { ownRegistration } from "./private/own-registration";
import { appUrl } from "./private/site-url";
import { allowTelemetry, IDENTITY_AUTHENTICATED_TELEMETRY } from "./private/telemetry";

/** Properties of a web app that we make. */
export interface WebAppProps extends LinuxAppProps {
  /**
   * Path on the app that API paths are appended to.
   *
   * @default - the root
   */
  readonly routePrefix?: string;
}

/** A Linux web app on a dedicated plan. */
export class WebAppBackend implements IApimBackend {
  /** Name of the app. */
  public readonly appName: string;
  /** Azure resource id of the app. */
  public readonly appId: string;
  /** Object id of the app's system-assigned identity, to give it roles on what it uses. */
  public readonly principalId: string;

  private readonly app = new BindOnce<LinuxWebApp>("Backend.webApp", errors.backendBoundTwice);

  constructor(private readonly props: WebAppProps) {
    this.appName = Lazy.stringValue({ produce: () => this.app.value.name });
    this.appId = Lazy.stringValue({ produce: () => this.app.value.id });
    this.principalId = Lazy.stringValue({ produce: () => this.app.value.identity.principalId });
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    const { props } = this;
    const { defaultName } = options;
    const group = props.resourceGroup;
    const registration = props.registration ?? ownRegistration(scope, defaultName);
    const insights = props.applicationInsights;

    const app = this.app.bind(
      scope,
      () =>
        new LinuxWebApp(scope, "Resource", {
          ...SITE,
          name: props.appName
            ? checkName(scope, NAME_RULES.app, props.appName, kebabCase(props.appName))
            : globallyUniqueName(scope, defaultName, group, 60),
          resourceGroupName: group.name,
          location: group.location,
          servicePlanId: (props.plan ?? AppServicePlan.dedicated("B1"))._bind(scope, defaultName, group).id,
          appSettings: { ...(insights && telemetrySettings(insights)), ...props.appSettings },
          siteConfig: { ...SITE_CONFIG, applicationStack: props.runtime._webAppStack(scope) },
          tags: props.tags,
        }),
    );
    lockSignIn(scope, app, registration);
    if (insights) allowTelemetry(scope, insights, app.identity.principalId);

    return {
      url: appUrl(scope, app.defaultHostname, props.routePrefix ?? ""),
      audience: Audience.registration(registration),
      ready: [app],
    };
  }
}

function telemetrySettings(insights: ApplicationInsightsRef): { [name: string]: string } {
  return {
    ...IDENTITY_AUTHENTICATED_TELEMETRY,
    APPLICATIONINSIGHTS_CONNECTION_STRING: insights.connectionString,
    ApplicationInsightsAgent_EXTENSION_VERSION: "~3",
  };
}
