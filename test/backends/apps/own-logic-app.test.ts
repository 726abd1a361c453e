import { TerraformStack } from "cdktf";
import { LogicAppStandard } from "@cdktf/provider-azurerm/lib/logic-app-standard";
import { Backend } from "cdktf-secure-apim-backend";
import { AzapiResource } from "../../../lib/azure/azapi";
import { refusal } from "../../helpers/refusal";
import { annotations, findings, only, stackWithProviders, synth, withoutHashes } from "../../helpers/synth";
import { OWN_LOGIC_APP } from "../kinds";
import { secure } from "./behind-gateway";

let stack: TerraformStack;
beforeEach(() => (stack = stackWithProviders()));

const own = (config: Partial<typeof OWN_LOGIC_APP> = {}): LogicAppStandard =>
  new LogicAppStandard(stack, "App", { ...OWN_LOGIC_APP, ...config });

describe("a logic app of the user's own", () => {
  test("gets a sign-in with every other way in closed, and nothing else is set on it", () => {
    const alone = stackWithProviders();
    new LogicAppStandard(alone, "App", OWN_LOGIC_APP);
    secure(stack, Backend.fromLogicAppStandard(own()));
    const json = synth(stack);
    expect(only(json, "azurerm_logic_app_standard")).toEqual(only(synth(alone), "azurerm_logic_app_standard"));
    const { type, name, body } = only(json, "azapi_update_resource");
    expect([type, name]).toEqual(["Microsoft.Web/sites/config@2023-12-01", "authsettingsV2"]);
    expect(body.properties.globalValidation).toEqual({
      requireAuthentication: true,
      unauthenticatedClientAction: "Return401",
      excludedPaths: null,
    });
    expect(body.properties.identityProviders.google).toEqual({ enabled: false });
  });

  test("gets the version that its triggers ask for, unless the consumer sends one", () => {
    secure(stack, Backend.fromLogicAppStandard(own()));
    expect(withoutHashes(only(synth(stack), "azurerm_api_management_api_policy").xml_content)).toContain(
      `<set-query-parameter id="secure-apim-backend-set-query-parameter" name="api-version" exists-action="skip">
      <value>2022-05-01</value>
    </set-query-parameter>`,
    );
  });

  test("says what it costs: the run history of the portal, and that SAS is to be disabled", () => {
    secure(stack, Backend.fromLogicAppStandard(own()));
    expect(annotations(stack)).toEqual([
      expect.stringMatching(
        /^info: The Azure portal can no longer show the run history of the logic app "app\/App".*Disable SAS/,
      ),
    ]);
  });

  test("is a warning with plain HTTP or publishing passwords", () => {
    secure(
      stack,
      Backend.fromLogicAppStandard(own({ httpsOnly: false, scmPublishBasicAuthenticationEnabled: undefined })),
    );
    synth(stack);
    expect(annotations(stack).filter((each) => each.startsWith("warn"))).toEqual([
      refusal("app-bypasses-sign-in", "httpsOnly: true, scmPublishBasicAuthenticationEnabled: false"),
    ]);
  });

  test.each([
    ["a sign-in", "Microsoft.Web/sites/config@2023-12-01"],
    ["a slot", "Microsoft.Web/sites/slots@2023-12-01"],
  ])("has no %s beside", (_, type) => {
    const app = own();
    secure(stack, Backend.fromLogicAppStandard(app));
    new AzapiResource(stack, "Open", {
      resourceType: "azapi_update_resource",
      type,
      name: "authsettingsV2",
      parentId: app.id,
      body: {},
    });
    expect(findings(stack)).toEqual([refusal("app-opened-beside", '"app/Open"', '"app/App"')]);
  });
});
