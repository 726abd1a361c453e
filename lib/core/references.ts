import { IResolvable, TerraformStack, Tokenization } from "cdktf";
import { Construct } from "constructs";
import { expressionOf } from "./tokens";

const TEMPLATE = /\$\{((?:[^{}]|\{[^{}]*\})*)\}/g;

/** The Terraform expressions in a value, without `${}`, except references to other stacks. */
export function expressionsIn(scope: Construct, value: string): string[] {
  const { literals, tokens } = Tokenization.reverseString(value);
  const own = tokens.filter((token) => !isOfOtherStack(scope, token));
  const texts = [
    ...literals.map(String),
    ...own.map((token) => expressionOf(scope, String(token)) ?? "${unknown.value}"),
  ];
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
