import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { checkName } from "../core/names";
import { shortText } from "../core/text-limits";
import { refuseUnusedName } from "../core/unused-name";
import { AppRegistration } from "./app-registration";
import { DISPLAY_NAME, REGISTRATION_TEXTS } from "./display-name";
import { IAppRegistration } from "./registration";

/** The registration that the user passed, or a new one. Unless it has a name, Entra ID shows it as `stack/defaultName`. */
export function registrationOf(
  scope: Construct,
  options: { readonly registration?: IAppRegistration; readonly registrationName?: string },
  defaultName: string,
): IAppRegistration {
  const { registration, registrationName: name } = options;
  if (registration !== undefined) {
    refuseUnusedName(scope, "registrationName", name, "registration");
    return registration;
  }
  const displayName =
    name === undefined
      ? shortText(`${TerraformStack.of(scope).node.id}/${defaultName}`, REGISTRATION_TEXTS.limits.displayName)
      : checkName(scope, DISPLAY_NAME, name);
  return new AppRegistration(scope, "Registration", { displayName });
}
