import { TerraformStack } from "cdktf";
import { DataAzurermLinuxWebApp } from "@cdktf/provider-azurerm/lib/data-azurerm-linux-web-app";
import { ContainerApp } from "@cdktf/provider-azurerm/lib/container-app";
import { DataAzurermContainerApp } from "@cdktf/provider-azurerm/lib/data-azurerm-container-app";
import { DataAzurermResourceGroup } from "@cdktf/provider-azurerm/lib/data-azurerm-resource-group";
import { DataAzurermStorageAccount } from "@cdktf/provider-azurerm/lib/data-azurerm-storage-account";
import { LogicAppStandard } from "@cdktf/provider-azurerm/lib/logic-app-standard";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { Backend, IApimBackend } from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { only, stackWithProviders, synth } from "../../helpers/synth";
import { OWN_APP, OWN_CONTAINER_APP, OWN_LOGIC_APP } from "../kinds";
import { secure } from "./behind-gateway";

const SITE = "/subscriptions/0000/resourceGroups/rg-legacy/providers/Microsoft.Web/sites/legacy";
const URL = "https://legacy.azurewebsites.net/api";

function stackOf(backend: IApimBackend): TerraformStack {
  const stack = stackWithProviders();
  secure(stack, backend);
  return stack;
}

describe("an existing app", () => {
  test("has every other way in closed, and nothing else touched", () => {
    const { body, ...rest } = only(synth(stackOf(Backend.existingApp(SITE, URL))), "azapi_update_resource");
    expect(rest).toEqual({
      type: "Microsoft.Web/sites/config@2023-12-01",
      name: "authsettingsV2",
      parent_id: SITE,
      response_export_values: [],
    });
    const { azureActiveDirectory, ...others } = body.properties.identityProviders;
    expect({ ...body.properties, identityProviders: others }).toEqual({
      platform: { enabled: true, configFilePath: null },
      globalValidation: { requireAuthentication: true, unauthenticatedClientAction: "Return401", excludedPaths: null },
      httpSettings: { requireHttps: true },
      login: { tokenStore: { enabled: false } },
      identityProviders: {
        apple: { enabled: false },
        azureStaticWebApps: { enabled: false },
        facebook: { enabled: false },
        gitHub: { enabled: false },
        google: { enabled: false },
        legacyMicrosoftAccount: { enabled: false },
        twitter: { enabled: false },
        customOpenIdConnectProviders: null,
      },
    });
    expect(azureActiveDirectory.validation.defaultAuthorizationPolicy).toEqual({
      allowedApplications: null,
      allowedPrincipals: {
        groups: null,
        identities: ["${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}"],
      },
    });
  });

  test("has no claim left by which the gateway could be kept out", () => {
    const { body } = only(synth(stackOf(Backend.existingApp(SITE, URL))), "azapi_update_resource");
    expect(body.properties.identityProviders.azureActiveDirectory.validation.jwtClaimChecks).toEqual({
      allowedClientApplications: null,
      allowedGroups: null,
    });
  });

  test("can be looked up", () => {
    const stack = stackWithProviders();
    const app = new DataAzurermLinuxWebApp(stack, "Legacy", { name: "legacy", resourceGroupName: "rg-legacy" });
    const backend = Backend.existingApp(app.id, `https://${app.defaultHostname}`);
    secure(stack, backend);
    expect(only(synth(stack), "azapi_update_resource").parent_id).toBe("${data.azurerm_linux_web_app.Legacy.id}");
  });

  test.each(["legacy", `${SITE}/slots/staging`, SITE.replace("Microsoft.Web/sites", "Microsoft.App/containerApps")])(
    "is refused with the id %s",
    (id) => {
      expect(() => stackOf(Backend.existingApp(id, URL))).toThrow(
        refusal("invalid-site-id", "[app/Orders/Backend] ", `"${id}"`, "providers/Microsoft.Web/sites/<app>"),
      );
    },
  );

  test("is refused with an address that would carry the token in clear text", () => {
    expect(() => stackOf(Backend.existingApp(SITE, "http://legacy.azurewebsites.net"))).toThrow(
      refusal("invalid-backend-url", "[app/Orders] ", '"http://legacy.azurewebsites.net"'),
    );
  });

  test("is refused when it is declared in the stack", () => {
    const stack = stackWithProviders();
    const app = new LinuxWebApp(stack, "Legacy", OWN_APP);
    expect(() => secure(stack, Backend.existingApp(app.id, URL))).toThrow(
      refusal(
        "existing-app-declared-here",
        "[app/Orders/Backend] ",
        "azurerm_linux_web_app.Legacy",
        "Backend.fromLinuxWebApp(app)",
      ),
    );
  });

  test("is refused when it is a logic app of the stack", () => {
    const stack = stackWithProviders();
    const app = new LogicAppStandard(stack, "Flow", OWN_LOGIC_APP);
    expect(() => secure(stack, Backend.existingApp(app.id, URL))).toThrow(
      refusal("existing-app-declared-here", "azurerm_logic_app_standard.Flow", "Backend.fromLogicAppStandard(app)"),
    );
  });

  test.each<[string, (stack: TerraformStack) => { readonly id: string }, string, string]>([
    [
      "a container app of the stack",
      (stack) => new ContainerApp(stack, "App", OWN_CONTAINER_APP),
      "azurerm_container_app.App",
      "Backend.fromContainerApp(app)",
    ],
    [
      "a container app that is looked up",
      (stack) => new DataAzurermContainerApp(stack, "App", { name: "a", resourceGroupName: "rg" }),
      "data.azurerm_container_app.App",
      "Backend.url(",
    ],
    [
      "a storage account",
      (stack) => new DataAzurermStorageAccount(stack, "Account", { name: "a", resourceGroupName: "rg" }),
      "data.azurerm_storage_account.Account",
      "the ID of an app of App Service",
    ],
  ])("is refused with the id of %s", (_, declare, reference, remedy) => {
    const stack = stackWithProviders();
    const { id } = declare(stack);
    expect(() => secure(stack, Backend.existingApp(id, URL))).toThrow(
      refusal("not-an-app-service-site", "[app/Orders/Backend] ", reference, remedy),
    );
  });

  test("is checked at plan when its id is put together", () => {
    const stack = stackWithProviders();
    const group = new DataAzurermResourceGroup(stack, "Group", { name: "rg-legacy" });
    secure(stack, Backend.existingApp(`${group.id}/providers/Microsoft.Web/sites/legacy`, URL));
    expect(only(synth(stack), "azapi_update_resource").lifecycle.precondition).toEqual([
      { condition: expect.stringContaining("Microsoft[.]Web[/]sites"), error_message: refusal("site-id-at-plan") },
    ]);
  });

  test("is locked once", () => {
    const stack = stackOf(Backend.existingApp(SITE, URL));
    const id = SITE.toUpperCase().replace("MICROSOFT.WEB", "Microsoft.Web");
    expect(() => secure(stack, Backend.existingApp(id, URL), "Again")).toThrow(
      refusal("app-locked-twice", "[app/Again/Backend] ", `"${id}"`, '"app/Orders/Backend"'),
    );
  });

  test("is bound once", () => {
    const backend = Backend.existingApp(SITE, URL);
    const stack = stackOf(backend);
    expect(() => secure(stack, backend, "Again")).toThrow(
      refusal("backend-bound-twice", "[app/Again/Backend] ", "Backend.existingApp(...)", '"app/Orders/Backend"'),
    );
  });
});
