import { DOORS, FLEX_DOORS } from "./open-doors";

/** What kinds of app differ in when the user declared them. */
export interface OwnAppKind {
  readonly factory: string;
  /** Where API paths begin unless the user says otherwise. */
  readonly routePrefix: string;
  readonly doors: typeof DOORS;
}

const FUNCTIONS = { routePrefix: "api", doors: DOORS };
const WEB = { routePrefix: "", doors: DOORS };

export const OWN_LINUX_FUNCTION_APP: OwnAppKind = { factory: "Backend.fromLinuxFunctionApp", ...FUNCTIONS };
export const OWN_WINDOWS_FUNCTION_APP: OwnAppKind = { factory: "Backend.fromWindowsFunctionApp", ...FUNCTIONS };
export const OWN_FLEX_FUNCTION_APP: OwnAppKind = {
  ...FUNCTIONS,
  factory: "Backend.fromFlexFunctionApp",
  doors: FLEX_DOORS,
};
export const OWN_LINUX_WEB_APP: OwnAppKind = { factory: "Backend.fromLinuxWebApp", ...WEB };
export const OWN_WINDOWS_WEB_APP: OwnAppKind = { factory: "Backend.fromWindowsWebApp", ...WEB };
