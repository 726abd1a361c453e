import { mkdtempSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { TerraformStack } from "cdktf";
import { ApimGateway, ApimSku, CaCertificate } from "cdktf-secure-apim-backend";
import { NEW } from "../backends/gateways";
import { refusal } from "../helpers/refusal";
import { findings, only, stackWithProviders, synth } from "../helpers/synth";
import { CERTIFICATES, encoded, pemOf } from "./certificates";

/* A backend whose certificate an internal CA has issued: the gateway trusts the CA, and still checks the certificate. */

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

function trusting(caCertificates: CaCertificate[], sku = ApimSku.PREMIUM): ApimGateway {
  return new ApimGateway(stack, "Gateway", { ...NEW, sku, caCertificates });
}

test("the gateway trusts the root and the intermediate CA, each in its store", () => {
  trusting([CaCertificate.fromFile(CERTIFICATES.root), CaCertificate.fromPem(pemOf("issuing"))]);
  expect(only(synth(stack), "azurerm_api_management").certificate).toEqual([
    { encoded_certificate: encoded("root"), store_name: "Root" },
    { encoded_certificate: encoded("issuing"), store_name: "CertificateAuthority" },
  ]);
});

test("a .cer file in DER is the same certificate", () => {
  const file = join(mkdtempSync(join(tmpdir(), "ca-")), "root.cer");
  writeFileSync(file, Buffer.from(encoded("root"), "base64"));
  trusting([CaCertificate.fromFile(file)]);
  expect(only(synth(stack), "azurerm_api_management").certificate).toEqual([
    { encoded_certificate: encoded("root"), store_name: "Root" },
  ]);
});

test("a certificate that a server has issued itself is its own CA", () => {
  trusting([CaCertificate.fromFile(CERTIFICATES.selfSigned)]);
  expect(only(synth(stack), "azurerm_api_management").certificate[0].store_name).toBe("Root");
});

test("without caCertificates, the gateway trusts only public CAs", () => {
  new ApimGateway(stack, "Gateway", { ...NEW, caCertificates: [] });
  expect(only(synth(stack), "azurerm_api_management")).not.toHaveProperty("certificate");
});

test.each([ApimSku.DEVELOPER, ApimSku.BASIC, ApimSku.STANDARD, ApimSku.PREMIUM])("%j takes them", (sku) => {
  expect(() => trusting([CaCertificate.fromFile(CERTIFICATES.root)], sku)).not.toThrow();
});

test.each([
  [ApimSku.CONSUMPTION, "Consumption"],
  [ApimSku.BASIC_V2, "BasicV2"],
  [ApimSku.STANDARD_V2, "StandardV2"],
  [ApimSku.PREMIUM_V2, "PremiumV2"],
])("%j does not take them", (sku, tier) => {
  expect(() => trusting([CaCertificate.fromFile(CERTIFICATES.root)], sku)).toThrow(
    refusal("unsupported-tier", "[app/Gateway]", "caCertificates", tier, "certificate of a public CA"),
  );
});

test("one more CA, added in another way, is an error", () => {
  const { apiManagement } = trusting([CaCertificate.fromFile(CERTIFICATES.root)]);
  apiManagement.addOverride("certificate", [{ encoded_certificate: encoded("issuing"), store_name: "Root" }]);
  expect(findings(stack)).toEqual([
    refusal("trusted-certificates-changed", "app/Gateway/Resource", "caCertificates: [CaCertificate.fromFile("),
  ]);
});

describe("what is not the certificate of a CA is an error that says what to write", () => {
  test("the certificate of the server itself", () => {
    expect(() => CaCertificate.fromFile(CERTIFICATES.server)).toThrow(
      refusal(
        "not-a-ca-certificate",
        "[CaCertificate.fromFile]",
        "CN=orders.contoso.internal",
        "CN=Contoso Issuing CA",
      ),
    );
  });

  test("a private key, which is not shown", () => {
    const pem = `-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMG\n-----END PRIVATE KEY-----\n${pemOf("root")}`;
    const read = (): unknown => CaCertificate.fromPem(pem);
    expect(read).toThrow(refusal("ca-certificate-with-key", "[CaCertificate.fromPem]", "without its private key"));
    expect(read).not.toThrow(/MIGHAgEAMBMG/);
  });

  test("a chain in one text", () => {
    expect(() => CaCertificate.fromPem(pemOf("root") + pemOf("issuing"))).toThrow(
      refusal("several-ca-certificates", "[CaCertificate.fromPem]", "a CaCertificate for each"),
    );
  });

  test.each(["TRUSTED", "X509"])("a chain that OpenSSL wrote with the label %s CERTIFICATE", (label) => {
    const issuing = pemOf("issuing").replace(/ CERTIFICATE/g, ` ${label} CERTIFICATE`);
    expect(() => CaCertificate.fromPem(pemOf("root") + issuing)).toThrow(refusal("several-ca-certificates"));
  });

  test.each(["", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])("%j", (text) => {
    expect(() => CaCertificate.fromPem(text)).toThrow(refusal("not-a-certificate", "[CaCertificate.fromPem]", "PEM"));
  });

  test("a text that only Terraform knows", () => {
    expect(() => CaCertificate.fromPem("${var.ca}")).toThrow(refusal("literal-required", "PEM text"));
  });

  test("a file that does not exist", () => {
    expect(() => CaCertificate.fromFile("nowhere.cer")).toThrow(refusal("unreadable-file", '"nowhere.cer"'));
  });

  test("more than a service takes", () => {
    expect(() => trusting(Array.from({ length: 11 }, () => CaCertificate.fromFile(CERTIFICATES.root)))).toThrow(
      refusal("too-many-ca-certificates", "[app/Gateway]", "11", "10"),
    );
  });
});
