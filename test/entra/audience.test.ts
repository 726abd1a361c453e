import { Lazy, TerraformStack, TerraformVariable } from "cdktf";
import { AppRegistration, Audience, Backend, InvokeAssignment, SecureApimBackend } from "cdktf-secure-apim-backend";
import { ApimGateway } from "cdktf-secure-apim-backend";
import { checkedAudience } from "../../lib/entra/audience";
import { AUDIENCE, MANAGEMENT, URI } from "../../lib/entra/audience-text";
import { SERVICE_AUDIENCE, SERVICE_CLIENT_ID } from "../../lib/entra/azure-services";
import { GUID as CLIENT_ID } from "../../lib/core/ids";
import { resolved } from "../../lib/core/tokens";
import { refusal } from "../helpers/refusal";
import { GROUP, stackWithProviders, synth } from "../helpers/synth";

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
    [Audience.uri("api://orders/.default"), "scope-as-audience", 'Write the application ID URI: "api://orders".'],
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

  test("of a registration of the user's own kind", () => {
    const registration = { tokenResource: "orders", grantInvoke: () => ({ dependencies: [] }) };
    expect(() => resource(Audience.registration(registration as unknown as AppRegistration))).toThrow(
      refusal("invalid-audience", 'Audience.registration("orders") is not a client ID or an application ID URI.'),
    );
  });

  test.each([[{}], [{ tokenResource: "api://orders" }], [{ grantInvoke: () => ({ dependencies: [] }) }]])(
    "is what %j has: it is no registration",
    (registration) => {
      expect(() => Audience.registration(registration as AppRegistration)).toThrow(
        refusal("wrong-value", "[Audience.registration]", "The value of registration is"),
      );
    },
  );

  test.each([[{}], [{ _tokenResource: () => "api://orders" }], [{ _registration: undefined }]])(
    "is refused as one: %j",
    (audience) => {
      expect(() => checkedAudience(stack, audience as Audience)).toThrow(
        refusal("wrong-value", "[app]", "The value of audience is"),
      );
    },
  );

  test.each<[string, Audience]>([
    ["Audience.clientId", Audience.clientId(undefined as unknown as string)],
    ["Audience.uri", Audience.uri(undefined as unknown as string)],
  ])("is refused if it is missing: %s", (call, audience) => {
    expect(() => resource(audience)).toThrow(`audience in ${call}`);
  });

  test("is an error at synth if it is known only then", () => {
    resource(Audience.uri(Lazy.stringValue({ produce: () => "https://management.azure.com" })));
    expect(() => synth(stack)).toThrow(refusal("management-audience", "[app]", '"https://management.azure.com"'));
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

describe("what Terraform checks of an audience that only Terraform knows", () => {
  const pattern = ({ source, flags }: RegExp): string => `"${flags.includes("i") ? "(?i)" : ""}${source}"`;
  const UNKNOWN = () => new TerraformVariable(stack, "audience", {}).stringValue;

  test.each<[string, () => Audience, string, RegExp, RegExp]>([
    ["a client ID", () => Audience.clientId(UNKNOWN()), "audience-at-plan", CLIENT_ID, SERVICE_CLIENT_ID],
    ["a URI", () => Audience.uri(UNKNOWN()), "audience-at-plan", URI, SERVICE_AUDIENCE],
    ["a service", () => Audience._azureService(UNKNOWN()), "token-resource-at-plan", AUDIENCE, MANAGEMENT],
  ])("%s: its form, and that it is nobody else's", (_, audience, id, form, foreign) => {
    const [condition, ...others] = audience()._conditions(stack);
    expect(others).toEqual([]);
    expect(condition.errorMessage).toEqual(refusal(id));
    expect(resolved(stack, condition.condition)).toBe(
      `\${(can(regex(${pattern(form)}, var.audience)) && !can(regex(${pattern(foreign)}, var.audience)))}`,
    );
  });

  test("nothing of a literal, nor of a registration that is created", () => {
    const registration = Audience.registration(new AppRegistration(stack, "R"));
    const known = [Audience.clientId(GUID), Audience.uri("api://orders"), registration];
    expect(known.flatMap((audience) => audience._conditions(stack))).toEqual([]);
  });
});
