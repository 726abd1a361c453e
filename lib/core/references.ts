import { IResolvable, TerraformDataSource, TerraformResource, TerraformStack, Token, Tokenization } from "cdktf";
import { Construct } from "constructs";
import { renderedAttributes } from "./rendered";
import { expressionOf } from "./tokens";

/** Stands for what cannot be known. */
const UNKNOWN = "${unknown.value}";

const TEMPLATE = /\$\{((?:[^{}]|\{[^{}]*\})*)\}/g;

/** The Terraform expressions in a value, without `${}`, except references to other stacks. */
export function expressionsIn(scope: Construct, value: string): string[] {
  const { literals, tokens } = Tokenization.reverseString(value);
  const own = tokens.filter((token) => !isOfOtherStack(scope, token));
  const texts = [...literals.map(String), ...own.map((token) => expressionOf(scope, String(token)) ?? UNKNOWN)];
  return texts.flatMap((text) => [...text.matchAll(TEMPLATE)].map(([, expression]) => expression));
}

/** cdktf keeps the stack of a reference, which it replaces by a remote state only at synth. */
function isOfOtherStack(scope: Construct, token: IResolvable): boolean {
  const stack: unknown = Reflect.get(token, "originStack");
  return stack !== undefined && stack !== TerraformStack.of(scope);
}

/** The resource, data or input that a reference begins with. */
const ROOT = /(?<![\w.-])(?:data\.)?[a-z_][\w-]*\.[\w-]+/gi;

/** A string in an expression that has no template. */
const STRING = /"(?:[^"\\$]|\\.|\$(?!\{))*"/g;

/** What a value refers to, such as `azurerm_api_management.gateway`, `data.azurerm_client_config.me` and `var.name`, except in other stacks. */
export function rootsIn(scope: Construct, value: string): string[] {
  return expressionsIn(scope, value).flatMap((expression) => expression.replace(STRING, "").match(ROOT) ?? []);
}

/**
 * What a resource or a data source refers to, as `rootsIn` finds it. Overrides are included, and so are `depends_on` and the
 * lifecycle, but not `create_before_destroy`.
 */
export function rootsOf(resource: TerraformResource | TerraformDataSource): string[] {
  const rendered = renderedAttributes(resource);
  const { depends_on: dependsOn = [], lifecycle = {} } = rendered;
  const references = [dependsOn, lifecycle.replace_triggered_by ?? []]
    .flat()
    .map((each) => expressionOf(resource, each) ?? UNKNOWN);
  const texts = [...references.map((each) => `\${${each.replace(/[${}]/g, "")}}`), ...textsIn(rendered)];
  return texts.flatMap((text) => rootsIn(resource, text));
}

/** Metadata, and what is decided by the references. */
const NO_REFERENCES: ReadonlySet<string> = new Set(["//", "create_before_destroy"]);

/** The strings in a value, with a string for each token. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Token.isUnresolved(value)) return [Token.asString(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => (NO_REFERENCES.has(name) ? [] : textsIn(each)));
}
