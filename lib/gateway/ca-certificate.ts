import { X509Certificate } from "crypto";
import type { ApiManagementCertificate } from "@cdktf/provider-azurerm/lib/api-management";
import { Construct } from "constructs";
import { fail, Place } from "../core/fail";
import { requireGiven, requireList } from "../core/given";
import { requireLiteral } from "../core/literal";
import { readBytes } from "../core/text-file";
import { requireTier } from "./tiers";

const FILE = "CaCertificate.fromFile";
const PEM = "CaCertificate.fromPem";

/** Far more than a certificate has. */
const MAX_BYTES = 64 * 1024;

/** How many CA certificates a service takes. */
const MAX = 10;

const HOW_TO_WRITE =
  'Export only the certificate, without its private key: as PEM ("-----BEGIN CERTIFICATE-----"), or as DER in a .cer file.';

/**
 * A certificate of a certificate authority (CA) that backends of a gateway have their certificates from. The gateway trusts all certificates
 * that the CA issues, for all backends. A certificate is public, and is in the Terraform state.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-howto-ca-certificates
 */
export class CaCertificate {
  /**
   * A certificate in a file, as PEM or DER.
   *
   * @param path relative to the working directory, or absolute
   */
  public static fromFile(path: string): CaCertificate {
    return new CaCertificate(FILE, readBytes({ path, what: "The CA certificate", place: FILE, maxBytes: MAX_BYTES }));
  }

  /**
   * A certificate as PEM text, which begins with `-----BEGIN CERTIFICATE-----`.
   *
   * @param pem the text
   */
  public static fromPem(pem: string): CaCertificate {
    return new CaCertificate(PEM, Buffer.from(requireLiteral(PEM, "The PEM text of a CA certificate", pem)));
  }

  private readonly certificate: X509Certificate;

  private constructor(place: string, content: Buffer) {
    this.certificate = checkedCertificate(place, content);
  }

  /**
   * A root has issued itself. What another certificate authority has issued is intermediate.
   *
   * @internal
   */
  public get _block(): ApiManagementCertificate {
    const { raw } = this.certificate;
    return {
      encodedCertificate: raw.toString("base64"),
      storeName: issuedItself(this.certificate) ? "Root" : "CertificateAuthority",
    };
  }
}

function checkedCertificate(place: Place, content: Buffer): X509Certificate {
  const text = content.toString("latin1");
  if (text.includes("PRIVATE KEY"))
    fail(
      place,
      "ca-certificate-with-key",
      "The text contains a private key (not shown here), which Terraform would store in its state in plain text.",
      HOW_TO_WRITE,
    );
  // OpenSSL also writes TRUSTED CERTIFICATE and X509 CERTIFICATE.
  if (text.split(/-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/).length > 2)
    fail(
      place,
      "several-ca-certificates",
      "The text contains several certificates, and API Management would take only the first one.",
      "Write a CaCertificate for each of them.",
    );
  const certificate = parsed(content);
  if (certificate === undefined)
    fail(place, "not-a-certificate", "The content is not an X.509 certificate.", HOW_TO_WRITE);
  if (!certificate.ca && !issuedItself(certificate))
    fail(
      place,
      "not-a-ca-certificate",
      `The certificate "${certificate.subject}" is not the certificate of a CA: it was issued by "${certificate.issuer}".`,
      "Write the certificate of the CA that issued it.",
    );
  return certificate;
}

function parsed(content: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(content);
  } catch {
    return undefined;
  }
}

function issuedItself({ subject, issuer }: X509Certificate): boolean {
  return subject === issuer;
}

/** The CA certificates of a new gateway as azurerm takes them; `undefined` without any. */
export function certificateBlocks(
  scope: Construct,
  skuName: string,
  certificates?: CaCertificate[],
): ApiManagementCertificate[] | undefined {
  const example = 'caCertificates: [CaCertificate.fromFile("internal-ca.cer")]';
  if (certificates === undefined || requireList(scope, "caCertificates", certificates, example).length === 0)
    return undefined;
  requireTier(scope, { skuName }, "caCertificates", {
    what: "The property caCertificates",
    instead: "give the backend a certificate of a public CA, and omit caCertificates",
  });
  if (certificates.length > MAX)
    fail(
      scope,
      "too-many-ca-certificates",
      `caCertificates contains ${certificates.length} certificates, but an API Management service takes ${MAX}.`,
      "Remove some of them. Do not list the certificates of backends: the certificate of their CA is enough.",
    );
  return certificates.map(
    (certificate) => requireGiven(scope, certificate, { name: "a CA certificate", has: ["_block"], example })._block,
  );
}
