import type { Resource } from "./model/resource";
import type { SignIn } from "./model/sign-in";

const TYPES = ["azuread_application", "azuread_application_registration"];

/** The registration that a sign-in is of, if the configuration has it. */
export function registrationOf({ resource, clientId }: SignIn): Resource | undefined {
  const referenced = resource.stack.referencedBy(clientId.value);
  return referenced.find(({ mode, type }) => mode === "resource" && TYPES.includes(type));
}

/** The version of the tokens that it gets: "1" or "2", if the configuration says it. */
export function tokenVersionOf(registration: Resource): string | undefined {
  const isShort = registration.type === "azuread_application_registration";
  const version = registration.at(isShort ? "requested_access_token_version" : "api.requested_access_token_version");
  // What azuread takes if it is not written. Its documents do not say so of the short resource everywhere.
  if (version.isAbsent) return isShort ? undefined : "1";
  return version.text;
}
