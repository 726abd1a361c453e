import { Barrier, BarrierKind } from "../trust-report";
import { markup, Markup } from "./markup";

export const BARRIER_NAMES: { readonly [kind in BarrierKind]: string } = {
  "sign-in": "Sign-in",
  audience: "Audience",
  issuer: "Issuer",
  "allow-list": "Allow-list",
  role: "Role",
  subscription: "Subscription",
  "excluded paths": "Excluded paths",
  network: "Network",
  transport: "Transport",
  keys: "Keys",
  publishing: "Publishing",
  slots: "Slots",
};

/** How the state of a barrier looks: a word, a sign and a class, so that nobody needs to see the color. */
export const STATES: {
  readonly [state in Barrier["state"]]: { readonly word: string; readonly sign: string; readonly look: string };
} = {
  closed: { word: "Closed", sign: "✓", look: "good" },
  open: { word: "Open", sign: "!", look: "doubt" },
  unknown: { word: "Not known", sign: "?", look: "other" },
  elsewhere: { word: "Elsewhere", sign: "→", look: "other" },
};

/** From what a reviewer has to see first. */
export const STATES_BY_WEIGHT = ["open", "unknown", "elsewhere", "closed"] as const;

export function badge(text: string, look: string): Markup {
  return markup`<span class="badge ${look}">${text}</span>`;
}

/** Where something is written: a path, an address. */
export function place(text: string | undefined): Markup | undefined {
  return text === undefined || text === "" ? undefined : markup`<code class="place">${breakable(text)}</code>`;
}

/** A name that can go on in the next line behind a sign that separates its words. */
export function breakable(text: string): Markup[] {
  return text.split(/(?<=[._/])(?=\w)/).map((part, index) => (index === 0 ? markup`${part}` : markup`<wbr>${part}`));
}
