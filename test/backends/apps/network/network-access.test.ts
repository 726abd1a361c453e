import { Fn, TerraformStack, TerraformVariable } from "cdktf";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import {
  ApimGateway,
  ApimSku,
  AppRuntime,
  Backend,
  GatewayNetwork,
  IApimBackend,
  IApimGateway,
  NetworkAccess,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { order } from "../../../helpers/graph";
import { refusal } from "../../../helpers/refusal";
import { all, annotations, findings, GROUP, Json, only, stackWithProviders, synth } from "../../../helpers/synth";

const NEW = { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" };
const SUBNET = { id: "/subscriptions/s/subnets/apim" };
const ZONE = { id: "/subscriptions/s/privatelink.azurewebsites.net" };

type MadeProps = Parameters<typeof Backend.functionApp>[0];

const MADE: Record<string, { readonly type: string; readonly backend: (props: MadeProps) => IApimBackend }> = {
  functionApp: { type: "azurerm_linux_function_app", backend: (props) => Backend.functionApp(props) },
  windowsFunctionApp: { type: "azurerm_windows_function_app", backend: (props) => Backend.windowsFunctionApp(props) },
  flexFunctionApp: {
    type: "azurerm_function_app_flex_consumption",
    backend: (props) => Backend.flexFunctionApp(props),
  },
  webApp: { type: "azurerm_linux_web_app", backend: (props) => Backend.webApp(props) },
  windowsWebApp: { type: "azurerm_windows_web_app", backend: (props) => Backend.windowsWebApp(props) },
};

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const newGateway = (sku: ApimSku, network?: GatewayNetwork): IApimGateway =>
  new ApimGateway(stack, "Gateway", { ...NEW, sku, network });
const networked = (): IApimGateway => newGateway(ApimSku.DEVELOPER, GatewayNetwork.external(SUBNET));
const existingGateway = (): IApimGateway =>
  ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });

function secure(gateway: IApimGateway, networkAccess: NetworkAccess, kind = "webApp"): void {
  const runtime = AppRuntime.node("22");
  const backend = MADE[kind].backend({ resourceGroup: GROUP, runtime, networkAccess });
  new SecureApimBackend(stack, "Orders", { gateway, backend });
}

function restrictions(json: Json, kind = "webApp"): Json {
  const { site_config: site, public_network_access_enabled: open } = only(json, MADE[kind].type);
  const found = Object.entries(site).filter(([name]) => name.includes("restriction"));
  return { ...Object.fromEntries(found), ...(open !== undefined && { public_network_access_enabled: open }) };
}

function declaredService(skuName: string): ApiManagement {
  return new ApiManagement(stack, "Service", {
    name: "contoso",
    resourceGroupName: GROUP.name,
    location: GROUP.location,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    skuName,
    identity: { type: "SystemAssigned" },
  });
}
const declared = (skuName: string): IApimGateway =>
  ApimGateway.fromApiManagement(stack, "Gateway", declaredService(skuName));

const NEW_SERVICE = "azurerm_api_management.Gateway_43CB3636";
const OF_NEW = `sort(concat(${NEW_SERVICE}.public_ip_addresses, flatten(${NEW_SERVICE}.additional_location[*].public_ip_addresses)))`;
const countOf = (addresses: string): Json => ({
  condition:
    '${can(regex("^(?:[0-9]{1,3}[.]){3}[0-9]{1,3}(?:,(?:[0-9]{1,3}[.]){3}[0-9]{1,3}){0,7}$", ' +
    `join(",", ${addresses})))}`,
  error_message: refusal("gateway-addresses-at-plan", "1 to 8 public IPv4 addresses", "NetworkAccess.fromSubnet(...)"),
});

describe.each(Object.keys(MADE))("%s", (kind) => {
  test("can be reached from anywhere unless somebody says otherwise", () => {
    secure(newGateway(ApimSku.CONSUMPTION), NetworkAccess.anywhere(), kind);
    expect(restrictions(synth(stack), kind)).toEqual({});
  });

  test("can be reached from the gateway's addresses alone", () => {
    secure(newGateway(ApimSku.BASIC), NetworkAccess.fromGatewayAddresses(), kind);
    const json = synth(stack);
    expect(restrictions(json, kind)).toEqual({
      ip_restriction_default_action: "Deny",
      ip_restriction: [
        {
          name: "gateway",
          priority: 100,
          action: "Allow",
          ip_address: `\${join(",", formatlist("%s/32", ${OF_NEW}))}`,
        },
      ],
      scm_ip_restriction_default_action: "Deny",
      scm_use_main_ip_restriction: true,
    });
    expect(only(json, MADE[kind].type).lifecycle.precondition).toEqual([countOf(OF_NEW)]);
    expect(only(json, MADE[kind].type).auth_settings_v2.require_authentication).toBe(true);
    expect(() => order(json)).not.toThrow();
    expect(annotations(stack)).toEqual([]);
  });

  test("can be reached from a subnet alone", () => {
    secure(networked(), NetworkAccess.fromSubnet(SUBNET), kind);
    const json = synth(stack);
    expect(restrictions(json, kind)).toEqual({
      ip_restriction_default_action: "Deny",
      ip_restriction: [{ name: "gateway", priority: 100, action: "Allow", virtual_network_subnet_id: SUBNET.id }],
      scm_ip_restriction_default_action: "Deny",
      scm_use_main_ip_restriction: true,
    });
    expect(only(json, MADE[kind].type).lifecycle).toBeUndefined();
  });

  test("can be reached through a private endpoint alone, which is there before the gateway calls", () => {
    secure(
      newGateway(ApimSku.PREMIUM_V2, GatewayNetwork.internal(SUBNET)),
      NetworkAccess.privateEndpoint({ subnet: SUBNET, privateDnsZone: ZONE }),
      kind,
    );
    const json = synth(stack);
    const [app] = Object.keys(all(json, MADE[kind].type));
    const name = `\${${MADE[kind].type}.${app}.name}-endpoint`;
    expect(restrictions(json, kind)).toEqual({ public_network_access_enabled: false });
    expect(only(json, "azurerm_private_endpoint")).toEqual({
      name,
      resource_group_name: GROUP.name,
      location: GROUP.location,
      subnet_id: SUBNET.id,
      private_service_connection: {
        name,
        private_connection_resource_id: `\${${MADE[kind].type}.${app}.id}`,
        subresource_names: ["sites"],
        is_manual_connection: false,
      },
      private_dns_zone_group: { name: "default", private_dns_zone_ids: [ZONE.id] },
    });
    expect(only(json, "azurerm_api_management_api_policy").depends_on).toEqual(
      expect.arrayContaining([`azurerm_private_endpoint.${Object.keys(all(json, "azurerm_private_endpoint"))[0]}`]),
    );
    expect(() => order(json)).not.toThrow();
  });
});

/** The identity of a service that exists can be none. */
const CALLERS = {
  condition: expect.stringContaining("identity[0].principal_id"),
  error_message: refusal("allow-list-at-plan"),
};

test("code is published from other addresses than those that call the app", () => {
  const publishFrom = ["203.0.113.7/32", "2001:db8::/48", Fn.join("/", ["198.51.100.0", "24"])];
  secure(newGateway(ApimSku.STANDARD), NetworkAccess.fromGatewayAddresses({ publishFrom }));
  expect(restrictions(synth(stack))).toMatchObject({
    ip_restriction: [{ name: "gateway" }],
    scm_ip_restriction_default_action: "Deny",
    scm_use_main_ip_restriction: false,
    scm_ip_restriction: [
      {
        name: "publishing",
        priority: 100,
        action: "Allow",
        ip_address: '203.0.113.7/32,2001:db8::/48,${join("/", ["198.51.100.0", "24"])}',
      },
    ],
  });
});

test("an existing gateway is known by the addresses of all its regions, and Terraform checks its tier", () => {
  secure(existingGateway(), NetworkAccess.fromGatewayAddresses());
  const json = synth(stack);
  const service = "data.azurerm_api_management.Gateway_43CB3636";
  const addresses =
    `sort(concat(${service}.public_ip_addresses, ` + `flatten(${service}.additional_location[*].public_ip_addresses)))`;
  expect(restrictions(json).ip_restriction[0].ip_address).toBe(`\${join(",", formatlist("%s/32", ${addresses}))}`);
  expect(only(json, "azurerm_linux_web_app").lifecycle.precondition).toEqual([
    {
      condition: `\${contains(["Developer", "Basic", "Standard", "Premium"], element(split("_", ${service}.sku_name), 0))}`,
      error_message: refusal(
        "unsupported-tier-at-plan",
        "NetworkAccess.fromGatewayAddresses",
        "Developer, Basic, Standard or Premium",
        "omit networkAccess",
      ),
    },
    countOf(addresses),
    CALLERS,
  ]);
});

test.each([
  ["fromSubnet", NetworkAccess.fromSubnet(SUBNET)],
  ["privateEndpoint", NetworkAccess.privateEndpoint({ subnet: SUBNET, privateDnsZone: ZONE })],
])("Terraform checks that an existing gateway can be in a network, for %s", (call, access) => {
  secure(existingGateway(), access);
  const sku = "data.azurerm_api_management.Gateway_43CB3636.sku_name";
  expect(only(synth(stack), "azurerm_linux_web_app").lifecycle.precondition).toEqual([
    {
      condition: `\${contains(["Developer", "Premium", "StandardV2", "PremiumV2"], element(split("_", ${sku}), 0))}`,
      error_message: refusal(
        "unsupported-tier-at-plan",
        `NetworkAccess.${call}`,
        "Developer, Premium, StandardV2 or PremiumV2",
        "omit networkAccess",
      ),
    },
    CALLERS,
  ]);
});

test("a gateway of the stack is known by the addresses of all its regions", () => {
  secure(declared("Premium_2"), NetworkAccess.fromGatewayAddresses());
  const json = synth(stack);
  const service = "azurerm_api_management.Service";
  expect(restrictions(json).ip_restriction[0].ip_address).toBe(
    `\${join(",", formatlist("%s/32", sort(concat(${service}.public_ip_addresses, ` +
      `flatten(${service}.additional_location[*].public_ip_addresses)))))}`,
  );
  expect(only(json, "azurerm_linux_web_app").lifecycle.precondition).toHaveLength(1);
});

test("a gateway of another stack is known by its addresses, and its tier is checked", () => {
  const platform = new TerraformStack(stack.node.root, "platform");
  new AzurermProvider(platform, "azurerm", { features: [{}] });
  const gateway = ApimGateway.fromLookup(platform, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
  secure(gateway, NetworkAccess.fromGatewayAddresses());
  [platform, stack].forEach((each) => each.prepareStack());
  const json = synth(stack);
  const output = (name: string): string =>
    `data.terraform_remote_state.cross-stack-reference-input-platform.outputs.${name}`;
  const addresses =
    `sort(concat(${output("cross-stack-output-dataazurerm_api_managementGateway_43CB3636public_ip_addresses")}, ` +
    `flatten(${output("cross-stack-output-dataazurerm_api_managementGateway_43CB3636additional_locationpublic_ip_addresses")})))`;
  expect(restrictions(json).ip_restriction[0].ip_address).toBe(`\${join(",", formatlist("%s/32", ${addresses}))}`);
  expect(only(json, "azurerm_linux_web_app").lifecycle.precondition).toHaveLength(3);
  expect(Object.values<Json>(synth(platform).output).map(({ value }) => value)).toEqual(
    expect.arrayContaining([
      "${data.azurerm_api_management.Gateway_43CB3636.sku_name}",
      "${data.azurerm_api_management.Gateway_43CB3636.additional_location[*].public_ip_addresses}",
    ]),
  );
});

test("a private endpoint is deployed where the network is", () => {
  const resourceGroup = { name: "network", location: "northeurope" };
  secure(networked(), NetworkAccess.privateEndpoint({ subnet: SUBNET, privateDnsZone: ZONE, resourceGroup }));
  expect(only(synth(stack), "azurerm_private_endpoint")).toMatchObject({
    resource_group_name: "network",
    location: "northeurope",
  });
});

describe("a gateway of a tier that cannot", () => {
  test.each(["CONSUMPTION", "BASIC_V2", "STANDARD_V2", "PREMIUM_V2"] as const)("keep its addresses: %s", (sku) => {
    const tier = {
      CONSUMPTION: "Consumption",
      BASIC_V2: "BasicV2",
      STANDARD_V2: "StandardV2",
      PREMIUM_V2: "PremiumV2",
    };
    expect(() => secure(newGateway(ApimSku[sku]), NetworkAccess.fromGatewayAddresses())).toThrow(
      refusal(
        "unsupported-tier",
        "[app/Orders/Backend] NetworkAccess.fromGatewayAddresses",
        `This gateway is ${tier[sku]},`,
        "Developer, Basic, Standard or Premium",
        "omit networkAccess",
      ),
    );
  });

  test.each([
    ["fromSubnet", "Basic", NetworkAccess.fromSubnet(SUBNET)],
    ["privateEndpoint", "Consumption", NetworkAccess.privateEndpoint({ subnet: SUBNET, privateDnsZone: ZONE })],
    ["privateEndpoint", "Standard", NetworkAccess.privateEndpoint({ subnet: SUBNET, privateDnsZone: ZONE })],
  ])("be in a network: %s, %s", (call, tier, access) => {
    const gateway = declared(tier === "Consumption" ? "Consumption_0" : `${tier}_1`);
    expect(() => secure(gateway, access)).toThrow(
      refusal(
        "unsupported-tier",
        `[app/Orders/Backend] NetworkAccess.${call}`,
        `This gateway is ${tier},`,
        "Developer, Premium, StandardV2 or PremiumV2",
        "omit networkAccess",
      ),
    );
  });
});

describe.each([
  ["fromSubnet", NetworkAccess.fromSubnet(SUBNET)],
  ["privateEndpoint", NetworkAccess.privateEndpoint({ subnet: SUBNET, privateDnsZone: ZONE })],
])("a gateway that is in no network, for %s", (call, access) => {
  const message = refusal(
    "gateway-outside-network",
    `[app/Orders/Backend] NetworkAccess.${call}`,
    '"app/Gateway"',
    "GatewayNetwork.outbound(subnet)",
    "omit networkAccess",
  );

  test("is refused where it is a new one", () => {
    secure(newGateway(ApimSku.STANDARD_V2), access);
    expect(findings(stack)).toEqual([message]);
  });

  test.each([undefined, "None"])("is refused where it is an object of yours: %j", (type) => {
    const service = declaredService("Developer_1");
    if (type !== undefined) service.virtualNetworkType = type;
    secure(ApimGateway.fromApiManagement(stack, "Gateway", service), access);
    expect(findings(stack)).toEqual([message]);
  });

  test("is fine once it is put into one, however late", () => {
    const service = declaredService("Developer_1");
    secure(ApimGateway.fromApiManagement(stack, "Gateway", service), access);
    service.addOverride("virtual_network_type", "Internal");
    expect(() => synth(stack)).not.toThrow();
    expect(only(synth(stack), "azurerm_linux_web_app").lifecycle).toBeUndefined();
  });

  test("is left to Terraform to refuse where it alone knows", () => {
    const service = declaredService("Developer_1");
    service.virtualNetworkType = new TerraformVariable(stack, "network_type", { type: "string" }).stringValue;
    secure(ApimGateway.fromApiManagement(stack, "Gateway", service), access);
    expect(only(synth(stack), "azurerm_linux_web_app").lifecycle.precondition).toEqual([
      {
        condition: '${contains(["External", "Internal"], var.network_type)}',
        error_message: refusal("gateway-outside-network-at-plan", `NetworkAccess.${call}`, "omit networkAccess"),
      },
    ]);
  });
});

describe("addresses to publish from", () => {
  const publishFrom =
    (addresses: string[]): (() => void) =>
    () =>
      secure(newGateway(ApimSku.BASIC), NetworkAccess.fromGatewayAddresses({ publishFrom: addresses }));

  test.each([
    "203.0.113.7",
    "203.0.113.256/32",
    "203.0.113.7/33",
    "0.0.0.0/0",
    "0.0.0.0/1",
    "::/0",
    "2001:db8::/129",
    "ApiManagement",
    "Any",
    "",
    "1.2.3.4/32,5.6.7.8/32",
  ])("that are none, or everybody's: %j", (address) => {
    expect(publishFrom([address])).toThrow(
      refusal("invalid-publishing-address", "[app/Orders/Backend] ", `"${address}"`, '"203.0.113.7/32"'),
    );
  });

  test.each([0, 9])("%d of them", (count) => {
    expect(publishFrom(Array<string>(count).fill("203.0.113.7/32"))).toThrow(
      refusal(
        "publishing-address-count",
        "[app/Orders/Backend] NetworkAccess.fromGatewayAddresses({ publishFrom })",
        `${count} addresses`,
        "1 to 8",
      ),
    );
  });
});

describe("a subnet of the stack", () => {
  const subnet = (serviceEndpoints?: string[]): Subnet =>
    new Subnet(stack, "Subnet", {
      name: "apim",
      resourceGroupName: GROUP.name,
      virtualNetworkName: "network",
      addressPrefixes: ["10.0.0.0/24"],
      serviceEndpoints,
    });

  test.each([[undefined], [["Microsoft.Storage"]]])("without the service endpoint of App Service: %j", (endpoints) => {
    secure(networked(), NetworkAccess.fromSubnet(subnet(endpoints)));
    expect(findings(stack)).toEqual([
      refusal(
        "subnet-without-service-endpoint",
        "[app/Orders/Backend] ",
        '"app/Subnet"',
        'serviceEndpoints: ["Microsoft.Web"]',
      ),
    ]);
  });

  test.each([[["Microsoft.Web"]], [[Fn.lower("MICROSOFT.WEB")]]])("with it, or perhaps: %j", (endpoints) => {
    secure(networked(), NetworkAccess.fromSubnet(subnet(endpoints)));
    expect(restrictions(synth(stack)).ip_restriction[0].virtual_network_subnet_id).toBe("${azurerm_subnet.Subnet.id}");
  });
});

describe("a subnet of the stack, written for azurerm 5", () => {
  /** As its bindings render it. */
  const subnet = (name: string, value: unknown): Subnet => {
    const { name: resourceGroupName } = GROUP;
    const config = { name: "apim", resourceGroupName, virtualNetworkName: "network", addressPrefixes: ["10.0.0.0/24"] };
    const written = new Subnet(stack, "Subnet", config);
    written.addOverride(name, value);
    return written;
  };

  test.each([[[]], [[{ service: "Microsoft.Storage" }]], [{ service: "Microsoft.Storage" }]])(
    "without the service endpoint of App Service: %j",
    (blocks) => {
      secure(networked(), NetworkAccess.fromSubnet(subnet("service_endpoint", blocks)));
      expect(findings(stack)).toEqual([
        refusal("subnet-without-service-endpoint", '"app/Subnet"', 'serviceEndpoint: [{ service: "Microsoft.Web" }]'),
      ]);
    },
  );

  test.each([
    ["service_endpoint", [{ service: "Microsoft.Storage" }, { service: "Microsoft.Web" }]],
    ["service_endpoint", { service: "Microsoft.Web" }],
    ["service_endpoint", [{ service: "${var.service}" }]],
    ["service_endpoint", "${var.blocks}"],
    ["dynamic.service_endpoint", { for_each: "${var.services}", content: { service: "${service_endpoint.value}" } }],
  ])("with it, or perhaps: %s %j", (name, value) => {
    secure(networked(), NetworkAccess.fromSubnet(subnet(name, value)));
    expect(restrictions(synth(stack)).ip_restriction[0].virtual_network_subnet_id).toBe("${azurerm_subnet.Subnet.id}");
  });
});

describe("a private DNS zone of the stack", () => {
  const zoned = (name: string): void => {
    const privateDnsZone = new PrivateDnsZone(stack, "Zone", { name, resourceGroupName: GROUP.name });
    secure(networked(), NetworkAccess.privateEndpoint({ subnet: SUBNET, privateDnsZone }));
  };

  test("that is not that of App Service", () => {
    zoned("privatelink.blob.core.windows.net");
    expect(findings(stack)).toEqual([
      refusal(
        "wrong-private-dns-zone",
        "[app/Orders/Backend] ",
        '"app/Zone"',
        '"privatelink.blob.core.windows.net"',
        'name: "privatelink.azurewebsites.net"',
      ),
    ]);
  });

  test.each(["privatelink.azurewebsites.net", "${var.zone}"])("that is: %s", (name) => {
    zoned(name);
    expect(only(synth(stack), "azurerm_private_endpoint").private_dns_zone_group.private_dns_zone_ids).toEqual([
      "${azurerm_private_dns_zone.Zone.id}",
    ]);
  });
});

test.each([
  ["another rule", "network-changed", "site_config.ip_restriction", [{ ip_address: "203.0.113.7/32" }]],
  ["another default", "network-changed", "site_config.ip_restriction_default_action", "Allow"],
  ["another rule for publishing", "network-changed", "site_config.scm_use_main_ip_restriction", false],
  ["ignored changes", "guarded-attribute-ignored", "lifecycle.ignore_changes", ["site_config"]],
])("a conflicting restriction, set in another way: %s", (_, id, path, value) => {
  const networkAccess = NetworkAccess.fromGatewayAddresses();
  const backend = Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), networkAccess });
  new SecureApimBackend(stack, "Orders", { gateway: newGateway(ApimSku.BASIC), backend });
  backend.app.addOverride(path, value);
  expect(findings(stack)).toEqual([refusal(id, '"app/Orders/Backend/Resource"')]);
});
