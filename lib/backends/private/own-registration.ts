import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { AppRegistration } from "../../entra/app-registration";
import { IAppRegistration } from "../../entra/registration";

/** The registration of an app for which the user named none; in Entra ID it is shown as `stack/name`. */
export function ownRegistration(scope: Construct, name: string): IAppRegistration {
  const displayName = `${TerraformStack.of(scope).node.id}/${name}`;
  return new AppRegistration(scope, "Registration", { displayName });
}
