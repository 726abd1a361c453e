import { NameRule } from "../core/names";
import { TextLimits } from "../core/text-limits";

/** The name that a user gives to the registration of an app, or to one that somebody else creates. */
export const DISPLAY_NAME: NameRule = {
  what: "name of an app registration",
  pattern: /^.{1,120}$/,
  allowed: "1 to 120 characters on one line",
};

/**
 * What Microsoft Graph accepts.
 *
 * @see https://learn.microsoft.com/graph/api/resources/application#properties
 */
export const REGISTRATION_TEXTS = {
  of: "app registration",
  limits: { displayName: { min: 1, max: 256 } },
} satisfies TextLimits;
