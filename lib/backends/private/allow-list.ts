import { TerraformResource } from "cdktf";
import { listLength } from "../../core/tokens";
import { IAppRegistration } from "../../entra/registration";
import { finding } from "../../core/fail";

/** App Service Authentication keeps 500 characters of the allow-list, separators included: 13 object ids. */
const MAX_CALLERS = 13;

/** What is wrong with the list of those whom an app lets in: nobody would be everybody, and too many are cut off. */
export function allowListFindings(resource: TerraformResource, app: string, registration: IAppRegistration): string[] {
  const callers = listLength(resource, registration.allowedPrincipalIds);
  if (callers === 0) return [finding("empty-allow-list", 
          `Nobody is granted access to the app "${app}", and Azure reads an empty allow-list as "everybody in the tenant". ` +
          `Write registration.grantInvoke(gateway) on "${registration.node.path}", or pass the backend to a SecureApimBackend, which does it.`
        )];
  return callers > MAX_CALLERS ? [finding("allow-list-too-long", 
          `${callers} callers are granted access to the app "${app}", and App Service keeps ${MAX_CALLERS} of them (500 characters). ` +
          `Let several callers share one identity, or put those that need no direct access behind the gateway.`
        )] : [];
}
