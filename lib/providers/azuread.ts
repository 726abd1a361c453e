import type { AppRoleAssignment } from "@cdktf/provider-azuread/lib/app-role-assignment";
import type { Application, applicationAppRoleToTerraform } from "@cdktf/provider-azuread/lib/application";
import type { DataAzureadApplication } from "@cdktf/provider-azuread/lib/data-azuread-application";
import type { DataAzureadServicePrincipal } from "@cdktf/provider-azuread/lib/data-azuread-service-principal";
import type { ServicePrincipal } from "@cdktf/provider-azuread/lib/service-principal";
import { loadedOnUse } from "../core/loaded-on-use";

/* eslint-disable @typescript-eslint/no-require-imports -- here only */

/**
 * What the library uses of the azuread provider. Each module is loaded when its class or function is first used: together they are
 * larger than the rest of the library.
 *
 * @see docs/design/decisions.md#providers-are-loaded-on-use
 */
export const azuread = loadedOnUse({
  Application: (): typeof Application => require("@cdktf/provider-azuread/lib/application").Application,
  applicationAppRoleToTerraform: (): typeof applicationAppRoleToTerraform =>
    require("@cdktf/provider-azuread/lib/application").applicationAppRoleToTerraform,
  AppRoleAssignment: (): typeof AppRoleAssignment =>
    require("@cdktf/provider-azuread/lib/app-role-assignment").AppRoleAssignment,
  DataAzureadApplication: (): typeof DataAzureadApplication =>
    require("@cdktf/provider-azuread/lib/data-azuread-application").DataAzureadApplication,
  DataAzureadServicePrincipal: (): typeof DataAzureadServicePrincipal =>
    require("@cdktf/provider-azuread/lib/data-azuread-service-principal").DataAzureadServicePrincipal,
  ServicePrincipal: (): typeof ServicePrincipal =>
    require("@cdktf/provider-azuread/lib/service-principal").ServicePrincipal,
});
