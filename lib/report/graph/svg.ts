import { markup, Markup, visible } from "../html/markup";
import { ARROW_LINE, ARROW_PADDING, BOX_PADDING, FONTS } from "./boxes";
import { dotOf } from "./dot";
import { Layout, layoutsOf, Point, Rectangle, Route } from "./layout";
import { counted } from "../names";
import { Arrow, Box, Frame, Picture } from "./picture";
import { shortened } from "./text-width";

/** A picture, drawn. */
export interface Drawing {
  readonly title: string;
  readonly svg: Markup;
  readonly width: number;
}

/** A page that is held upright. */
const PAGE = { width: 1080, height: 1440 };

/** Room around the picture, so that no line is cut. */
const MARGIN = 6;

/** Draws each picture from left to right, or from top to bottom if that has to be made less small for a page. */
export async function drawingsOf(pictures: readonly Picture[], page = PAGE): Promise<readonly Drawing[]> {
  const dots = pictures.flatMap((picture) => [dotOf(picture, "LR"), dotOf(picture, "TB")]);
  const layouts = dots.length === 0 ? [] : await layoutsOf(dots);
  return pictures.map((picture, index) => {
    const [across, down] = layouts.slice(2 * index, 2 * index + 2);
    return drawn(picture, tooLarge(down, page) < tooLarge(across, page) ? down : across, `picture-${index + 1}`);
  });
}

/** How many times a layout is larger than a page. */
function tooLarge({ width, height }: Layout, page: typeof PAGE): number {
  return Math.max(1, width / page.width, height / page.height);
}

function drawn(picture: Picture, layout: Layout, id: string): Drawing {
  const { title, boxes, frames, arrows } = picture;
  const all = flat(frames);
  const width = Math.ceil(layout.width) + 2 * MARGIN;
  const height = Math.ceil(layout.height) + 2 * MARGIN;
  const about = `${counted(boxes.length, "party", "parties")} and ${counted(arrows.length, "call")}. The table of calls says the same in words.`;
  // No white space between elements: a picture of 300 boxes has thousands of them.
  const svg = markup`<svg class="picture" viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-about"><title id="${id}-title">${title}</title><desc id="${id}-about">${about}</desc>${all.map((frame, index) => frameOf(frame, layout.frames[index]))}${arrows.map((arrow, index) => lineOf(arrow, layout.arrows[index]))}${all.map((frame, index) => headingOf(frame, layout.frames[index]))}${boxes.map((box, index) => boxOf(box, layout.boxes[index]))}${arrows.map((arrow, index) => labelOf(arrow, layout.arrows[index]))}</svg>`;
  return { title, svg, width };
}

/** In the order in which `dotOf` writes them: each before those in it. */
function flat(frames: readonly Frame[]): readonly Frame[] {
  return frames.flatMap((frame) => [frame, ...flat(frame.frames)]);
}

function frameOf({ kind, title }: Frame, { x, y, width, height }: Rectangle): Markup {
  return markup`<g class="frame ${kind}"><title>${title}</title><rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="12"/></g>`;
}

/** Over the lines, which may cross the heading of a frame. */
function headingOf({ label }: Frame, { x, y, width }: Rectangle): Markup {
  const text = shortened(visible(label), width - 32, FONTS.frame);
  return markup`<text class="heading" x="${px(x + 16)}" y="${px(y + 24)}">${text}</text>`;
}

function boxOf({ kind, anyone, title, lines, width, height }: Box, center: Point): Markup {
  const left = center.x - width / 2;
  const top = center.y - height / 2;
  const texts = lines.map(
    ({ style, text, y }) =>
      markup`<text class="${style}" x="${px(left + BOX_PADDING)}" y="${px(top + y)}">${text}</text>`,
  );
  return markup`<g class="box ${kind}${anyone ? " anyone" : ""}"><title>${title}</title><rect x="${px(left)}" y="${px(top)}" width="${px(width)}" height="${px(height)}" rx="8"/><path class="mark" d="M${px(left + 5)} ${px(top + 12)}V${px(top + height - 12)}"/>${texts}</g>`;
}

function lineOf({ proof }: Arrow, { curve: [start, ...curve], tip }: Route): Markup {
  const base = curve[curve.length - 1];
  const length = Math.hypot(tip.x - base.x, tip.y - base.y) || 1;
  const across = { x: ((base.y - tip.y) / length) * 4, y: ((tip.x - base.x) / length) * 4 };
  const head = `M${at(tip)}L${at({ x: base.x + across.x, y: base.y + across.y })}L${at({ x: base.x - across.x, y: base.y - across.y })}Z`;
  return markup`<g class="line ${classOf(proof)}"><path d="M${at(start)}C${curve.map(at).join(" ")}"/><path class="head" d="${head}"/></g>`;
}

function labelOf({ proof, title, lines, width, height }: Arrow, { label }: Route): Markup {
  const left = label.x - width / 2;
  const top = label.y - height / 2;
  const texts = lines.map(
    (line, index) =>
      markup`<text class="${index === 0 ? "proof" : "token"}" x="${px(label.x)}" y="${px(top + ARROW_PADDING / 2 + 11 + index * ARROW_LINE)}">${line}</text>`,
  );
  return markup`<g class="label ${classOf(proof)}"><title>${title}</title><rect x="${px(left + 3)}" y="${px(top + 2)}" width="${px(width - 6)}" height="${px(height - 5)}" rx="6"/>${texts}</g>`;
}

/** The class of lines of calls that prove with this. */
export function classOf(proof: Arrow["proof"]): string {
  return `by-${proof.toLowerCase().replace(/ /g, "-")}`;
}

function at({ x, y }: Point): string {
  return `${px(x)},${px(y)}`;
}

function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}
