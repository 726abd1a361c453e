import { TerraformStack } from "cdktf";
import { AppRegistration, Audience, Backend, InvokeAssignment, SecureApimBackend } from "cdktf-secure-apim-backend";
import { ApimGateway } from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";
import { GROUP, stackWithProviders } from "../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const resource = (audience: Audience): string => audience._tokenResource(stack);

describe("an audience is what the token is for", () => {
  test.each([
    [Audience.clientId(GUID), GUID],
    [Audience.uri("api://orders"), "api://orders"],
    [Audience.uri("https://orders.contoso.com/api"), "https://orders.contoso.com/api"],
    [Audience.uri("${var.audience}"), "${var.audience}"],
    [Audience._azureService("https://storage.azure.com/"), "https://storage.azure.com/"],
    [Audience._azureService(GUID), GUID],
  ])("%#", (audience, expected) => expect(resource(audience)).toBe(expected));

  test("of a registration, which it remembers", () => {
    const registration = new AppRegistration(stack, "R");
    const audience = Audience.registration(registration);
    expect(resource(audience)).toBe(registration.clientId);
    expect(audience._registration).toBe(registration);
    expect(Audience.clientId(GUID)._registration).toBeUndefined();
  });
});

describe("an audience that is not the backend's", () => {
  test.each<[Audience, string, string]>([
    [Audience.uri("https://management.azure.com/"), "management-audience", '"https://management.azure.com/"'],
    [Audience.uri("https://Graph.microsoft.com"), "management-audience", '"https://Graph.microsoft.com"'],
    [Audience.clientId("00000003-0000-0000-c000-000000000000"), "management-audience", '"00000003-'],
    [Audience.uri("https://management.azure.com:443/.default"), "management-audience", ":443/.default"],
    [Audience.uri("https://graph.microsoft.us/v1.0"), "management-audience", '"https://graph.microsoft.us/v1.0"'],
    [Audience.clientId("orders"), "invalid-audience", 'Audience.clientId("orders") is not a client ID.'],
    [
      Audience.uri("http://orders.contoso.com"),
      "invalid-audience",
      'Audience.uri("http://orders.contoso.com") is not an application ID URI.',
    ],
    [Audience.uri("api://@(context.RequestId)"), "invalid-audience", 'Audience.uri("api://@(context.RequestId)")'],
    [
      Audience._azureService("https://management.azure.com/"),
      "management-token-resource",
      '"https://management.azure.com/"',
    ],
    [Audience._azureService("storage"), "invalid-token-resource", '"storage"'],
  ])("%#", (audience, id, value) => expect(() => resource(audience)).toThrow(refusal(id, "[app]", value)));

  test("that of Microsoft Graph, by a registration", () => {
    const registration = AppRegistration.fromAttributes(stack, "R", {
      clientId: "00000003-0000-0000-c000-000000000000",
      assignment: InvokeAssignment.managedElsewhere("ticket 12"),
    });
    expect(() => resource(Audience.registration(registration))).toThrow(
      refusal("management-audience", "00000003-0000-0000-c000-000000000000"),
    );
  });

  test("is refused at the API whose backend has it", () => {
    const gateway = new ApimGateway(stack, "Gateway", {
      resourceGroup: GROUP,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    const backend = Backend.url("https://o.contoso.com", Audience.clientId("orders"));
    expect(() => new SecureApimBackend(stack, "Orders", { gateway, backend })).toThrow(
      refusal("invalid-audience", "[app/Orders]"),
    );
  });
});
