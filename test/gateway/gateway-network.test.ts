import { TerraformStack } from "cdktf";
import { Subnet, SubnetDelegation } from "@cdktf/provider-azurerm/lib/subnet";
import { ApimGateway, ApimSku, GatewayNetwork } from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";
import { annotations, findings, GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";

const SERVICE = { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" };
const SUBNET = { id: "/subscriptions/s/subnets/gateway" };
const IP = { id: "/subscriptions/s/publicIPAddresses/gateway" };

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

function gateway(sku: ApimSku, network?: GatewayNetwork): ApimGateway {
  return new ApimGateway(stack, "Gateway", { ...SERVICE, sku, network });
}

/** What a gateway says of its network, of all that it says. */
function network(sku: ApimSku, where?: GatewayNetwork): Json {
  const before = Object.keys(only(synthesized(sku), "azurerm_api_management"));
  stack = stackWithProviders();
  const service = only(synthesized(sku, where), "azurerm_api_management");
  return Object.fromEntries(Object.entries(service).filter(([name]) => !before.includes(name)));
}

function synthesized(sku: ApimSku, where?: GatewayNetwork): Json {
  gateway(sku, where);
  return synth(stack);
}

const TIERS = {
  Consumption: ApimSku.CONSUMPTION,
  Developer: ApimSku.DEVELOPER,
  Basic: ApimSku.BASIC,
  Standard: ApimSku.STANDARD,
  Premium: ApimSku.PREMIUM,
  BasicV2: ApimSku.BASIC_V2,
  StandardV2: ApimSku.STANDARD_V2,
  PremiumV2: ApimSku.PREMIUM_V2,
};
type Tier = keyof typeof TIERS;

const external = { virtual_network_type: "External", virtual_network_configuration: { subnet_id: SUBNET.id } };
const internal = { ...external, virtual_network_type: "Internal" };

describe("a new gateway", () => {
  test("is in no network unless somebody says otherwise", () => {
    expect(gateway(ApimSku.PREMIUM).virtualNetworkType).toBe("None");
    stack = stackWithProviders();
    expect(network(ApimSku.PREMIUM, GatewayNetwork.NONE)).toEqual({});
    expect(Object.keys(only(synth(stack), "azurerm_api_management")).sort()).toEqual([
      "identity",
      "location",
      "name",
      "publisher_email",
      "publisher_name",
      "resource_group_name",
      "security",
      "sku_name",
    ]);
  });

  test.each<[Tier, string, GatewayNetwork, Json]>([
    ["Developer", "external", GatewayNetwork.external(SUBNET), external],
    ["Premium", "external", GatewayNetwork.external(SUBNET), external],
    ["Developer", "internal", GatewayNetwork.internal(SUBNET), internal],
    ["Premium", "internal", GatewayNetwork.internal(SUBNET), internal],
    ["PremiumV2", "internal", GatewayNetwork.internal(SUBNET), internal],
    ["StandardV2", "outbound", GatewayNetwork.outbound(SUBNET), external],
    ["PremiumV2", "outbound", GatewayNetwork.outbound(SUBNET), external],
  ])("of the tier %s can be in one: %s", (tier, _, where, settings) => {
    expect(network(TIERS[tier], where)).toEqual(settings);
    stack = stackWithProviders();
    expect(gateway(TIERS[tier], where).virtualNetworkType).toBe(settings.virtual_network_type);
  });

  test.each(["external", "internal"] as const)("has a public address of yours: %s", (call) => {
    expect(network(ApimSku.DEVELOPER, GatewayNetwork[call](SUBNET, { publicIpAddress: IP }))).toEqual({
      ...(call === "external" ? external : internal),
      public_ip_address_id: IP.id,
    });
  });

  test.each<Tier>(["Developer", "Basic", "Standard", "Premium", "StandardV2", "PremiumV2"])(
    "of the tier %s can be closed to all but private endpoints",
    (tier) =>
      expect(network(TIERS[tier], GatewayNetwork.NONE.withoutPublicAccess())).toEqual({
        public_network_access_enabled: false,
      }),
  );

  test("is closed to all but private endpoints, and goes out through a network", () => {
    expect(network(ApimSku.STANDARD_V2, GatewayNetwork.outbound(SUBNET).withoutPublicAccess())).toEqual({
      ...external,
      public_network_access_enabled: false,
    });
  });

  test("stays as open as it was where another one is closed", () => {
    const open = GatewayNetwork.outbound(SUBNET);
    open.withoutPublicAccess();
    expect(network(ApimSku.STANDARD_V2, open)).toEqual(external);
  });
});

describe("a tier that cannot", () => {
  const making = (tier: Tier, where: GatewayNetwork) => (): ApimGateway => gateway(TIERS[tier], where);
  const unsupported = (tier: Tier, ...values: string[]): ReturnType<typeof refusal> =>
    refusal("unsupported-tier", "[app/Gateway]", `This gateway is ${tier}`, ...values);

  test.each<[Tier, "external" | "internal" | "outbound", string, string]>([
    ["Consumption", "external", "Developer or Premium", "omit network"],
    ["Basic", "internal", "Developer, Premium or PremiumV2", "omit network"],
    ["Standard", "outbound", "StandardV2 or PremiumV2", "omit network"],
    ["BasicV2", "outbound", "StandardV2 or PremiumV2", "omit network"],
    ["StandardV2", "external", "Developer or Premium", "set network: GatewayNetwork.outbound(subnet)"],
    [
      "Premium",
      "outbound",
      "StandardV2 or PremiumV2",
      "set network: GatewayNetwork.external(subnet) or GatewayNetwork.internal(subnet)",
    ],
    [
      "PremiumV2",
      "external",
      "Developer or Premium",
      "set network: GatewayNetwork.internal(subnet) or GatewayNetwork.outbound(subnet)",
    ],
  ])("be in a network in that way: %s, %s", (tier, call, tiers, instead) => {
    expect(making(tier, GatewayNetwork[call](SUBNET))).toThrow(
      unsupported(tier, `GatewayNetwork.${call} requires tier ${tiers}.`, `${instead}.`),
    );
  });

  test("have a public address of yours", () => {
    expect(making("PremiumV2", GatewayNetwork.internal(SUBNET, { publicIpAddress: IP }))).toThrow(
      unsupported("PremiumV2", "GatewayNetwork.internal", "Developer or Premium", "omit publicIpAddress"),
    );
  });

  test.each<Tier>(["Consumption", "BasicV2"])("have private endpoints: %s", (tier) => {
    expect(making(tier, GatewayNetwork.NONE.withoutPublicAccess())).toThrow(
      unsupported(
        tier,
        "private endpoints",
        "Developer, Basic, Standard, Premium, StandardV2 or PremiumV2",
        "omit withoutPublicAccess()",
      ),
    );
  });

  test.each(["external", "internal"] as const)("have private endpoints within a network: %s", (call) => {
    expect(making("Premium", GatewayNetwork[call](SUBNET).withoutPublicAccess())).toThrow(
      refusal("no-private-endpoints-in-network", "[app/Gateway]", "tier Premium", "GatewayNetwork.internal(subnet)"),
    );
  });
});

describe("a subnet of the stack", () => {
  const delegatedTo = (name: string): SubnetDelegation => ({ name: "gateway", serviceDelegation: { name } });
  const subnet = (...services: string[]): Subnet =>
    new Subnet(stack, "Subnet", {
      name: "gateway",
      resourceGroupName: GROUP.name,
      virtualNetworkName: "network",
      addressPrefixes: ["10.0.0.0/24"],
      delegation: services.length > 0 ? services.map(delegatedTo) : undefined,
    });

  test.each<[Tier, "internal" | "outbound", string, string[]]>([
    ["StandardV2", "outbound", "Microsoft.Web/serverFarms", []],
    ["PremiumV2", "outbound", "Microsoft.Web/serverFarms", ["Microsoft.Web/hostingEnvironments"]],
    ["PremiumV2", "internal", "Microsoft.Web/hostingEnvironments", ["Microsoft.Web/serverFarms"]],
  ])("is not delegated as it must be: %s, %s", (tier, call, service, services) => {
    gateway(TIERS[tier], GatewayNetwork[call](subnet(...services)));
    expect(findings(stack)).toEqual([
      refusal(
        "subnet-not-delegated",
        "[app/Gateway]",
        '"app/Subnet"',
        `tier ${tier}`,
        `serviceDelegation: { name: "${service}"`,
      ),
    ]);
  });

  test.each(["external", "internal"] as const)("is delegated, and must not be: %s", (call) => {
    gateway(ApimSku.PREMIUM, GatewayNetwork[call](subnet("Microsoft.Web/serverFarms")));
    expect(findings(stack)).toEqual([
      refusal("subnet-delegated", "[app/Gateway]", '"app/Subnet"', "tier Premium", "Remove delegation"),
    ]);
  });

  test("that is given by its id alone cannot be checked, which is said", () => {
    gateway(ApimSku.STANDARD_V2, GatewayNetwork.outbound(SUBNET));
    expect(annotations(stack)).toEqual([refusal("not-inspected", "delegated to Microsoft.Web/serverFarms", SUBNET.id)]);
  });

  test.each<[Tier, "internal" | "outbound", string[]]>([
    ["StandardV2", "outbound", ["Microsoft.Web/serverFarms"]],
    ["PremiumV2", "internal", ["microsoft.web/hostingenvironments"]],
    ["PremiumV2", "internal", ["${var.service}"]],
    ["Developer", "internal", []],
  ])("is as it must be, or perhaps: %s, %s, %j", (tier, call, services) => {
    gateway(TIERS[tier], GatewayNetwork[call](subnet(...services)));
    expect(only(synth(stack), "azurerm_api_management").virtual_network_configuration).toEqual({
      subnet_id: "${azurerm_subnet.Subnet.id}",
    });
  });
});
