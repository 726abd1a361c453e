import { ApimGateway, ApimSku, Audience, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";
import { findings, stackWithProviders, synth } from "../helpers/synth";

/* The backend entity is where the gateway sends its token. */

const CLIENT = "11111111-2222-3333-4444-555555555555";

function published(): SecureApimBackend {
  const stack = stackWithProviders();
  const gateway = ApimGateway.fromAttributes(stack, "Gateway", {
    apimName: "contoso",
    resourceGroupName: "platform",
    sku: ApimSku.BASIC,
    principalId: CLIENT,
  });
  const backend = Backend.url("https://orders.contoso.com", Audience.clientId(CLIENT));
  return new SecureApimBackend(stack, "Orders", { gateway, backend });
}

test("a backend entity that nothing changes has no finding", () => {
  expect(() => synth(published().node.scope as never)).not.toThrow();
});

test.each<[string, unknown, string]>([
  ["name", "other", "name"],
  ["protocol", "soap", "protocol"],
  ["url", "https://elsewhere.contoso.com", "url"],
  ["credentials", { header: { Authorization: "other" } }, "credentials"],
  ["proxy", { url: "https://proxy.contoso.com" }, "proxy"],
  ["resource_id", "/subscriptions/s/other", "resource_id"],
  ["service_fabric_cluster", { management_endpoints: ["https://elsewhere"] }, "service_fabric_cluster"],
  ["count", 0, "count"],
  ["for_each", ["a"], "for_each"],
])("%s cannot be changed to %j", (attribute, value, named) => {
  const { backendEntity, node } = published();
  backendEntity?.addOverride(attribute, value);
  expect(findings(node.scope as never)).toEqual([
    refusal("backend-entity-changed", "app/Orders/BackendEntity", `Remove what changes ${named} on it`),
  ]);
});

test.each(["validate_certificate_chain", "validate_certificate_name"])(
  "%s cannot be turned off for a backend with a certificate of an internal CA: the message says what to write instead",
  (attribute) => {
    const { backendEntity, node } = published();
    backendEntity?.addOverride(`tls.${attribute}`, false);
    expect(findings(node.scope as never)).toEqual([
      refusal(
        "backend-certificate-not-checked",
        "app/Orders/BackendEntity",
        "Remove what changes tls on it",
        "caCertificates: [CaCertificate.fromFile(",
        "CA certificates",
      ),
    ]);
  },
);
