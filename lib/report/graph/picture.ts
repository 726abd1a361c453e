import { CallProof, PartyKind } from "../trust-report";

/** What is drawn: boxes, frames around them and arrows between them. Texts are laid out, so that sizes are known. */
export interface Picture {
  readonly title: string;
  readonly boxes: readonly Box[];
  readonly frames: readonly Frame[];
  readonly arrows: readonly Arrow[];
}

/** A party. */
export interface Box {
  readonly kind: PartyKind;
  /** Whether it calls with nothing, as everybody can. */
  readonly anyone: boolean;
  /** The whole name and place, which the box may show in part. */
  readonly title: string;
  readonly lines: readonly BoxLine[];
  readonly width: number;
  readonly height: number;
}

/** A line of text in a box, with the distance of its base line from the top. */
export interface BoxLine {
  readonly style: "kind" | "name" | "detail";
  readonly text: string;
  readonly y: number;
}

/** What is around boxes: a stack, or a party with its parts, such as a gateway with its APIs. */
export interface Frame {
  readonly kind: "stack" | PartyKind;
  readonly title: string;
  readonly label: string;
  /** Its boxes, as places in the list of boxes, without those of its frames. */
  readonly boxes: readonly number[];
  readonly frames: readonly Frame[];
}

/** A call, with its number in the table of calls. */
export interface Arrow {
  readonly number: number;
  readonly proof: CallProof;
  readonly title: string;
  /** Places in the list of boxes. */
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
}
