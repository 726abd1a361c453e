import { CallProof, Call, Party, PartyKind } from "../trust-report";
import { visible } from "../html/markup";
import { Arrow, Box, BoxLine } from "./picture";
import { Font, shortened, widthOf, wrapped } from "./text-width";

export const BOX_WIDTH = 196;
export const BOX_PADDING = 14;
export const ARROW_PADDING = 8;
/** The height of a line of an arrow's text. */
export const ARROW_LINE = 15;
const ARROW_WIDTH = 184;
const MOST_ROLES = 2;

/** The fonts, which the style sheet of the page repeats. */
export const FONTS: { readonly [style in BoxLine["style"] | "call" | "token" | "frame"]: Font } = {
  kind: { size: 10.5 },
  name: { size: 13, bold: true },
  detail: { size: 11 },
  call: { size: 11, bold: true },
  token: { size: 11 },
  frame: { size: 12, bold: true },
};

/** The distance from one base line to the next. */
const LINE_HEIGHTS = { kind: 17, name: 17, detail: 15 };
const LINES = { kind: 1, name: 3, detail: 1 };
const MOST_DETAILS = 2;

export const KIND_NAMES: { readonly [kind in PartyKind]: string } = {
  caller: "Caller",
  gateway: "Gateway",
  api: "API",
  app: "App",
  slot: "Slot",
  service: "Azure service",
  outside: "Outside",
};

export const PROOF_NAMES: { readonly [proof in CallProof]: string } = {
  "managed identity": "Managed identity",
  "Entra token": "Entra token",
  "other token": "Token of another issuer",
  "subscription key": "Subscription key",
  "token of the caller": "Token of the caller",
  "client certificate": "Client certificate",
  key: "Key",
  nothing: "Nothing",
  "not known": "Not known",
};

/** All that a call proves with, as a text. */
export function proofOf({ how, also = [] }: Call): string {
  return [PROOF_NAMES[how], ...also.map((proof) => PROOF_NAMES[proof].toLowerCase())].join(" and ");
}

/** The box of a party: what it is, its name and a few facts. */
export function boxOf({ kind, name, place, detail }: Party, anyone: boolean): Box {
  const lines: BoxLine[] = [];
  let y = BOX_PADDING - 6;
  const add = (style: BoxLine["style"], text: string): void => {
    for (const line of wrapped(visible(text), BOX_WIDTH - 2 * BOX_PADDING, FONTS[style], LINES[style])) {
      y += LINE_HEIGHTS[style];
      lines.push({ style, text: line, y });
    }
  };
  add("kind", KIND_NAMES[kind]);
  add("name", name);
  for (const fact of detail.slice(0, MOST_DETAILS)) add("detail", fact);
  const title = [`${KIND_NAMES[kind]} ${name}`, ...detail, place].filter((text) => text !== "").join("\n");
  return { kind, anyone, title, lines, width: BOX_WIDTH, height: y + BOX_PADDING - 2 };
}

/** The arrow of a call: its number and how it signs in, the audience, the roles. */
export function arrowOf(call: Call, number: number, from: number, to: number, title: string): Arrow {
  const { how, also = [], audience, roles } = call;
  const shown = roles.length > MOST_ROLES ? [roles[0], `and ${roles.length - 1} more roles`] : roles;
  const besides = also.map((proof) => `and ${PROOF_NAMES[proof].toLowerCase()}`);
  const most = ARROW_WIDTH - 2 * ARROW_PADDING;
  const audiences = audience === undefined ? [] : wrapped(visible(audience), most, FONTS.token, 2);
  const tokens = [...besides, ...audiences, ...shown];
  const lines = [
    shortened(`${number}  ${PROOF_NAMES[how]}`, most, FONTS.call),
    ...tokens.map((text) => shortened(visible(text), most, FONTS.token)),
  ];
  const widths = lines.map((line, index) => widthOf(line, index === 0 ? FONTS.call : FONTS.token));
  const width = Math.ceil(Math.max(...widths)) + 2 * ARROW_PADDING;
  return { number, proof: how, title, from, to, lines, width, height: lines.length * ARROW_LINE + ARROW_PADDING };
}
