import { TerraformOutput, TerraformStack, Token } from "cdktf";
import { ContainerApp } from "@cdktf/provider-azurerm/lib/container-app";
import { ContainerAppEnvironment } from "@cdktf/provider-azurerm/lib/container-app-environment";
import { Backend, ContainerAppProps, IApimBackend } from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { all, findings, GROUP, Json, only, stackWithProviders, synth } from "../../helpers/synth";
import { IDENTITY } from "../gateways";
import { secure } from "./behind-gateway";

const CONTAINER = { resourceGroup: GROUP, image: "contoso.azurecr.io/orders:1.4.2", targetPort: 8080 };

const containerApp = (props: Partial<ContainerAppProps> = {}): IApimBackend =>
  Backend.containerApp({ ...CONTAINER, ...props });

function stackOf(backend: IApimBackend): TerraformStack {
  const stack = stackWithProviders();
  secure(stack, backend);
  return stack;
}

describe("a container app", () => {
  test("takes HTTPS alone, and runs in an environment of its own", () => {
    const json = synth(stackOf(containerApp()));
    expect(only(json, "azurerm_container_app")).toEqual({
      name: "orders",
      resource_group_name: "rg-orders",
      container_app_environment_id: "${azurerm_container_app_environment.Orders_Backend_Environment_87FA9CBA.id}",
      revision_mode: "Single",
      identity: { type: "SystemAssigned" },
      ingress: {
        external_enabled: true,
        allow_insecure_connections: false,
        target_port: 8080,
        traffic_weight: [{ latest_revision: true, percentage: 100 }],
      },
      template: {
        container: [{ name: "app", image: CONTAINER.image, cpu: 0.5, memory: "1Gi", env: [] }],
      },
    });
    expect(only(json, "azurerm_container_app_environment")).toEqual({
      name: "orders",
      resource_group_name: "rg-orders",
      location: "westeurope",
    });
  });

  test("is made as it is told", () => {
    const stack = stackWithProviders();
    const environment = new ContainerAppEnvironment(stack, "Environment", {
      name: "shared",
      resourceGroupName: GROUP.name,
      location: GROUP.location,
    });
    const backend = Backend.containerApp({
      ...CONTAINER,
      environment,
      appName: "orders-v2",
      routePrefix: "v2",
      registry: { server: "contoso.azurecr.io", identity: IDENTITY },
      environmentVariables: { LOG_LEVEL: "debug" },
      cpu: 1,
      memory: "2Gi",
      minReplicas: 1,
      maxReplicas: 3,
      tags: { team: "orders" },
    });
    secure(stack, backend);
    new TerraformOutput(stack, "name", { value: backend.appName, staticId: true });
    new TerraformOutput(stack, "id", { value: backend.appId, staticId: true });
    new TerraformOutput(stack, "principal_id", { value: backend.principalId, staticId: true });
    const json = synth(stack);
    const { name, container_app_environment_id, identity, registry, template, tags } = only(
      json,
      "azurerm_container_app",
    );
    expect({ name, container_app_environment_id, identity, registry, template, tags }).toEqual({
      name: "orders-v2",
      container_app_environment_id: "${azurerm_container_app_environment.Environment.id}",
      identity: { type: "SystemAssigned, UserAssigned", identity_ids: [IDENTITY.id] },
      registry: [{ server: "contoso.azurecr.io", identity: IDENTITY.id }],
      template: {
        min_replicas: 1,
        max_replicas: 3,
        container: [
          {
            name: "app",
            image: CONTAINER.image,
            cpu: 1,
            memory: "2Gi",
            env: [{ name: "LOG_LEVEL", value: "debug" }],
          },
        ],
      },
      tags: { team: "orders" },
    });
    expect(only(json, "azurerm_api_management_api").service_url).toMatch(/\.ingress\[0\]\.fqdn}\/v2$/);
    expect(json.output).toEqual({
      name: { value: "${azurerm_container_app.Orders_Backend_0F5C7089.name}" },
      id: { value: "${azurerm_container_app.Orders_Backend_0F5C7089.id}" },
      principal_id: { value: "${azurerm_container_app.Orders_Backend_0F5C7089.identity[0].principal_id}" },
    });
  });

  test("has a name that Container Apps takes, however long its id, and that is no other's in the group", () => {
    const stack = stackWithProviders();
    const longId = "OrdersOfAllCustomersInAllCountriesAndOfAllTheirSubsidiaries";
    for (const id of ["OrdersOfAllCustomersInAllC", `${longId}-1`, `${longId}-2`]) {
      secure(stack, containerApp(), id);
    }
    const json = synth(stack);
    const names = (type: string): string[] =>
      Object.values<Json>(all(json, type))
        .map(({ name }) => name)
        .sort();
    expect(names("azurerm_container_app")).toEqual([
      "orders-of-all-customers-i-10b075",
      "orders-of-all-customers-i-d31f75",
      "orders-of-all-customers-in-all-c",
    ]);
    expect(names("azurerm_container_app_environment")).toEqual([
      "orders-of-all-customers-in-all-c",
      "orders-of-all-customers-in-all-countries-and-of-all-t-10b075",
      "orders-of-all-customers-in-all-countries-and-of-all-t-d31f75",
    ]);
  });

  test.each([
    [{ appName: "Orders_API" }, refusal("invalid-name", "container app name", '"Orders_API"', '"orders-api"')],
    [{ targetPort: 80.5 }, refusal("invalid-target-port", "port 80.5")],
    [{ targetPort: 0 }, refusal("invalid-target-port", "port 0.", "1 to 65535")],
    [{ minReplicas: 11 }, refusal("invalid-replicas", "from 11 to 10 replicas")],
    [{ maxReplicas: 0 }, refusal("invalid-replicas", "from 0 to 0 replicas", "minReplicas", "maxReplicas")],
    [{ routePrefix: "/api" }, refusal("invalid-route-prefix", '"/api"')],
  ])("is refused with %j", (props, message) => {
    expect(() => stackOf(containerApp(props))).toThrow(message);
    expect(() => stackOf(containerApp(props))).toThrow("[app/Orders/Backend] ");
  });

  test("takes numbers that only Terraform knows", () => {
    const number = Token.asNumber("${var.n}");
    expect(() => stackOf(containerApp({ targetPort: number, minReplicas: number, maxReplicas: number }))).not.toThrow();
  });
});

describe("the ingress of a container app", () => {
  const CHANGED = refusal("ingress-changed", '"app/Orders/Backend/Resource"', "targetPort");
  const IGNORED = refusal("guarded-attribute-ignored", '"app/Orders/Backend/Resource"', "ingress");

  test.each<[string, unknown, (app: ContainerApp) => void]>([
    ["takes traffic other than HTTP", CHANGED, (app) => app.addOverride("ingress.transport", "tcp")],
    ["takes plain HTTP", CHANGED, (app) => app.addOverride("ingress.allow_insecure_connections", true)],
    ["is ignored", IGNORED, (app) => (app.lifecycle = { ignoreChanges: ["ingress"] })],
  ])("is an error at synth when it %s", (_, found, change) => {
    const stack = stackWithProviders();
    const backend = Backend.containerApp(CONTAINER);
    secure(stack, backend);
    change(backend.app);
    expect(findings(stack)).toEqual([found]);
  });
});
