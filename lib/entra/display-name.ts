import { NameRule } from "../core/names";

export const DISPLAY_NAME: NameRule = {
  what: "name of an app registration",
  pattern: /^.{1,120}$/,
  allowed: "1 to 120 characters on one line",
};
