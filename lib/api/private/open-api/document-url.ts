import { Construct } from "constructs";
import * as errors from "../../../core/open-api-errors";
import { beginsUnknown, literalOutline } from "../../../core/tokens";

/** The query parameter in which a signed address of Azure Storage has its signature. */
const SIGNATURE = /[?&]sig=/i;

/** An address that API Management fetches a document from: HTTPS, and no credentials, which Terraform would store. */
export function checkDocumentUrl(scope: Construct, url: string): string {
  const outline = literalOutline(url, "0");
  if (/^[^/]*:\/\/[^/?#]*@/.test(outline) || SIGNATURE.test(outline)) throw errors.credentialsInDocumentUrl(scope);
  if (beginsUnknown(url)) return url;
  if (!/^https:\/\/[^/]/i.test(outline) || !URL.canParse(outline)) throw errors.insecureDocumentUrl(scope, url);
  return url;
}
