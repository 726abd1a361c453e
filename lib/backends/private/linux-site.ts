import { LinuxFunctionAppConfig } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxWebAppConfig } from "@cdktf/provider-azurerm/lib/linux-web-app";

/** What every app that we make has, whatever it runs: HTTPS only, TLS 1.2 at least, no password to publish with. */
export const SITE = {
  httpsOnly: true,
  ftpPublishBasicAuthenticationEnabled: false,
  webdeployPublishBasicAuthenticationEnabled: false,
  identity: { type: "SystemAssigned" },
} satisfies Partial<LinuxFunctionAppConfig & LinuxWebAppConfig>;

/** The part of it that stands in `site_config`. */
export const SITE_CONFIG = {
  alwaysOn: true,
  ftpsState: "Disabled",
  minimumTlsVersion: "1.2",
  scmMinimumTlsVersion: "1.2",
  http2Enabled: true,
} satisfies Partial<LinuxFunctionAppConfig["siteConfig"] & LinuxWebAppConfig["siteConfig"]>;
