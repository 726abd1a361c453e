import { TerraformResource } from "cdktf";
import * as errors from "../../core/errors";
import { listLength } from "../../core/tokens";
import { IAppRegistration } from "../../entra/registration";

/** App Service Authentication keeps 500 characters of the allow-list, separators included: 13 object ids. */
const MAX_CALLERS = 13;

/** What is wrong with the list of those whom an app lets in: nobody would be everybody, and too many are cut off. */
export function allowListFindings(resource: TerraformResource, app: string, registration: IAppRegistration): string[] {
  const callers = listLength(resource, registration.allowedPrincipalIds);
  if (callers === 0) return [errors.emptyAllowList(app, registration.node.path)];
  return callers > MAX_CALLERS ? [errors.allowListTooLong(app, callers, MAX_CALLERS)] : [];
}
