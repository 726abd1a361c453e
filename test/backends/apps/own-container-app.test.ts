import { TerraformIterator, TerraformStack } from "cdktf";
import { ContainerApp, ContainerAppConfig, ContainerAppIngress } from "@cdktf/provider-azurerm/lib/container-app";
import { DataAzurermContainerApp } from "@cdktf/provider-azurerm/lib/data-azurerm-container-app";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { AppRegistration, Backend, InvokeAssignment } from "cdktf-secure-apim-backend";
import { AzapiResource } from "../../../lib/azure/azapi";
import { refusal } from "../../helpers/refusal";
import { findings, Json, only, stackWithProviders, synth } from "../../helpers/synth";
import { OWN_APP, OWN_CONTAINER_APP } from "../kinds";
import { secure } from "./behind-gateway";

const { ingress: INGRESS } = OWN_CONTAINER_APP;

let stack: TerraformStack;
beforeEach(() => (stack = stackWithProviders()));

const own = (config: Partial<ContainerAppConfig> = {}): ContainerApp =>
  new ContainerApp(stack, "App", { ...OWN_CONTAINER_APP, ...config });
const withIngress = (ingress: Partial<ContainerAppIngress>): ContainerApp =>
  own({ ingress: { ...INGRESS, ...ingress } });

describe("a container app of the user's own", () => {
  test("gets a sign-in, and nothing else is set on it", () => {
    const alone = stackWithProviders();
    new ContainerApp(alone, "App", OWN_CONTAINER_APP);
    secure(stack, Backend.fromContainerApp(own()));
    const json = synth(stack);
    expect(only(json, "azurerm_container_app")).toEqual(only(synth(alone), "azurerm_container_app"));
    expect(only(json, "azapi_resource").body.properties.globalValidation).toEqual({
      unauthenticatedClientAction: "Return401",
    });
  });

  test("is called where it is told, with the registration that it is given", () => {
    const registration = AppRegistration.fromAttributes(stack, "Registration", {
      clientId: "11111111-2222-3333-4444-555555555555",
      assignment: InvokeAssignment.managedElsewhere("the identity team assigns it"),
    });
    secure(stack, Backend.fromContainerApp(own(), { registration, routePrefix: "v2" }));
    const json = synth(stack);
    expect(only(json, "azurerm_api_management_backend").url).toBe(
      "https://${azurerm_container_app.App.ingress[0].fqdn}/v2",
    );
    expect(
      only(json, "azapi_resource").body.properties.identityProviders.azureActiveDirectory.validation.allowedAudiences,
    ).toEqual([registration.clientId]);
  });

  test.each<[string, Partial<ContainerAppIngress>]>([
    ["ingress.externalEnabled", { externalEnabled: false }],
    ["ingress.externalEnabled", { externalEnabled: undefined }],
    ["ingress.allowInsecureConnections", { allowInsecureConnections: true }],
    ["ingress.transport", { transport: "tcp" }],
    ["ingress.exposedPort", { exposedPort: 5432 }],
  ])("is refused when %s is %j", (attribute, ingress) => {
    secure(stack, Backend.fromContainerApp(withIngress(ingress)));
    expect(findings(stack)).toEqual([
      refusal("own-ingress", "[app/App]", `Set ${attribute} on it`, "externalEnabled: true"),
    ]);
  });

  test("is refused without ingress, in which nobody could call it", () => {
    secure(stack, Backend.fromContainerApp(own({ ingress: undefined })));
    expect(findings(stack)).toEqual([
      refusal(
        "own-ingress",
        "Set ingress.externalEnabled on it as in ingress: { externalEnabled: true, targetPort: 8080,",
        "trafficWeight: [{ latestRevision: true, percentage: 100 }] }",
      ),
    ]);
  });

  test("is checked by Terraform where only it knows the ingress", () => {
    const app = withIngress({});
    app.addOverride("ingress.external_enabled", "${var.external}");
    secure(stack, Backend.fromContainerApp(app));
    const { precondition } = only(synth(stack), "azapi_resource").lifecycle;
    expect(precondition).toEqual([
      {
        condition:
          '${(azurerm_container_app.App.ingress[0].external_enabled && (!azurerm_container_app.App.ingress[0].allow_insecure_connections && (azurerm_container_app.App.ingress[0].transport != "tcp")))}',
        error_message: refusal("own-ingress-at-plan"),
      },
    ]);
  });

  test("stays as it is checked: an ignored ingress is an error", () => {
    const app = own();
    app.lifecycle = { ignoreChanges: ["ingress"] };
    secure(stack, Backend.fromContainerApp(app));
    expect(findings(stack)).toEqual([refusal("guarded-attribute-ignored", '"app/App"', "ingress")]);
  });

  test("is one app", () => {
    const iterated = own({ forEach: TerraformIterator.fromList(["west", "east"]) });
    expect(() => secure(stack, Backend.fromContainerApp(iterated))).toThrow(
      refusal("repeated-object", '"app/App"', "Remove forEach"),
    );
  });

  test("has one sign-in: a second one of azapi is an error", () => {
    const app = own();
    secure(stack, Backend.fromContainerApp(app));
    new AzapiResource(stack, "Open", {
      resourceType: "azapi_resource",
      type: "Microsoft.App/containerApps/authConfigs@2024-03-01",
      name: "current",
      parentId: app.id,
      body: {},
    });
    expect(findings(stack)).toEqual([refusal("app-opened-beside", '"app/Open"', '"app/App"')]);
  });

  test("is the backend of one API", () => {
    const app = own();
    secure(stack, Backend.fromContainerApp(app));
    expect(() => secure(stack, Backend.fromContainerApp(app), "Again")).toThrow(
      refusal("app-locked-twice", "[app/Again/Backend]", '"app/App"', '"app/Orders/Backend"'),
    );
  });

  test("is refused in another stack than the API", () => {
    const app = new ContainerApp(new TerraformStack(stack.node.root, "apps"), "App", OWN_CONTAINER_APP);
    expect(() => secure(stack, Backend.fromContainerApp(app))).toThrow(refusal("app-in-another-stack", '"apps/App"'));
  });

  test("is no other app, and no data source", () => {
    const web = new LinuxWebApp(stack, "Web", OWN_APP) as Json as ContainerApp;
    expect(() => secure(stack, Backend.fromContainerApp(web))).toThrow(
      refusal("app-of-another-type", '"app/Web"', "azurerm_linux_web_app", "Backend.fromLinuxWebApp(app)"),
    );
    const data = new DataAzurermContainerApp(stack, "Data", {
      name: "a",
      resourceGroupName: "b",
    }) as Json as ContainerApp;
    expect(() => secure(stack, Backend.fromContainerApp(data), "Other")).toThrow(
      refusal("wrong-value", "Backend.fromContainerApp", '"app/Data"'),
    );
  });

  test("is refused by the factories of App Service, which name the right one", () => {
    const app = own() as Json as LinuxWebApp;
    expect(() => secure(stack, Backend.fromLinuxWebApp(app))).toThrow(
      refusal("app-of-another-type", "azurerm_container_app", "Backend.fromContainerApp(app)"),
    );
  });
});
