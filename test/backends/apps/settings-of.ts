import { Json, only } from "../../helpers/synth";

/** The app without its sign-in, to which other tests hold all kinds, and without its name and place. */
export function settingsOf(json: Json, type: string): Json {
  const elsewhere = ["auth_settings_v2", "name", "resource_group_name", "location"];
  return Object.fromEntries(Object.entries(only(json, type)).filter(([attribute]) => !elsewhere.includes(attribute)));
}
