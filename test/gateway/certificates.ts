import { readFileSync } from "fs";
import { join } from "path";

/** Certificates of Contoso, without their keys, which nobody has. */
export const CERTIFICATES = {
  /** Of the CA that has issued itself. */
  root: join(__dirname, "certificates", "root.pem"),
  /** Of the CA that the root has issued. */
  issuing: join(__dirname, "certificates", "issuing.pem"),
  /** Of a server, issued by the issuing CA. */
  server: join(__dirname, "certificates", "server.pem"),
  /** Of a server, issued by itself. */
  selfSigned: join(__dirname, "certificates", "self-signed.pem"),
};

/** The text of a certificate. */
export function pemOf(name: keyof typeof CERTIFICATES): string {
  return readFileSync(CERTIFICATES[name], "utf8");
}

/** A certificate as azurerm takes it: the lines between the marks. */
export function encoded(name: keyof typeof CERTIFICATES): string {
  return pemOf(name)
    .replace(/-----[^-]+-----/g, "")
    .replace(/\s/g, "");
}
