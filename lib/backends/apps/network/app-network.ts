import { Construct } from "constructs";
import { linuxFunctionAppSiteConfigToTerraform } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { guard } from "../../../core/guard";
import { IApimGateway } from "../../../gateway/gateway";
import { AppProps } from "../app-props";
import { NetworkAccess } from "./network-access";
import { CreatedResource } from "../created-app";
import { SiteNetwork } from "./network-rule";
import { finding } from "../../../core/fail";

/** Everything in `site_config` that limits from where an app and its publishing site can be reached. */
const SITE_ATTRIBUTES = [
  "ip_restriction",
  "ip_restriction_default_action",
  "scm_ip_restriction",
  "scm_ip_restriction_default_action",
  "scm_use_main_ip_restriction",
];

/** From where a created app can be reached. */
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

  /** Guards the restrictions of the app, and creates its private endpoint if it has one. */
  public lock(app: CreatedResource): PrivateEndpoint | undefined {
    const { scope, access, site } = this;
    if (!access || (!site.config && !site.siteConfig)) return undefined;
    // The settings have one shape for all kinds of app.
    const rendered = linuxFunctionAppSiteConfigToTerraform(site.siteConfig ?? {});
    guard(app, {
      attributes: {
        public_network_access_enabled: site.config?.publicNetworkAccessEnabled,
        ...Object.fromEntries(SITE_ATTRIBUTES.map((name) => [`site_config.${name}`, rendered[name]])),
      },
      changed: () =>
        finding(
          "network-changed",
          `The network access of the app "${app.node.path}" was changed after networkAccess was set.`,
          "Remove what changes public_network_access_enabled or the restrictions in site_config (addOverride, an aspect). Or write " +
            "networkAccess: NetworkAccess.anywhere() and restrict the app yourself.",
        ),
    });
    return access._createEndpoint(scope, { id: app.id, name: app.name, resourceGroup: this.props.resourceGroup });
  }
}
