import { Fn, TerraformOutput, TerraformStack } from "cdktf";
import {
  AdditionalLocation,
  ApimGateway,
  ApimGatewayProps,
  ApimSku,
  AppRuntime,
  Backend,
  GatewayNetwork,
  NetworkAccess,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { NEW } from "../backends/gateways";
import { refusal } from "../helpers/refusal";
import { findings, GROUP, only, stackWithProviders, synth } from "../helpers/synth";

/* A gateway in several regions, each with its own addresses. */

const SUBNET = { id: "/subscriptions/s/subnets/west" };
const NORTH_SUBNET = { id: "/subscriptions/s/subnets/north" };

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

function gatewayIn(additionalLocations: AdditionalLocation[], props: Partial<ApimGatewayProps> = {}): ApimGateway {
  return new ApimGateway(stack, "Gateway", { ...NEW, sku: ApimSku.of("Premium", 2), additionalLocations, ...props });
}

test("has as many units there as in the first region, unless told otherwise", () => {
  gatewayIn([
    { location: "northeurope" },
    { location: "uksouth", units: 3, zones: ["1", "2", "3"], gatewayDisabled: true },
  ]);
  expect(only(synth(stack), "azurerm_api_management").additional_location).toEqual([
    { location: "northeurope", capacity: 2 },
    { location: "uksouth", capacity: 3, zones: ["1", "2", "3"], gateway_disabled: true },
  ]);
});

test("is in no region of another cloud", () => {
  expect(() => gatewayIn([{ location: "usgovtexas" }])).toThrow(
    refusal("region-of-another-cloud", '"usgovtexas"', "Azure US Government"),
  );
});

test("is in a network in each of them", () => {
  gatewayIn([{ location: "northeurope", subnet: NORTH_SUBNET, publicIpAddress: { id: "/subscriptions/s/ip" } }], {
    network: GatewayNetwork.external(SUBNET),
  });
  expect(only(synth(stack), "azurerm_api_management").additional_location).toEqual([
    {
      location: "northeurope",
      capacity: 2,
      virtual_network_configuration: { subnet_id: NORTH_SUBNET.id },
      public_ip_address_id: "/subscriptions/s/ip",
    },
  ]);
});

test("tells its address in each of them", () => {
  const gateway = gatewayIn([{ location: "northeurope" }, { location: "uksouth" }]);
  new TerraformOutput(stack, "urls", { value: gateway.regionalGatewayUrls, staticId: true });
  const service = "${azurerm_api_management.Gateway_43CB3636";
  expect(synth(stack).output.urls.value).toEqual([
    `${service}.gateway_regional_url}`,
    `${service}.additional_location[0].gateway_regional_url}`,
    `${service}.additional_location[1].gateway_regional_url}`,
  ]);
});

test("its apps let in calls from all of them: each region calls from an address of its own", () => {
  new SecureApimBackend(stack, "Orders", {
    gateway: gatewayIn([{ location: "northeurope" }]),
    backend: Backend.webApp({
      resourceGroup: GROUP,
      runtime: AppRuntime.node("22"),
      networkAccess: NetworkAccess.fromGatewayAddresses(),
    }),
  });
  const [rule] = only(synth(stack), "azurerm_linux_web_app").site_config.ip_restriction;
  expect(rule.ip_address).toBe(
    '${join(",", formatlist("%s/32", sort(concat(azurerm_api_management.Gateway_43CB3636.public_ip_addresses, ' +
      "flatten(azurerm_api_management.Gateway_43CB3636.additional_location[*].public_ip_addresses)))))}",
  );
});

test("an empty list is the first region alone", () => {
  gatewayIn([], { sku: ApimSku.CONSUMPTION });
  expect(only(synth(stack), "azurerm_api_management")).not.toHaveProperty("additional_location");
});

test.each(["Developer_1", "Standard_1", "StandardV2_1", "PremiumV2_1"])("%s is in one region only", (skuName) => {
  const [tier, units] = skuName.split("_");
  expect(() => gatewayIn([{ location: "northeurope" }], { sku: ApimSku.of(tier, Number(units)) })).toThrow(
    refusal("unsupported-tier", "[app/Gateway]", "additionalLocations", "Premium", tier),
  );
});

test.each([GROUP.location, "West Europe", "WESTEUROPE"])(
  "the region of the resource group, %j, is no other one",
  (location) => {
    expect(() => gatewayIn([{ location }])).toThrow(refusal("repeated-location", `"${location}"`));
  },
);

test("a region twice", () => {
  expect(() => gatewayIn([{ location: "northeurope" }, { location: "North Europe" }])).toThrow(
    refusal("repeated-location", '"North Europe"'),
  );
});

test.each([0, 51, 1.5])("%p units", (units) => {
  expect(() => gatewayIn([{ location: "northeurope", units }])).toThrow(
    refusal("number-not-in-range", '"northeurope"', String(units), "from 1 to 50"),
  );
});

test("more zones than units", () => {
  expect(() => gatewayIn([{ location: "northeurope", units: 1, zones: ["1", "2"] }])).toThrow(
    refusal("too-few-units", 'the gateway in "northeurope"', "Set units: 2 on the location"),
  );
});

test("a network in one region only", () => {
  expect(() => gatewayIn([{ location: "northeurope" }], { network: GatewayNetwork.external(SUBNET) })).toThrow(
    refusal("location-without-subnet", '"northeurope"', "Set subnet on the location"),
  );
  stack = stackWithProviders();
  expect(() => gatewayIn([{ location: "northeurope", subnet: NORTH_SUBNET }])).toThrow(
    refusal("subnet-without-network", '"northeurope"', "GatewayNetwork.external(subnet)"),
  );
});

test("an address of yours without a network", () => {
  expect(() => gatewayIn([{ location: "northeurope", publicIpAddress: { id: "/ip" } }])).toThrow(
    refusal("address-without-network", '"northeurope"', "Remove publicIpAddress"),
  );
});

test("a region that only Terraform knows", () => {
  expect(() => gatewayIn([{ location: Fn.lower("${var.location}") }])).not.toThrow();
});

test("an app that lets in one subnet would reject the calls from other regions", () => {
  new SecureApimBackend(stack, "Orders", {
    gateway: gatewayIn([{ location: "northeurope", subnet: NORTH_SUBNET }], {
      network: GatewayNetwork.external(SUBNET),
    }),
    backend: Backend.webApp({
      resourceGroup: GROUP,
      runtime: AppRuntime.node("22"),
      networkAccess: NetworkAccess.fromSubnet(SUBNET),
    }),
  });
  expect(findings(stack)).toEqual([
    refusal(
      "subnet-of-one-region",
      "NetworkAccess.fromSubnet",
      '"app/Gateway"',
      "NetworkAccess.fromGatewayAddresses()",
    ),
  ]);
});
