import { TerraformStack } from "cdktf";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { AppRuntime, AppServicePlan, Backend, ContainerRegistryAccess, IApimBackend } from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { annotations, findings, GROUP, only, stackWithProviders, synth } from "../../helpers/synth";
import { secure } from "./behind-gateway";

/* Images of the user on App Service, from a registry that is read with an identity. */

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const IDENTITY = { id: "/identities/pull", principalId: "p", clientId: "11111111-2222-3333-4444-555555555555" };
const ACR = { server: "contoso.azurecr.io", identity: IDENTITY };

const KINDS: Record<string, (runtime: AppRuntime) => IApimBackend> = {
  azurerm_linux_web_app: (runtime) => Backend.webApp({ resourceGroup: GROUP, runtime }),
  azurerm_linux_function_app: (runtime) => Backend.functionApp({ resourceGroup: GROUP, runtime }),
};

function siteOf(type: string, image: string, registry?: ContainerRegistryAccess) {
  secure(stack, KINDS[type](AppRuntime.container(image, registry)));
  return only(synth(stack), type);
}

describe.each(Object.keys(KINDS))("%s from a private registry", (type) => {
  test("reads the image with the identity, and has no password", () => {
    const app = siteOf(type, "contoso.azurecr.io/shop/orders:1.4.2", ACR);
    expect(app.identity).toEqual({ type: "SystemAssigned, UserAssigned", identity_ids: [IDENTITY.id] });
    expect(app.site_config).toMatchObject({
      container_registry_use_managed_identity: true,
      container_registry_managed_identity_client_id: IDENTITY.clientId,
    });
    expect(app.site_config.application_stack).toEqual(
      type.includes("web")
        ? { docker_image_name: "shop/orders:1.4.2", docker_registry_url: "https://contoso.azurecr.io" }
        : {
            docker: [{ image_name: "shop/orders", image_tag: "1.4.2", registry_url: "https://contoso.azurecr.io" }],
          },
    );
    expect(annotations(stack)).toEqual([]);
  });

  test("the admin's password cannot be added, nor the identity removed", () => {
    const backend = KINDS[type](AppRuntime.container("contoso.azurecr.io/orders:1", ACR));
    secure(stack, backend);
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- both have an app
    const { app } = backend as any;
    app.addOverride("site_config.container_registry_use_managed_identity", false);
    const [user, password] = type.includes("web")
      ? ["docker_registry_username", "docker_registry_password"]
      : ["docker.0.registry_username", "docker.0.registry_password"];
    app.addOverride(`site_config.application_stack.${user}`, "contoso");
    app.addOverride(`site_config.application_stack.${password}`, "secret");
    expect(findings(stack)).toEqual([
      refusal(
        "registry-access-changed",
        "container_registry_use_managed_identity",
        user.replace("0.", ""),
        password.replace("0.", ""),
      ),
    ]);
  });

  test("the tag may come from a pipeline, and the registry from a resource", () => {
    const identity = new UserAssignedIdentity(stack, "Pull", {
      name: "pull",
      resourceGroupName: GROUP.name,
      location: GROUP.location,
    });
    const server = "${azurerm_container_registry.acr.login_server}";
    const app = siteOf(type, `${server}/orders:\${var.tag}`, { server, identity });
    expect(JSON.stringify(app.site_config.application_stack)).toContain(`"https://${server}"`);
    expect(app.site_config.container_registry_managed_identity_client_id).toBe(
      "${azurerm_user_assigned_identity.Pull.client_id}",
    );
  });
});

test.each([
  ["orders", "index.docker.io", "orders", "latest"],
  ["contoso/orders:2", "index.docker.io", "contoso/orders", "2"],
  ["mcr.microsoft.com/azure-functions/node:4-node22", "mcr.microsoft.com", "azure-functions/node", "4-node22"],
  ["registry.contoso.com:5000/orders", "registry.contoso.com:5000", "orders", "latest"],
])("a public image: %s", (image, server, name, tag) => {
  expect(siteOf("azurerm_linux_function_app", image).site_config.application_stack).toEqual({
    docker: [{ registry_url: `https://${server}`, image_name: name, image_tag: tag }],
  });
});

test("an Azure registry without an identity is a warning", () => {
  siteOf("azurerm_linux_web_app", "contoso.azurecr.io/orders:1");
  expect(annotations(stack)).toEqual([refusal("registry-without-identity", '"contoso.azurecr.io"', "AcrPull")]);
});

test.each([
  ["", undefined, "invalid-container-image", '""'],
  ["https://contoso.azurecr.io/orders", undefined, "invalid-container-image", "https://"],
  ["my orders", undefined, "invalid-container-image", '"my orders"'],
  ["contoso.azurecr.io/", ACR, "invalid-container-image", '"contoso.azurecr.io/"'],
  ["orders:", undefined, "invalid-container-image", '"orders:"'],
  ["orders:1", ACR, "image-of-another-registry", '"contoso.azurecr.io"'],
  ["${var.image}", undefined, "registry-of-image-unknown", "${var.image}"],
])("an image that cannot be read: %j", (image, registry, id, value) => {
  expect(() => siteOf("azurerm_linux_web_app", image, registry)).toThrow(refusal(id, "[app/Orders/Backend] ", value));
});

test.each([
  ["windowsWebApp", () => Backend.windowsWebApp({ resourceGroup: GROUP, runtime: AppRuntime.container("orders:1") })],
  [
    "flexFunctionApp",
    () => Backend.flexFunctionApp({ resourceGroup: GROUP, runtime: AppRuntime.container("orders:1") }),
  ],
])("%s runs no image", (_, backend) => {
  expect(() => secure(stack, backend())).toThrow(refusal("runtime-not-offered", "AppRuntime.container(...)"));
});

test("a function app does not add the tag latest to a name that may have one", () => {
  const image = "contoso.azurecr.io/${var.image}";
  expect(() => siteOf("azurerm_linux_function_app", image, ACR)).toThrow(refusal("tag-of-image-unknown", `"${image}"`));
  stack = stackWithProviders();
  expect(siteOf("azurerm_linux_web_app", image, ACR).site_config.application_stack.docker_image_name).toBe(
    "${var.image}",
  );
});

test.each(Object.keys(KINDS))("%s reads no registry with another identity than the given one", (type) => {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what the compiler would refuse
  const registry: any = { server: ACR.server, identity: { id: "/identities/pull" } };
  expect(() => siteOf(type, "contoso.azurecr.io/orders:1", registry)).toThrow(
    refusal("wrong-value", "identity in registry", "clientId"),
  );
});

test("a slot runs the image with the identity too", () => {
  const runtime = AppRuntime.container("contoso.azurecr.io/orders:1", ACR);
  const slots = [{ name: "staging" }];
  const backend = Backend.webApp({ resourceGroup: GROUP, runtime, slots, plan: AppServicePlan.dedicated("S1") });
  secure(stack, backend);
  backend.slots.staging.addOverride("site_config.application_stack.docker_registry_password", "secret");
  expect(findings(stack)).toEqual([refusal("registry-access-changed", "Slot-staging")]);
});
