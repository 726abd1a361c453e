import { isDeepStrictEqual } from "util";
import { ITerraformDependable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { keepConditions } from "../../../core/guards";
import { renderedAttributes } from "../../../core/rendered";
import { IApimGateway } from "../../../gateway/gateway";
import { AppProps } from "../app-props";
import { NetworkAccess } from "./network-access";
import { AppResource } from "../created-app";
import { SiteNetwork } from "./network-rule";
import { finding } from "../../../core/fail";

/** Everything in `site_config` that says from where an app and its publishing site can be reached. */
const SITE_ATTRIBUTES = /^(scm_)?(ip_restriction|use_main_ip_restriction)/;

/** From where an app that we make can be reached. */
export class AppNetwork {
  public readonly site: SiteNetwork;

  private readonly access?: NetworkAccess;

  constructor(
    private readonly scope: Construct,
    private readonly props: AppProps,
    gateway: IApimGateway,
  ) {
    this.access = props.networkAccess;
    this.site = this.access?._site(scope, gateway) ?? {};
  }

  /** Makes what stands beside the app, and sees to it that what is rendered at synth is still what was set. */
  public lock(app: AppResource): ITerraformDependable[] {
    const { scope, access, site } = this;
    if (!access || (!site.config && !site.siteConfig)) return [];
    const ours = renderedNetwork(app);
    keepConditions(app);
    scope.node.addValidation({
      validate: () =>
        !isDeepStrictEqual(renderedNetwork(app), ours) || ignoresNetwork(app)
          ? [
              finding(
                "network-changed",
                `From where the app "${app.node.path}" can be reached was changed after networkAccess was set. Remove what changes ` +
                  `public_network_access_enabled or the restrictions in site_config (addOverride, an aspect, ignoreChanges), or write ` +
                  `networkAccess: NetworkAccess.anywhere() and restrict it yourself.`,
              ),
            ]
          : [],
    });
    return access._beside(scope, { id: app.id, name: app.name, resourceGroup: this.props.resourceGroup });
  }
}

/** From where the app can be reached as it stands in the Terraform JSON now, overrides included. */
function renderedNetwork(app: TerraformResource): unknown {
  const { public_network_access_enabled: open, site_config: site } = renderedAttributes(app);
  return [open, Object.entries(site ?? {}).filter(([name]) => SITE_ATTRIBUTES.test(name))];
}

function ignoresNetwork(app: TerraformResource): boolean {
  const ignored = renderedAttributes(app).lifecycle?.ignore_changes ?? [];
  return (
    ignored === "all" ||
    ignored.some((attribute: string) => /^(all|public_network_access_enabled|site_config\b.*)$/.test(attribute))
  );
}
