import { Construct } from "constructs";
import { checkName } from "../core/names";
import { refuseUnusedName } from "../core/unused-name";
import { createRegistration } from "./app-registration";
import { IAppRegistration } from "./registration";

const DISPLAY_NAME = {
  what: "name of an app registration",
  pattern: /^.{1,120}$/,
  allowed: "1 to 120 characters on one line",
};

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
