import { Aspects, TerraformDataSource, TerraformResource, TerraformStack } from "cdktf";
import { DataAzurermCognitiveAccount } from "@cdktf/provider-azurerm/lib/data-azurerm-cognitive-account";
import {
  ApimGateway,
  ApiSurface,
  ApiVersionSet,
  AppRuntime,
  Audience,
  Backend,
  IApimBackend,
  IApimGateway,
  IApiSurface,
  NetworkAccess,
  PolicyDocument,
  SecureApimBackend,
  VersioningScheme,
} from "cdktf-secure-apim-backend";
import { findings, GROUP, Json, stackWithProviders, synth } from "../helpers/synth";

/* What Terraform checks, since it alone knows, is checked whatever else is done to the resource. */

const SUBNET = { id: "/subscriptions/s/subnets/apim" };
const ZONE = { id: "/subscriptions/s/privatelink.azurewebsites.net" };
const webApp = (networkAccess: NetworkAccess) => (): IApimBackend =>
  Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), networkAccess });

interface Case {
  /** The wildcard unless said otherwise. */
  readonly surface?: (stack: TerraformStack, gateway: IApimGateway) => IApiSurface;
  readonly backend: (stack: TerraformStack) => IApimBackend;
  /** What is checked, and on what. */
  readonly path: string;
  readonly block?: "data";
  readonly kind?: "postcondition";
}

const CASES: Record<string, Case> = {
  "that an existing gateway has its identity": {
    backend: webApp(NetworkAccess.anywhere()),
    path: "Gateway/Resource",
    block: "data",
    kind: "postcondition",
  },
  "that an existing API is what it is taken for": {
    backend: () => Backend.url("https://orders.contoso.com", Audience.uri("api://orders")),
    surface: () => ApiSurface.existingApi("orders", PolicyDocument.EMPTY),
    path: "Orders/Api/Resource",
    block: "data",
    kind: "postcondition",
  },
  "that an existing version set tells versions apart as is said": {
    backend: () => Backend.url("https://orders.contoso.com", Audience.uri("api://orders")),
    surface: (stack, gateway) => {
      ApiVersionSet.fromLookup(stack, "Set", {
        gateway,
        versionSetName: "orders",
        path: "orders-set",
        scheme: VersioningScheme.PATH,
      });
      return ApiSurface.wildcard();
    },
    path: "Set/Resource",
    block: "data",
    kind: "postcondition",
  },
  "that a backend's address is HTTPS": {
    backend: () => Backend.url("${var.url}", Audience.uri("api://orders")),
    path: "Orders/BackendEntity",
  },
  "the addresses of a gateway": {
    backend: webApp(NetworkAccess.fromGatewayAddresses()),
    path: "Orders/Backend/Resource",
  },
  "that a gateway can be in a subnet": {
    backend: webApp(NetworkAccess.fromSubnet(SUBNET)),
    path: "Orders/Backend/Resource",
  },
  "that a gateway can reach a private endpoint": {
    backend: webApp(NetworkAccess.privateEndpoint({ subnet: SUBNET, privateDnsZone: ZONE })),
    path: "Orders/Backend/Resource",
  },
  "that an OpenAI account takes tokens": {
    backend: (stack) =>
      Backend.azureOpenAi(new DataAzurermCognitiveAccount(stack, "Models", { name: "m", resourceGroupName: "ai" })),
    path: "SecureApimBackendRoles/platform--contoso/cognitive services openai user/data.azurerm_cognitive_account.Models.id",
  },
};

type Checked = TerraformResource | TerraformDataSource;

describe.each(Object.entries(CASES))("%s", (_, { backend, surface, path, block, kind = "precondition" }) => {
  let stack: TerraformStack;
  let checked: Checked;

  beforeEach(() => {
    stack = stackWithProviders();
    const gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
    new SecureApimBackend(stack, "Orders", {
      gateway,
      backend: backend(stack),
      surface: surface?.(stack, gateway),
    });
    checked = stack.node.findAll().find((node) => node.node.path === `app/${path}`) as Checked;
  });

  const inStack = (): string =>
    `${block ?? "resource"}.${checked.terraformResourceType}.${checked.friendlyUniqueId}.lifecycle.${kind}`;
  const lifecycle = (): Json =>
    synth(stack)[block ?? "resource"][checked.terraformResourceType][checked.friendlyUniqueId].lifecycle;

  test.each<[string, () => void]>([
    [
      "an aspect replaces the lifecycle",
      () =>
        Aspects.of(stack).add({
          visit: (node) => {
            if (node === checked) checked.lifecycle = { preventDestroy: true };
          },
        }),
    ],
    ["the lifecycle is taken off", () => (checked.lifecycle = undefined)],
    ["an override takes the conditions off", () => checked.addOverride(`lifecycle.${kind}`, undefined)],
    ["an override changes one", () => checked.addOverride(`lifecycle.${kind}.0.condition`, "${true}")],
    ["an override on the stack takes the conditions off", () => stack.addOverride(inStack(), undefined)],
    ["an override on the stack changes one", () => stack.addOverride(`${inStack()}.0.condition`, "${true}")],
  ])("is an error at synth to lose when %s", (_how, change) => {
    change();
    expect(findings(stack)).toEqual([
      `[app/${path}] What Terraform checks on "app/${path}", since it alone knows, was taken off or changed: what it would stop could be deployed. Remove what replaces lifecycle or its conditions (an aspect, addOverride). To add to them, write resource.lifecycle = { ...resource.lifecycle, preventDestroy: true }.`,
    ]);
  });

  test("stays beside whatever is added to the lifecycle", () => {
    const ours: Json[] = lifecycle()[kind];
    checked.lifecycle = { ...checked.lifecycle, preventDestroy: true };
    checked.addOverride(`lifecycle.${kind}`, [{ condition: "${var.open}", error_message: "Closed." }]);
    stack.addOverride(inStack(), [{ condition: "${var.late}", error_message: "Late." }]);
    expect(lifecycle()).toEqual({
      [kind]: [
        ...ours,
        { condition: "${var.open}", error_message: "Closed." },
        { condition: "${var.late}", error_message: "Late." },
      ],
      prevent_destroy: true,
    });
  });
});
