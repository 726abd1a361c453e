import { IConstruct } from "constructs";
import { Json } from "./synth";

/** A file beside the configuration of a stack, before it is written. */
interface Asset extends IConstruct {
  readonly expression: string;
  readonly text: string;
}

/** The Terraform JSON of a stack with the text of each file that is written beside it in the place of `${file("...")}`. */
export function withTexts(tree: IConstruct, json: Json): Json {
  const assets = tree.node.findAll().filter((each): each is Asset => "expression" in each && "text" in each);
  const texts = new Map(assets.map(({ expression, text }) => [expression, text]));
  return JSON.parse(JSON.stringify(json), (_, value) => texts.get(value) ?? value);
}
