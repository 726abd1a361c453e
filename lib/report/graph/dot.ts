import { Frame, Picture } from "./picture";

/** Left to right, or top to bottom. */
export type Direction = "LR" | "TB";

/** The height that the label of a frame takes. */
export const FRAME_LABEL = 22;

/**
 * The picture as Graphviz lays it out: sizes only. No name and no text gets into it, so none can change it, and none needs a font here.
 * One point of Graphviz is one pixel of the page.
 */
export function dotOf({ boxes, frames, arrows }: Picture, direction: Direction): string {
  let clusters = 0;
  const nodes = boxes.map(({ width, height }, index) => `n${index} [width=${inches(width)} height=${inches(height)}];`);
  const edges = arrows.map(
    ({ from, to, width, height }, index) => `n${from} -> n${to} [id=${index} label=${room(width, height)}];`,
  );
  return [
    `digraph { rankdir=${direction}; nodesep=0.32; ranksep=0.45; pad=0.1;`,
    'node [shape=box fixedsize=true label=""];',
    `edge [headport=${direction === "LR" ? "w" : "n"}];`,
    ...nodes,
    ...frames.map(clusterOf),
    ...edges,
    "}",
  ].join("\n");

  function clusterOf(frame: Frame): string {
    const name = `cluster_${clusters++}`;
    const members = frame.boxes.map((index) => `n${index};`).join(" ");
    const label = room(120, FRAME_LABEL);
    return `subgraph ${name} { margin=16; labeljust=l; label=${label}; ${members} ${frame.frames.map(clusterOf).join("\n")} }`;
  }
}

/** A label of Graphviz that takes a place and shows nothing. */
function room(width: number, height: number): string {
  const attributes = `BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0" FIXEDSIZE="TRUE"`;
  return `<<TABLE ${attributes} WIDTH="${width}" HEIGHT="${height}"><TR><TD></TD></TR></TABLE>>`;
}

function inches(pixels: number): string {
  return (pixels / 72).toFixed(3);
}
