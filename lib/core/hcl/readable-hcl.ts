import { TerraformDataSource, TerraformElement, TerraformResource, TerraformStack, TerraformVariable } from "cdktf";
import { overridesOf } from "../rendered";
import { resolved } from "../tokens";
import { Attributes, hclAttributes, moduleArguments, removalsIn, withOverrides } from "./attributes";
import { hclConstant, hclExpression } from "./expression";

/** What the types of cdktf do not show. */
interface WithBindings {
  synthesizeHclAttributes(): Attributes;
}

type Written = TerraformResource | TerraformDataSource;

/** An element with blocks that cdktf does not write in HCL. */
export interface HclWriter {
  hclBlock(): string;
}

/**
 * Makes `cdktf synth --hcl` write what the JSON of a stack says, also of elements that the library has not made. What cdktf renders by
 * itself is not valid HCL where a resource has a condition, a replacement trigger, or quotation marks beside a reference. Overrides in
 * blocks and on the stack would be lost.
 *
 * @see docs/guides/hcl.md
 */
export function writeReadableHcl(stack: TerraformStack): void {
  const done = new WeakSet<TerraformElement>();
  const renderStack = stack.toHclTerraform.bind(stack);
  stack.toHclTerraform = () => {
    const elements = stack.node.findAll().filter((node) => TerraformElement.isTerraformElement(node));
    for (const element of elements.filter((each) => !done.has(each))) {
      done.add(element);
      const render = element.toHclTerraform.bind(element);
      element.toHclTerraform = () => readable(element, render);
    }
    const { hcl, metadata } = renderStack();
    const blocks = elements.flatMap((element) => (isWriter(element) ? [element.hclBlock()] : []));
    return { hcl: [withSettings(hcl, metadata.terraform ?? {}), ...blocks].join("\n\n"), metadata };
  };
}

function isWriter(element: unknown): element is HclWriter {
  return typeof Reflect.get(Object(element), "hclBlock") === "function";
}

/** The blocks in `terraform` that cdktf writes. Of its other settings, such as `required_version`, it writes the name as the value. */
const SETTING_BLOCKS = ["required_providers", "backend", "cloud"];

function withSettings(hcl: string, terraform: Attributes): string {
  const names = Object.keys(terraform).filter((name) => !SETTING_BLOCKS.includes(name));
  const written = names.map((name, index) => `  ${index} = "${name}"\n`).join("");
  const right = names.map((name) => `  ${name} = ${hclExpression(terraform[name])}\n`).join("");
  return hcl.replace(`${written}}`, () => `${right}}`);
}

function readable(element: TerraformElement, render: () => unknown): unknown {
  if (element instanceof TerraformVariable) return variable(element);
  const fragment = resolved(element, render()) as Attributes;
  if (TerraformResource.isTerraformResource(element) || TerraformDataSource.isTerraformDataSource(element))
    return written(element, fragment);
  const { data, module, output, provider, locals } = fragment;
  return {
    ...fragment,
    ...(data && {
      data: eachOf(data, (named: Attributes) => eachOf<Attributes>(named, (each) => hclAttributes(each))),
    }),
    ...(module && { module: eachOf<Attributes>(module, moduleArguments) }),
    ...(output && { output: eachOf<Attributes>(output, (each) => hclAttributes(withConstants(each))) }),
    ...(provider && { provider: eachOf(provider, (list: Attributes[]) => list.map((each) => hclAttributes(each))) }),
    ...(locals && { locals: eachOf(locals, local) }),
  };
}

/** A resource or a data source; nothing for one that was moved. */
function written(element: Written, fragment: Attributes): Attributes {
  const block = TerraformResource.isTerraformResource(element) ? "resource" : "data";
  const { terraformResourceType: type, friendlyUniqueId: name } = element;
  const attributes: Attributes | undefined = fragment[block]?.[type]?.[name];
  if (attributes === undefined) return fragment;
  const bindings = element as unknown as WithBindings;
  const original = (each: string): unknown => resolved(element, bindings.synthesizeHclAttributes()[each]);
  const { own, onStack } = overridesOf(element);
  const whole = [removalsIn(own), resolvedInside(element, onStack)].reduce(withOverrides, attributes);
  return { ...fragment, [block]: { [type]: { [name]: hclAttributes(whole, original) } } };
}

/** Overrides with their tokens resolved. What is `undefined` stays, because it removes something. */
function resolvedInside(element: Written, overrides: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(overrides).map(([name, value]): [string, unknown] => [
      name,
      value?.constructor === Object ? resolvedInside(element, value) : resolved(element, value),
    ]),
  );
}

/** cdktf leaves out a default that is `false`, `0` or empty, and then the variable would be required. */
function variable(element: TerraformVariable): unknown {
  const { friendlyUniqueId: name } = element;
  const { type, validation, ...attributes } = resolved(element, element.toTerraform().variable[name]) as Attributes;
  const typed = type === undefined ? {} : { type: { value: type, type: "type" } };
  const validations = validation && { validation: { value: validation, isBlock: true, type: "list" } };
  return { variable: { [name]: hclAttributes({ ...withConstants(attributes), ...typed, ...validations }) } };
}

/** With what JSON gives as it is: in HCL, it must be a constant. */
function withConstants(attributes: Attributes): Attributes {
  const { default: value, description } = attributes;
  return {
    ...attributes,
    ...(value !== undefined && { default: constant(value) }),
    ...(description !== undefined && { description: constant(description.value ?? description) }),
  };
}

function constant(value: unknown): unknown {
  return { value: hclConstant(value), type: "reference" };
}

/** In a template, because cdktf leaves out a value that is `false`, `0` or empty. */
function local({ value }: Attributes): Attributes {
  return { value: `\${${hclExpression(value)}}` };
}

function eachOf<T>(values: Readonly<Record<string, T>>, change: (value: T) => unknown): Attributes {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
