import { TerraformDataSource, TerraformLocal, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import type { ElementsOfApp } from "../core/elements-of-app";
import { once } from "../core/once";
import { addressOf, logicalIdOf, renderedAttributes } from "../core/rendered";
import { identityOf } from "../core/tokens";

/** What a name is the same as: itself, then what it refers to, as far as the app writes that. The last one says most. */
export type NamesOf = (element: IConstruct, name: unknown) => string[];

/** `${<path>type.id.attribute}`, with the path of a stack, or a local value. */
const REFERENCE = /^\$\{<([^>]*)>\s*(?:(local\.[\w-]+)|((?:data\.)?[\w-]+\.[\w-]+)(?:\.(\w+)|\[\s*"(\w+)"\s*\]))\s*\}$/;

/** Each revision of an API has a policy of its own, and a path. */
const REVISION = /;rev=[^;]*$/i;

type Named = TerraformResource | TerraformDataSource | TerraformLocal;

/** Follows the references of an app to what they stand for, such as the name of a look-up. */
export function namesIn(elements: ElementsOfApp): NamesOf {
  const named = once(() => byAddress(elements));
  return (element, name) => {
    const found = new Set<string>();
    let next = identityInApp(element, name)?.replace(REVISION, "");
    while (next !== undefined && !found.has(next)) {
      found.add(next);
      const [, stack, local, address, attribute, key] = REFERENCE.exec(next) ?? [];
      const other = stack === undefined ? undefined : named().get(`<${stack}>${local ?? address}`);
      next = other && identityInApp(other, valueOf(other, attribute ?? key));
    }
    return [...found];
  };
}

/** What an app declares, by the path of its stack and its address there. */
function byAddress({ resources, dataSources, locals }: ElementsOfApp): Map<string, Named> {
  const found = new Map<string, Named>();
  const add = (each: Named, address: string | undefined): void => {
    if (address !== undefined) found.set(`<${TerraformStack.of(each).node.path}>${address}`, each);
  };
  for (const local of locals) add(local, `local.${logicalIdOf(local)}`);
  for (const some of [...resources.values(), ...dataSources.values()])
    for (const each of some) add(each, addressOf(each)?.replace(/^resource\./, ""));
  return found;
}

function valueOf(named: Named, attribute: string): unknown {
  return named instanceof TerraformLocal ? named["_expression"] : renderedAttributes(named)[attribute];
}

/** The same for each stack: a reference begins with the path of its stack, also in that stack. */
function identityInApp(element: IConstruct, value: unknown): string | undefined {
  const identity = value === undefined ? undefined : identityOf(element, value);
  return identity?.replace(/\$\{(?!<)/g, `\${<${TerraformStack.of(element).node.path}>`);
}
