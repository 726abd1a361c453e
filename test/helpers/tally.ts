import {
  App,
  TerraformDataSource,
  TerraformElement,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
} from "cdktf";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import * as stackTraces from "cdktf/lib/tokens/private/stack-trace";
import { IConstruct, Node } from "constructs";
import { linesOfProject } from "./project-lines";
import { readingsOf } from "./readings";
import { synth } from "./synth";

/** What has attributes, which a class of a provider renders. */
type Renderable = TerraformResource | TerraformDataSource | TerraformProvider;

/**
 * What cdktf and the library do to make a stack, to validate it and to write it. Unlike time, this is the same on every machine.
 */
export interface Tally {
  readonly constructs: number;
  readonly resources: number;
  /** A walk of the tree visits each construct once. */
  readonly visits: number;
  /** The tokens and blocks made at construction. */
  readonly tokens: number;
  /** The tokens and blocks made at validation, and when the stack is written. */
  readonly laterTokens: number;
  readonly renderingsAtConstruction: number;
  readonly renderings: number;
  /** How often each resource, data source and provider is rendered, by its Terraform type. */
  readonly renderingsByType: Readonly<Record<string, readonly number[]>>;
  /** How often a text is read as a policy. */
  readonly readings: number;
  /** The same as `visits` and `renderings`, when the stack is written as HCL. */
  readonly hclVisits: number;
  readonly hclRenderings: number;
  /** How often each line makes a token, walks, renders or reads a policy, if they are asked for. */
  readonly places: Places;
}

type Places = ReadonlyMap<string, number>;

/** Whether to print at which lines one more of something adds tokens, walks, renderings and readings. It takes long. */
const ARE_PLACES_SHOWN = process.env.PLACES !== undefined;

/**
 * The tallies of stacks with one and with two of something. What happens once in a process has happened before.
 *
 * @param what what the stacks have, for the places that are printed
 */
export function tallies(what: string, fill: (stack: TerraformStack, count: number) => void): [one: Tally, two: Tally] {
  const first = newStack();
  fill(first, 1);
  synth(first);
  const classes = new Set(renderablesIn(first).map((each): Rendering => Object.getPrototypeOf(each)));
  const [one, two] = [1, 2].map((count) => tally(classes, (stack) => fill(stack, count)));
  if (ARE_PLACES_SHOWN) console.log([`${what}:`, ...placesAdded(one.places, two.places)].join("\n"));
  return [one, two];
}

function placesAdded(one: Places, two: Places): string[] {
  return [...two]
    .map(([place, count]): [string, number] => [place, count - (one.get(place) ?? 0)])
    .filter(([, count]) => count !== 0)
    .sort(([first], [second]) => (first < second ? -1 : 1))
    .map(([place, count]) => `${place}: ${count}`);
}

const COUNTED = [
  "constructs",
  "resources",
  "visits",
  "tokens",
  "laterTokens",
  "renderings",
  "readings",
  "hclVisits",
  "hclRenderings",
] as const;

export type Added = Readonly<Record<(typeof COUNTED)[number], number>>;

/** What is more in one tally than in another. */
export function added(fewer: Tally, more: Tally): Added {
  return Object.fromEntries(COUNTED.map((name) => [name, more[name] - fewer[name]])) as Added;
}

function tally(classes: ReadonlySet<Rendering>, fill: (stack: TerraformStack) => void): Tally {
  let tokens = 0;
  const places = new Map<string, number>();
  const { captureStackTrace } = stackTraces;
  // cdktf captures a stack for each token and block, if the context says so.
  Object.assign(stackTraces, { captureStackTrace: () => (tokens++, notePlace(places, "token"), []) });
  // `toTerraform` and `toHclTerraform` call these. A subclass has its own, so that a spy on cdktf's class would see none.
  const rendered = [...classes].flatMap((each) =>
    (["synthesizeAttributes", "synthesizeHclAttributes"] as const).map((name) => {
      const render = each[name];
      return jest.spyOn(each, name).mockImplementation(function (this: Rendering) {
        notePlace(places, "rendering");
        return render.call(this);
      });
    }),
  );
  const renderings = (): number => rendered.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  const { get: childrenOf } = Object.getOwnPropertyDescriptor(Node.prototype, "children")!;
  const children = jest.spyOn(Node.prototype, "children", "get").mockImplementation(function (this: Node) {
    notePlace(places, "walk");
    return childrenOf!.call(this);
  });
  try {
    const stack = newStack();
    let atConstruction: Pick<Tally, "tokens" | "renderingsAtConstruction"> | undefined;
    const { length: readings } = readingsOf(
      () => {
        fill(stack);
        atConstruction = { tokens, renderingsAtConstruction: renderings() };
        synth(stack);
      },
      () => notePlace(places, "reading"),
    );
    const visits = children.mock.calls.length;
    const written = renderings();
    const resources = renderablesIn(stack);
    const contexts: readonly unknown[] = rendered.flatMap(({ mock }) => mock.contexts);
    const byType: Record<string, number[]> = {};
    for (const each of resources)
      (byType[each.terraformResourceType] ??= []).push(contexts.filter((other) => other === each).length);
    const laterTokens = tokens - atConstruction!.tokens;
    stack.toHclTerraform();
    return {
      ...atConstruction!,
      constructs: stack.node.findAll().length,
      resources: resources.length,
      visits,
      laterTokens,
      renderings: written,
      renderingsByType: byType,
      readings,
      hclVisits: children.mock.calls.length - visits,
      hclRenderings: renderings() - written,
      places,
    };
  } finally {
    Object.assign(stackTraces, { captureStackTrace });
    [...rendered, children].forEach((spy) => spy.mockRestore());
  }
}

/** Notes the lines that something comes from. */
function notePlace(places: Map<string, number>, what: string): void {
  if (!ARE_PLACES_SHOWN) return;
  const place = `${what} at ${linesOfProject() || "cdktf"}`;
  places.set(place, (places.get(place) ?? 0) + 1);
}

/** What is protected in cdktf. */
interface Rendering {
  synthesizeAttributes(): object;
  synthesizeHclAttributes(): object;
}

function newStack(): TerraformStack {
  const context = { "cdktf-secure-apim-backend:creationStacks": true };
  const stack = new TerraformStack(new App({ context }), "app");
  const features = [{ storage: [{ dataPlaneAvailable: false }] }];
  new AzurermProvider(stack, "azurerm", { features, storageUseAzuread: true });
  new AzureadProvider(stack, "azuread");
  return stack;
}

function renderablesIn(stack: TerraformStack): Renderable[] {
  return stack.node.findAll().filter(isRenderable);
}

function isRenderable(node: IConstruct): node is Renderable {
  return (
    TerraformElement.isTerraformElement(node) &&
    (TerraformResource.isTerraformResource(node) ||
      TerraformDataSource.isTerraformDataSource(node) ||
      TerraformProvider.isTerraformProvider(node))
  );
}
