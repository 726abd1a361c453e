import type { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { TerraformStack } from "cdktf";
import { ApimGateway, GatewayIdentity } from "cdktf-secure-apim-backend";
import { ownService } from "../backends/gateways";
import { refusal } from "../helpers/refusal";
import { findings, stackWithProviders, synth } from "../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

function declared(identity?: ApiManagement["identityInput"]): ApiManagement {
  return ownService(stack, "Apim", { name: "apim", identity });
}

const userAssigned = (id: string): GatewayIdentity =>
  GatewayIdentity.userAssigned({ id, principalId: GUID, clientId: GUID });

describe("an ApiManagement object of the app lacks the identity", () => {
  test("it has none", () => {
    ApimGateway.fromApiManagement(stack, "G", declared());
    expect(findings(stack)).toEqual([
      refusal(
        "declared-gateway-without-identity",
        "[app/G]",
        '"app/Apim"',
        "no managed identity",
        'identity: { type: "SystemAssigned" }',
      ),
    ]);
  });

  test("it has the other kind", () => {
    ApimGateway.fromApiManagement(stack, "G", declared({ type: "SystemAssigned" }), { identity: userAssigned("id") });
    expect(findings(stack)).toEqual([
      refusal(
        "declared-gateway-without-identity",
        "[app/G]",
        '"app/Apim"',
        'only an identity of type "SystemAssigned"',
        'identity: { type: "SystemAssigned, UserAssigned", identityIds: [identity.id] }',
      ),
    ]);
  });

  test("it has another one of the kind", () => {
    const service = declared({ type: "UserAssigned", identityIds: ["theirs"] });
    ApimGateway.fromApiManagement(stack, "G", service, { identity: userAssigned("mine") });
    expect(findings(stack)).toEqual([
      refusal("declared-gateway-without-that-identity", "[app/G]", '"app/Apim"', '"mine"', "identityIds"),
    ]);
  });
});

describe("an ApiManagement object of the app has the identity", () => {
  test("set by an override", () => {
    const service = declared();
    service.addOverride("identity", { type: "SystemAssigned" });
    ApimGateway.fromApiManagement(stack, "G", service);
    expect(() => synth(stack)).not.toThrow();
  });

  test("beside another one", () => {
    ApimGateway.fromApiManagement(stack, "G", declared({ type: "SystemAssigned, UserAssigned", identityIds: ["id"] }));
    expect(() => synth(stack)).not.toThrow();
  });

  test("or perhaps: only Terraform knows", () => {
    const service = declared({ type: "UserAssigned", identityIds: ["${var.id}"] });
    ApimGateway.fromApiManagement(stack, "G", service, { identity: userAssigned("mine") });
    expect(() => synth(stack)).not.toThrow();
  });
});
