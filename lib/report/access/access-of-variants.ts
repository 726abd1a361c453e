import { grouped } from "../../core/grouped";
import { once, perhaps } from "../names";
import type { ApiVariant } from "../parties/one-of-several";
import type { Access, Barrier } from "../trust-report";

/** Who gets in with one of the policies that Azure can keep. */
export interface VariantAccess {
  readonly variant: ApiVariant;
  readonly access: Access;
}

/** Who gets into an API with any of its policies. What stops others with one of them only is not known to stop them. */
export function accessOfVariants(all: readonly VariantAccess[]): Access {
  const [{ access }, ...others] = all;
  if (others.length === 0) return access;
  const found = grouped(all, (each) => each.access.barriers.map(textOf));
  const barriers = all.flatMap((each) =>
    each.access.barriers.map((barrier) =>
      found.get(textOf(barrier))?.length === all.length ? barrier : conditional(barrier, each.variant),
    ),
  );
  return {
    party: access.party,
    admits: admittedBy(all),
    barriers: byKind([...new Map(barriers.map((barrier) => [textOf(barrier), barrier])).values()]),
  };
}

function admittedBy(all: readonly VariantAccess[]): string[] {
  const of = (isCertain: boolean): string[] =>
    all.filter(({ variant }) => variant.isCertain === isCertain).flatMap(({ access }) => access.admits);
  const certain = once(of(true));
  const possible = of(false).filter((each) => !certain.includes(each));
  return once([...certain, ...possible.map(perhaps)]);
}

function conditional(barrier: Barrier, { condition, isCertain }: ApiVariant): Barrier {
  const isOpen = barrier.state === "open" && isCertain;
  const state = barrier.state === "closed" || (barrier.state === "open" && !isOpen) ? "unknown" : barrier.state;
  return { ...barrier, state, text: `${condition}: ${barrier.text}` };
}

function byKind(barriers: readonly Barrier[]): Barrier[] {
  return [...grouped(barriers, ({ kind }) => [kind]).values()].flat();
}

function textOf({ kind, state, text }: Barrier): string {
  return JSON.stringify([kind, state, text]);
}
