import { TerraformStack } from "cdktf";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone";
import { ApimGateway, ApimSku, GatewayNetwork, PrivateDnsZoneRef } from "cdktf-secure-apim-backend";
import { NEW } from "../backends/gateways";
import { refusal } from "../helpers/refusal";
import { all, annotations, findings, Json, only, stackWithProviders, synth } from "../helpers/synth";

/* A gateway that consumers call through private endpoints. */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- also values that the compiler would refuse
type Untyped = any;

const SUBNET = { id: "/subnets/endpoints" };
const ZONE = { id: "/zones/privatelink.azure-api.net" };
const ENDPOINT = { subnet: SUBNET, privateDnsZone: ZONE };

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const gateway = (privateEndpoints: Untyped, props: Untyped = {}) =>
  new ApimGateway(stack, "Gateway", { ...NEW, sku: ApimSku.STANDARD_V2, privateEndpoints, ...props });

test("the endpoint leads to the gateway, and its name resolves to it", () => {
  const { privateEndpoints } = gateway([ENDPOINT], { tags: { team: "platform" } });
  const name = "${azurerm_api_management.Gateway_43CB3636.name}-endpoint";
  expect(only(synth(stack), "azurerm_private_endpoint")).toEqual({
    name,
    resource_group_name: NEW.resourceGroup.name,
    location: NEW.resourceGroup.location,
    subnet_id: SUBNET.id,
    private_service_connection: {
      name,
      private_connection_resource_id: "${azurerm_api_management.Gateway_43CB3636.id}",
      subresource_names: ["Gateway"],
      is_manual_connection: false,
    },
    private_dns_zone_group: { name: "default", private_dns_zone_ids: [ZONE.id] },
    tags: { team: "platform" },
  });
  expect(privateEndpoints).toHaveLength(1);
});

test("there is none by default", () => {
  expect(new ApimGateway(stack, "Gateway", NEW).privateEndpoints).toEqual([]);
});

test("two networks, each with a named endpoint, in the subscription of the gateway", () => {
  const provider = new AzurermProvider(stack, "platform", { alias: "platform", features: [{}] });
  const resourceGroup = { name: "rg-hub", location: "northeurope" };
  gateway([ENDPOINT, { ...ENDPOINT, endpointName: "contoso-hub", resourceGroup }], { provider });
  const endpoints = Object.values<Json>(all(synth(stack), "azurerm_private_endpoint"));
  expect(endpoints.map(({ name, location, provider: used }) => [name, location, used]).sort()).toEqual([
    ["${azurerm_api_management.Gateway_43CB3636.name}-endpoint", "westeurope", "azurerm.platform"],
    ["contoso-hub", "northeurope", "azurerm.platform"],
  ]);
});

test.each(["DEVELOPER", "BASIC", "STANDARD", "PREMIUM", "STANDARD_V2", "PREMIUM_V2"])("%s has them", (sku) => {
  expect(() => gateway([ENDPOINT], { sku: ApimSku[sku as keyof typeof ApimSku] })).not.toThrow();
});

test.each([
  ["Consumption", "CONSUMPTION"],
  ["BasicV2", "BASIC_V2"],
])("%s has none", (tier, sku) => {
  expect(() => gateway([ENDPOINT], { sku: ApimSku[sku as keyof typeof ApimSku] })).toThrow(
    refusal("unsupported-tier", "privateEndpoints", tier, "does not support private endpoints"),
  );
});

test("a classic gateway inside a network has none, and a v2 gateway has them", () => {
  const subnet = { id: "/subnets/apim" };
  expect(() => gateway([ENDPOINT], { sku: ApimSku.PREMIUM, network: GatewayNetwork.internal(subnet) })).toThrow(
    refusal("private-endpoints-in-network", "Premium"),
  );
  stack = stackWithProviders();
  expect(() => gateway([ENDPOINT], { network: GatewayNetwork.outbound(subnet) })).not.toThrow();
});

test("the second deployment closes the gateway to the internet", () => {
  gateway([ENDPOINT], { network: GatewayNetwork.NONE.withoutPublicAccess() });
  const json = synth(stack);
  expect(only(json, "azurerm_api_management").public_network_access_enabled).toBe(false);
  expect(only(json, "azurerm_private_endpoint").name).toBeDefined();
});

test("the zone of apps does not resolve a gateway", () => {
  const privateDnsZone = new PrivateDnsZone(stack, "Zone", {
    name: "privatelink.azurewebsites.net",
    resourceGroupName: "rg",
  });
  gateway([{ ...ENDPOINT, privateDnsZone }]);
  expect(findings(stack)).toEqual([
    refusal("wrong-private-dns-zone", "app/Zone", "does not resolve the gateway", '"privatelink.azure-api.net"'),
  ]);
});

test("the records that Azure Policy adds are left alone, with a reason", () => {
  gateway([{ ...ENDPOINT, privateDnsZone: PrivateDnsZoneRef.managedElsewhere("Azure Policy of the landing zone") }]);
  const { private_dns_zone_group: group, lifecycle } = only(synth(stack), "azurerm_private_endpoint");
  expect([group, lifecycle]).toEqual([undefined, { ignore_changes: ["private_dns_zone_group"] }]);
  expect(annotations(stack)).toContainEqual(
    "info: The records of the private endpoint are managed elsewhere: Azure Policy of the landing zone",
  );
  stack = stackWithProviders();
  expect(() => gateway([{ ...ENDPOINT, privateDnsZone: PrivateDnsZoneRef.managedElsewhere("") }])).toThrow(
    refusal("missing-reason", "PrivateDnsZoneRef.managedElsewhere"),
  );
});

test.each<[string, Untyped, string, string]>([
  ["that are no list", ENDPOINT, "not-a-list", "privateEndpoints"],
  ["with a null in the list", [null], "wrong-value", "an entry of privateEndpoints is null"],
  ["without a subnet", [{ privateDnsZone: ZONE }], "wrong-value", "subnet"],
  ["without a zone", [{ subnet: SUBNET }], "wrong-value", "privateDnsZone"],
  ["with what azurerm calls it", [{ ...ENDPOINT, subnetId: "/a" }], "unknown-property", '"subnetId"'],
  ["with two of no name", [ENDPOINT, ENDPOINT], "private-endpoint-name-taken", "endpointName"],
  [
    "of one name",
    ["a", "A"].map((endpointName) => ({ ...ENDPOINT, endpointName })),
    "private-endpoint-name-taken",
    '"a"',
  ],
  ["with a name that Azure refuses", [{ ...ENDPOINT, endpointName: "-a" }], "invalid-name", '"-a"'],
  [
    "with a name that only Terraform knows",
    [{ ...ENDPOINT, endpointName: "${var.a}" }],
    "literal-required",
    "endpoint",
  ],
])("private endpoints %s", (_, privateEndpoints, id, value) => {
  expect(() => gateway(privateEndpoints)).toThrow(refusal(id, value));
});
