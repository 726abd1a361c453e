import { Lazy } from "cdktf";
import {
  LinuxFunctionAppAuthSettingsV2,
  linuxFunctionAppAuthSettingsV2ToTerraform,
  LinuxFunctionAppSiteConfig,
  linuxFunctionAppSiteConfigToTerraform,
} from "@cdktf/provider-azurerm/lib/linux-function-app";
import { asTerraform } from "../../lib/core/as-terraform";

const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const SITE: LinuxFunctionAppSiteConfig = {
  ipRestrictionDefaultAction: "Deny",
  scmIpRestrictionDefaultAction: "Deny",
  scmUseMainIpRestriction: false,
  ipRestriction: [
    { name: "gateway", action: "Allow", ipAddress: "20.0.0.1/32", priority: 100 },
    {
      name: "subnet",
      action: "Allow",
      virtualNetworkSubnetId: "${azurerm_subnet.a.id}",
      headers: [{ xAzureFdid: ["a"] }],
    },
  ],
  scmIpRestriction: [],
};

const SIGN_IN: LinuxFunctionAppAuthSettingsV2 = {
  authEnabled: true,
  requireAuthentication: true,
  unauthenticatedAction: "Return401",
  requireHttps: true,
  excludedPaths: ["/health"],
  activeDirectoryV2: {
    clientId: "11111111-2222-3333-4444-555555555555",
    tenantAuthEndpoint: "https://login.microsoftonline.com/contoso/v2.0",
    allowedAudiences: ["api://orders"],
  },
  login: { tokenStoreEnabled: false },
};

test("a block is written as the provider writes it", () => {
  expect(asTerraform(SITE)).toEqual(withoutUndefined(linuxFunctionAppSiteConfigToTerraform(SITE)));
  expect(asTerraform(SIGN_IN)).toEqual(withoutUndefined(linuxFunctionAppAuthSettingsV2ToTerraform(SIGN_IN)));
});

test("what Terraform or cdktf resolves later stays as it is", () => {
  const later = Lazy.anyValue({ produce: () => [] });
  expect(asTerraform({ ipRestriction: later }).ip_restriction).toBe(later);
});
