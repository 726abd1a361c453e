import { Construct } from "constructs";
import { beginsUnknown, literalOutline } from "../../../core/tokens";
import { fail } from "../../../core/fail";

/** The query parameter in which a signed address of Azure Storage has its signature. */
const SIGNATURE = /[?&]sig=/i;

/** An address that API Management fetches a document from: HTTPS, and no credentials, which Terraform would store. */
export function checkDocumentUrl(scope: Construct, url: string): string {
  const outline = literalOutline(url, "0");
  if (/^[^/]*:\/\/[^/?#]*@/.test(outline) || SIGNATURE.test(outline)) fail(scope, "credentials-in-document-url", "The address of the OpenAPI document has a user name, a password or a signature in it (not shown here): it would be stored in " +
        'plain text in Terraform\'s state. Write an address that needs none, or ApiSurface.openApiFile("...") for a file.');
  if (beginsUnknown(url)) return url;
  if (!/^https:\/\/[^/]/i.test(outline) || !URL.canParse(outline)) fail(scope, "insecure-document-url", `The OpenAPI document would be fetched from "${url}", which is no https:// address, and could be changed on its way. ` +
        `Write ApiSurface.openApiUrl("https://...", { ... }), or ApiSurface.openApiFile("...") for a file.`);
  return url;
}
