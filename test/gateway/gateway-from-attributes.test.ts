import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import {
  ApimGateway,
  ApimGatewayAttributes,
  ApimSku,
  ApiSurface,
  AppRegistration,
  AppRuntime,
  Audience,
  Backend,
  IApimGateway,
  InvokeAssignment,
  NetworkAccess,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";
import { annotations, GROUP, Json, only, stackWithProviders, synth, withoutHashes } from "../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";
const OTHER = "22222222-2222-3333-4444-555555555555";
const CLIENT = "99999999-2222-3333-4444-555555555555";
const ATTRIBUTES = { apimName: "contoso", resourceGroupName: "platform", sku: ApimSku.STANDARD_V2, principalId: GUID };
const SUBSCRIPTION = "${data.azurerm_client_config.SecureApimBackendClientConfig.subscription_id}";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const gateway = (attributes: Partial<ApimGatewayAttributes> = {}, id = "Gateway"): IApimGateway =>
  ApimGateway.fromAttributes(stack, id, { ...ATTRIBUTES, ...attributes });

function secured(by: IApimGateway, networkAccess?: NetworkAccess): Json {
  const backend = Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), networkAccess });
  new SecureApimBackend(stack, "Orders", { gateway: by, backend });
  return synth(stack);
}

function output(value: string): string {
  new TerraformOutput(stack, "output", { value, staticId: true });
  return synth(stack).output.output.value;
}

const token = (json: Json): string =>
  /<authentication-managed-identity [^>]*>/.exec(
    withoutHashes(only(json, "azurerm_api_management_api_policy").xml_content),
  )?.[0] ?? "none";
const TOKEN =
  '<authentication-managed-identity id="secure-apim-backend-token" ' +
  'resource="${azuread_application.Orders_Backend_Registration_E9FD0BB3.client_id}"';
const letIn = (json: Json): string[] =>
  only(json, "azurerm_linux_web_app").auth_settings_v2.active_directory_v2.allowed_identities;

describe("a gateway from its attributes", () => {
  test("calls with its system-assigned identity, and nothing of it is read", () => {
    const json = secured(gateway());
    expect(letIn(json)).toEqual([GUID]);
    expect(token(json)).toBe(`${TOKEN} />`);
    expect(only(json, "azuread_app_role_assignment").principal_object_id).toBe(GUID);
    expect(Object.keys(json.data)).toEqual(["azurerm_client_config"]);
    expect(annotations(stack)).toEqual([]);
  });

  test("calls with a user-assigned identity that the policy names", () => {
    const json = secured(gateway({ clientId: CLIENT }));
    expect(letIn(json)).toEqual([GUID]);
    expect(token(json)).toBe(`${TOKEN} client-id="${CLIENT}" />`);
    expect([gateway({ clientId: CLIENT }, "Again").clientId, gateway({}, "Other").clientId]).toEqual([
      CLIENT,
      undefined,
    ]);
  });

  test("is found at its address in the public cloud, and by its resource id", () => {
    const { gatewayUrl, apimId, skuName, principalId } = gateway();
    expect([gatewayUrl, skuName, principalId]).toEqual(["https://contoso.azure-api.net", "StandardV2_1", GUID]);
    expect(output(apimId)).toBe(
      `/subscriptions/${SUBSCRIPTION}/resourceGroups/platform/providers/Microsoft.ApiManagement/service/contoso`,
    );
  });

  test("is found at another address", () => {
    expect(gateway({ gatewayUrl: "https://api.contoso.com" }).gatewayUrl).toBe("https://api.contoso.com");
  });

  test("is in the subscription of its provider", () => {
    const provider = new AzurermProvider(stack, "platform", { alias: "platform", features: [{}] });
    expect(output(gateway({ provider }).apimId)).toContain(
      "SecureApimBackendClientConfig-platform.subscription_id}/resourceGroups",
    );
    expect(synth(stack).data.azurerm_client_config["SecureApimBackendClientConfig-platform"]).toEqual({
      provider: "azurerm.platform",
    });
  });

  test("is known by variables as well", () => {
    const variable = (name: string): string => new TerraformVariable(stack, name, { type: "string" }).stringValue;
    const json = secured(
      gateway({ apimName: variable("apim"), principalId: variable("object"), clientId: variable("client") }),
    );
    expect(letIn(json)).toEqual(["${var.object}"]);
    expect(token(json)).toMatch(/ client-id="\$\{regex\(".+", var\.client\)\}" \/>$/);
    expect(only(json, "azurerm_api_management_api").api_management_name).toBe("${var.apim}");
  });

  test("is one caller, however many objects there are for it", () => {
    const registration = new AppRegistration(stack, "Registration");
    expect(registration.grantInvoke(gateway({}, "First"))).toBe(registration.grantInvoke(gateway({}, "Second")));
  });

  test("is refused as one caller where two are told to have different identities", () => {
    const registration = new AppRegistration(stack, "Registration");
    registration.grantInvoke(gateway({ principalId: "${var.a}" }, "First"));
    registration.grantInvoke(gateway({ principalId: "${var.a}" }, "Second"));
    for (const principalId of ["${var.b}", GUID]) {
      const third = gateway({ principalId }, `Third${principalId.length}`);
      expect(() => registration.grantInvoke(third)).toThrow(
        refusal(
          "gateway-label-taken",
          "[app/Registration]",
          '"app/First"',
          `"${third.node.path}"`,
          '"platform/contoso"',
        ),
      );
    }
  });

  test("is refused as one caller with two identities as well where others assign the app role", () => {
    const registration = AppRegistration.fromAttributes(stack, "Registration", {
      clientId: CLIENT,
      assignment: InvokeAssignment.managedElsewhere("ticket 12"),
    });
    registration.grantInvoke(gateway({}, "First"));
    const second = gateway({ principalId: OTHER }, "Second");
    expect(() => registration.grantInvoke(second)).toThrow(
      refusal("gateway-label-taken", "[app/Registration]", '"app/First"', '"app/Second"', '"platform/contoso"'),
    );
  });

  test("has as many callers as it has user-assigned identities", () => {
    const registration = new AppRegistration(stack, "Registration");
    registration.grantInvoke(gateway({ clientId: CLIENT }, "First"));
    registration.grantInvoke(gateway({ clientId: GUID, principalId: OTHER }, "Second"));
    registration.grantInvoke(gateway({ clientId: GUID, principalId: "${var.object}" }, "Third"));
    new TerraformOutput(stack, "ids", { value: registration.allowedPrincipalIds, staticId: true });
    const json = synth(stack);
    expect(json.output.ids.value).toEqual([GUID, OTHER, "${var.object}"]);
    expect(Object.keys(json.resource.azuread_app_role_assignment)).toEqual([
      expect.stringMatching(`^Registration_Invoke-${GUID}_`),
      expect.stringMatching(`^Registration_Invoke-${OTHER}_`),
      expect.stringMatching("^Registration_Invoke-varobject_"),
    ]);
  });

  test.each<[string, (id: string) => IApimGateway]>([
    ["from its attributes", (id) => gateway({ principalId: "${var.object}" }, id)],
    ["that is read", (id) => ApimGateway.fromLookup(stack, id, { apimName: "Contoso", resourceGroupName: "platform" })],
  ])("%s keeps the addresses of grants and roles when another object of it comes first", (_, make) => {
    const addresses = (ids: string[]): string[] => {
      stack = stackWithProviders();
      const registration = new AppRegistration(stack, "Registration");
      ids.map(make).forEach((each, i) => {
        registration.grantInvoke(each);
        const backend = Backend.blobStorage({ id: "/files", primaryBlobEndpoint: "https://f.blob.core.windows.net" });
        new SecureApimBackend(stack, `Api${i}`, { gateway: each, backend });
      });
      const { azuread_app_role_assignment: grants, azurerm_role_assignment: roles } = synth(stack).resource;
      return [grants, roles].flatMap((all: Json) => Object.keys(all));
    };
    const alone = addresses(["Second"]);
    expect(alone[0]).toMatch(/^Registration_Invoke-platform--contoso_/);
    expect(alone).toHaveLength(2);
    expect(addresses(["First", "Second"])).toEqual(alone);
  });

  test("has a role for each identity that it is told to have", () => {
    ["a", "b"].forEach((name) => {
      const backend = Backend.blobStorage({ id: "/files", primaryBlobEndpoint: "https://f.blob.core.windows.net" });
      const by = gateway({ principalId: `\${var.${name}}` }, name);
      new SecureApimBackend(stack, `Api${name}`, { gateway: by, backend });
    });
    const roles = Object.values<Json>(synth(stack).resource.azurerm_role_assignment);
    expect(roles.map(({ principal_id }) => principal_id)).toEqual(["${var.a}", "${var.b}"]);
  });

  test("is called by its provider too, where that has an alias", () => {
    const provider = new AzurermProvider(stack, "azurerm-platform", { alias: "hub", features: [{}] });
    expect(gateway({ provider }).bindCaller(stack).label).toBe("hub/platform/contoso");
  });

  test("has each path once, however many objects there are for it", () => {
    secured(gateway({}, "First"));
    const second = gateway({ apimName: "Contoso" }, "Second");
    const backend = Backend.url("https://orders.contoso.com", Audience.clientId(CLIENT));
    const surface = ApiSurface.wildcard({ path: "orders" });
    expect(() => new SecureApimBackend(stack, "OrdersAgain", { gateway: second, backend, surface })).toThrow(
      refusal("path-taken", '"orders"', '"app/Second"', '"app/Orders"'),
    );
  });

  test("is known by addresses that only Terraform knows", () => {
    const list = new TerraformVariable(stack, "addresses", { type: "list(string)" }).listValue;
    expect(gateway({ publicIpAddresses: list }, "List").publicIpAddresses).toBe(list);
    expect(gateway({ publicIpAddresses: ["${var.first}"] }).publicIpAddresses).toEqual(["${var.first}"]);
  });

  test("and that keeps its addresses closes an app to all others", () => {
    const publicIpAddresses = ["203.0.113.7"];
    const json = secured(gateway({ sku: ApimSku.STANDARD, publicIpAddresses }), NetworkAccess.fromGatewayAddresses());
    expect(only(json, "azurerm_linux_web_app").site_config.ip_restriction[0].ip_address).toBe(
      '${join(",", formatlist("%s/32", sort(["203.0.113.7"])))}',
    );
  });
});

describe("refused", () => {
  test.each<[Partial<ApimGatewayAttributes>, string, ...string[]]>([
    [{ principalId: "contoso" }, "invalid-object-id", '"contoso"', '"Object ID" of the enterprise application'],
    [{ clientId: "contoso" }, "invalid-client-id", '"contoso"', '"Application (client) ID"'],
    [{ gatewayUrl: "https://contoso.azure-api.net/" }, "invalid-gateway-url", '"https://contoso.azure-api.net/"'],
    [{ gatewayUrl: "http://contoso.azure-api.net" }, "invalid-gateway-url", '"http://contoso.azure-api.net"'],
    [{ resourceGroupName: " " }, "empty-resource-group-name"],
    ...["203.0.113.7/32", "2001:db8::1", "contoso"].map((address): [Partial<ApimGatewayAttributes>, string, string] => [
      { publicIpAddresses: ["203.0.113.8", address] },
      "invalid-gateway-address",
      `"${address}" in publicIpAddresses`,
    ]),
  ])("what is not what it should be: %j", (attributes, id, ...values) => {
    expect(() => gateway(attributes)).toThrow(refusal(id, "[app/Gateway]", ...values));
  });

  test("an app that is closed to all but the gateway's addresses, which are unknown", () => {
    const closed = (): Json => secured(gateway({ sku: ApimSku.STANDARD }), NetworkAccess.fromGatewayAddresses());
    expect(closed).toThrow(
      refusal("gateway-without-addresses", "[app/Orders/Backend]", '"app/Gateway"', "ApimGateway.fromAttributes"),
    );
  });
});
