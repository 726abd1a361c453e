import { Construct } from "constructs";
import { checkName } from "../core/names";
import { refuseUnusedName } from "../core/unused-name";
import { createRegistration } from "./app-registration";
import { DISPLAY_NAME } from "./display-name";
import { IAppRegistration } from "./registration";

/** The registration that the user passed, or a new one. */
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
  return createRegistration(scope, defaultName, name && checkName(scope, DISPLAY_NAME, name));
}
