import { Lazy, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import {
  ApimGateway,
  ApimSku,
  AppRegistration,
  AppRuntime,
  Audience,
  Backend,
  Caller,
  GatewayIdentity,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";
import { all, GROUP, Json, only, stackWithProviders, synth, withoutHashes } from "../helpers/synth";

const SERVICE = { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" };

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

function identity(): UserAssignedIdentity {
  return new UserAssignedIdentity(stack, "Identity", {
    name: "gateway",
    resourceGroupName: GROUP.name,
    location: GROUP.location,
  });
}

const service = (): Json => only(synth(stack), "azurerm_api_management");

describe("a new gateway", () => {
  test("is a Consumption service with an identity of its own, whose name is unique in all of Azure", () => {
    new ApimGateway(stack, "OrdersGateway", SERVICE);
    expect(service()).toEqual({
      name:
        'orders-gateway-${substr(sha256(join("/", [data.azurerm_client_config.SecureApimBackendClientConfig.subscription_id, ' +
        '"rg-orders", "app/OrdersGateway"])), 0, 10)}',
      resource_group_name: "rg-orders",
      location: "westeurope",
      publisher_name: "Contoso",
      publisher_email: "api@contoso.com",
      sku_name: "Consumption_0",
      identity: { type: "SystemAssigned" },
      security: {
        backend_ssl30_enabled: false,
        backend_tls10_enabled: false,
        backend_tls11_enabled: false,
        frontend_tls10_enabled: false,
        frontend_tls11_enabled: false,
      },
    });
  });

  test("has every weak protocol and cipher off where the tier lets one say so", () => {
    new ApimGateway(stack, "Gateway", { ...SERVICE, sku: ApimSku.DEVELOPER });
    const { security } = service();
    expect(Object.keys(security)).toHaveLength(17);
    expect(new Set(Object.values(security))).toEqual(new Set([false]));
  });

  test.each([
    [ApimSku.CONSUMPTION, "Consumption_0"],
    [ApimSku.DEVELOPER, "Developer_1"],
    [ApimSku.BASIC, "Basic_1"],
    [ApimSku.STANDARD, "Standard_1"],
    [ApimSku.PREMIUM, "Premium_1"],
    [ApimSku.BASIC_V2, "BasicV2_1"],
    [ApimSku.STANDARD_V2, "StandardV2_1"],
    [ApimSku.PREMIUM_V2, "PremiumV2_1"],
    [ApimSku.of("Premium", 12), "Premium_12"],
  ])("%# has the SKU name that azurerm wants", (sku, name) => {
    new ApimGateway(stack, "Gateway", { ...SERVICE, sku });
    expect(service().sku_name).toBe(name);
  });

  test("takes a user-assigned identity, and calls with it", () => {
    const gateway = new ApimGateway(stack, "Gateway", {
      ...SERVICE,
      identity: GatewayIdentity.userAssigned(identity()),
    });
    expect(service().identity).toEqual({
      type: "UserAssigned",
      identity_ids: ["${azurerm_user_assigned_identity.Identity.id}"],
    });
    expect(gateway.bindCaller(stack).label).toBe("Identity");
  });
});

test("the created service is at hand for anything else", () => {
  const gateway = new ApimGateway(stack, "Gateway", SERVICE);
  gateway.apiManagement.notificationSenderEmail = "noreply@contoso.com";
  expect(service().notification_sender_email).toBe("noreply@contoso.com");
});

describe("identities of a new gateway", () => {
  const system = GatewayIdentity.SYSTEM_ASSIGNED;
  const OBJECT = "11111111-1111-1111-1111-111111111111";
  const CLIENT = "22222222-2222-2222-2222-222222222222";
  const user = (id: string): GatewayIdentity =>
    GatewayIdentity.userAssigned({ id, principalId: OBJECT, clientId: CLIENT });
  const vault = user("vault");

  test.each<[string, GatewayIdentity, GatewayIdentity[], Json]>([
    ["its own alone", system, [], { type: "SystemAssigned" }],
    ["its own, twice", system, [system], { type: "SystemAssigned" }],
    ["its own, and another", system, [vault], { type: "SystemAssigned, UserAssigned", identity_ids: ["vault"] }],
    [
      "another, and its own",
      user("calls"),
      [system, vault],
      { type: "SystemAssigned, UserAssigned", identity_ids: ["calls", "vault"] },
    ],
    ["two others", user("calls"), [vault], { type: "UserAssigned", identity_ids: ["calls", "vault"] }],
  ])("%s", (_, calling, additionalIdentities, block) => {
    new ApimGateway(stack, "Gateway", { ...SERVICE, identity: calling, additionalIdentities });
    expect(service().identity).toEqual(block);
  });

  test("one that is there twice is attached once", () => {
    const shared = identity();
    new ApimGateway(stack, "Gateway", {
      ...SERVICE,
      identity: GatewayIdentity.userAssigned(shared),
      additionalIdentities: [GatewayIdentity.userAssigned(shared)],
    });
    expect(service().identity).toEqual({
      type: "UserAssigned",
      identity_ids: ["${azurerm_user_assigned_identity.Identity.id}"],
    });
  });

  test.each<[string, GatewayIdentity, GatewayIdentity[], string, string]>([
    ["its own", system, [vault], "", "${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}"],
    ["the user-assigned one", user("calls"), [system, vault], ` client-id="${CLIENT}"`, OBJECT],
  ])("the policy says with which of them it calls: %s", (_, calling, additionalIdentities, attribute, objectId) => {
    const gateway = new ApimGateway(stack, "Gateway", { ...SERVICE, identity: calling, additionalIdentities });
    new SecureApimBackend(stack, "Orders", {
      gateway,
      backend: Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") }),
    });
    const json = synth(stack);
    const policy = withoutHashes(only(json, "azurerm_api_management_api_policy").xml_content);
    expect(policy).toContain(
      '<authentication-managed-identity id="secure-apim-backend-token" resource="${azuread_application.' +
        `Orders_Backend_Registration_E9FD0BB3.client_id}"${attribute} />`,
    );
    expect(only(json, "azurerm_linux_web_app").auth_settings_v2.active_directory_v2.allowed_identities).toEqual([
      objectId,
    ]);
  });

  test("more than API Management takes are refused", () => {
    const additionalIdentities = Array.from({ length: 11 }, (_, index) => user(`identity-${index}`));
    expect(() => new ApimGateway(stack, "Gateway", { ...SERVICE, additionalIdentities })).toThrow(
      refusal("too-many-identities", "[app/Gateway]", "10", "11", "Remove some of additionalIdentities"),
    );
  });
});

describe("availability zones of a new gateway", () => {
  const zoned = (sku: ApimSku, zones: string[]): ApimGateway =>
    new ApimGateway(stack, "Gateway", { ...SERVICE, sku, zones });
  const three = ApimSku.of("Premium", 3);

  test.each([[["1", "2", "3"]], [["2"]], [["1", "${var.zone}"]]])("are those that are named: %j", (zones) => {
    zoned(three, zones);
    expect(service().zones).toEqual(zones);
  });

  test("can be a list that only Terraform knows", () => {
    zoned(ApimSku.PREMIUM, new TerraformVariable(stack, "zones", { type: "list(string)" }).listValue);
    expect(service().zones).toBe("${var.zones}");
  });

  test.each([
    [ApimSku.CONSUMPTION, "Consumption"],
    [ApimSku.DEVELOPER, "Developer"],
    [ApimSku.STANDARD_V2, "StandardV2"],
    [ApimSku.PREMIUM_V2, "PremiumV2"],
  ])("are refused on a tier that azurerm does not tell them: %#", (sku, tier) => {
    expect(() => zoned(sku, ["1"])).toThrow(
      refusal(
        "unsupported-tier",
        "[app/Gateway]",
        "tier Premium",
        `This gateway is ${tier}`,
        "ApimSku.PREMIUM",
        "omit zones",
      ),
    );
  });

  test.each<[ApimSku, string[], string, ...string[]]>([
    [three, [], "empty-zones", "Omit zones"],
    [three, ["4"], "unknown-zone", '"4"'],
    [ApimSku.PREMIUM, ["1", "2"], "too-few-units", "2 availability zones", "1 unit.", 'ApimSku.of("Premium", 2)'],
    [
      ApimSku.of("Premium", 2),
      ["1", "2", "3"],
      "too-few-units",
      "3 availability zones",
      "2 units.",
      'ApimSku.of("Premium", 3)',
    ],
  ])("that cannot be are refused: %#", (sku, zones, id, ...values) => {
    expect(() => zoned(sku, zones)).toThrow(refusal(id, "[app/Gateway]", ...values));
  });
});

describe("a looked-up gateway", () => {
  const EXISTING = { apimName: "contoso", resourceGroupName: "platform" };

  test("is read, and refused at plan without a system-assigned identity", () => {
    ApimGateway.fromLookup(stack, "Gateway", EXISTING);
    expect(service()).toEqual({
      name: "contoso",
      resource_group_name: "platform",
      lifecycle: {
        postcondition: [
          {
            condition: '${try(self.identity[0].principal_id, "") != ""}',
            error_message: refusal(
              "gateway-without-system-assigned-identity",
              'API Management "${self.name}"',
              "Security > Managed identities > System assigned",
              "identity: GatewayIdentity.userAssigned(...)",
            ),
          },
        ],
      },
    });
  });

  test("is refused at plan without the user-assigned identity that it should call with", () => {
    ApimGateway.fromLookup(stack, "Gateway", { ...EXISTING, identity: GatewayIdentity.userAssigned(identity()) });
    expect(service().lifecycle.postcondition).toEqual([
      {
        condition:
          "${contains([for id in try(self.identity[0].identity_ids, []) : lower(id)], " +
          "lower(azurerm_user_assigned_identity.Identity.id))}",
        error_message: refusal(
          "gateway-without-user-assigned-identity",
          'API Management "${self.name}"',
          "${azurerm_user_assigned_identity.Identity.id}",
          "Security > Managed identities > User assigned",
        ),
      },
    ]);
  });
});

test("a gateway that is reached with a provider of another stack is refused", () => {
  const other = new TerraformStack(stack.node.root, "other");
  const provider = new AzurermProvider(other, "azurerm", { alias: "platform", features: [{}] });
  const gateway = ApimGateway.fromLookup(other, "G", { apimName: "a", resourceGroupName: "b", provider });
  const backend = Backend.url("https://a.contoso.com", Audience.clientId("11111111-2222-3333-4444-555555555555"));
  expect(() => new SecureApimBackend(stack, "Orders", { gateway, backend })).toThrow(
    refusal("provider-of-another-stack", "[app/Orders]", '"other/G"', '"other/azurerm"', "ApimGateway.fromLookup(this"),
  );
});

test("a gateway and another caller with the same identity are one caller", () => {
  const shared = identity();
  const gateway = new ApimGateway(stack, "Gateway", { ...SERVICE, identity: GatewayIdentity.userAssigned(shared) });
  const registration = new AppRegistration(stack, "Registration");
  registration.grantInvoke(gateway);
  registration.grantInvoke(Caller.managedIdentity(shared));
  expect(Object.keys(all(synth(stack), "azuread_app_role_assignment"))).toHaveLength(1);
});

test("a service that calls with two identities is two callers, and has two roles", () => {
  const service = new ApiManagement(stack, "Service", {
    name: "contoso",
    resourceGroupName: GROUP.name,
    location: GROUP.location,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    skuName: "BasicV2_1",
    identity: { type: "SystemAssigned, UserAssigned", identityIds: ["${var.id}"] },
  });
  const ids = { id: "${var.id}", principalId: "${var.principal}", clientId: "${var.client}" };
  const registration = new AppRegistration(stack, "Registration");
  const identities = [undefined, GatewayIdentity.userAssigned(ids), GatewayIdentity.userAssigned({ ...ids })];
  identities.forEach((identity, i) => {
    const gateway = ApimGateway.fromApiManagement(stack, `Gateway${i}`, service, { identity });
    registration.grantInvoke(gateway);
    const backend = Backend.blobStorage({ id: "/files", primaryBlobEndpoint: "https://f.blob.core.windows.net" });
    new SecureApimBackend(stack, `Files${i}`, { gateway, backend });
  });
  new TerraformOutput(stack, "allowed", { value: registration.allowedPrincipalIds, staticId: true });
  const json = synth(stack);
  const both = ["${azurerm_api_management.Service.identity[0].principal_id}", "${var.principal}"];
  expect(json.output.allowed.value).toEqual(both);
  const toWhom = (type: string, attribute: string): string[] =>
    Object.values<Json>(all(json, type)).map((each) => each[attribute]);
  expect(toWhom("azuread_app_role_assignment", "principal_object_id")).toEqual(both);
  expect(toWhom("azurerm_role_assignment", "principal_id")).toEqual(both);
});

test("a user-assigned identity that is not known yet has the label of its gateway", () => {
  const principalId = Lazy.stringValue({
    produce: () => {
      throw new Error("not made yet");
    },
  });
  const identity = GatewayIdentity.userAssigned({ id: "${var.id}", principalId, clientId: "${var.client}" });
  const service = { apimName: "contoso", resourceGroupName: "platform", identity };
  const labels = ["First", "Second"].map((id) => ApimGateway.fromLookup(stack, id, service).bindCaller(stack).label);
  expect(labels).toEqual(["First", "Second"]);
});
