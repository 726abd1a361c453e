import { Construct } from "constructs";
import type { ApiManagementApiOperationTemplateParameter } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import { fail } from "../core/fail";
import { requireLiteral } from "../core/literal";
import { repeated } from "../core/repeated";
import { PropertyNames, requireOnly } from "../core/property-names";
import { UrlParameter, UrlParameterType } from "./api-operation";

/** The names of its properties. */
const URL_PARAMETER: PropertyNames<UrlParameter> = { name: true, description: true, type: true, values: true };

/** The URL template, if API Management accepts it. */
export function checkedTemplate(scope: Construct, urlTemplate: string): string {
  requireLiteral(scope, "The urlTemplate of an operation", urlTemplate);
  const rest = urlTemplate.replace(/\{\*?\w[\w-]*\}/g, "p");
  if (!/^\/[^\s{}<>?#]*$/.test(rest))
    fail(
      scope,
      "invalid-url-template",
      `The URL template "${urlTemplate}" is not a path with parameters.`,
      'Begin with a slash, write parameters in braces, and omit query, fragment and spaces, as in "/orders/{id}".',
    );
  const segment = /\/(:\w+)(?=\/|$)/.exec(urlTemplate)?.[1];
  if (segment !== undefined)
    fail(
      scope,
      "colon-parameter",
      `The URL template "${urlTemplate}" has "${segment}", which API Management does not read as a parameter.`,
      `Write {${segment.slice(1)}}.`,
    );
  const wildcard = /(?:\{\*[^{}]*\}|(?<!\{)\*)(?=.)/.exec(urlTemplate)?.[0];
  if (wildcard !== undefined)
    fail(
      scope,
      "wildcard-not-last",
      `The URL template "${urlTemplate}" continues after ${wildcard}, which matches everything that follows.`,
      `Write ${wildcard} last, or a parameter such as {name} in its place.`,
    );
  const [twice] = repeated(parameterNames(urlTemplate), lowerCase);
  if (twice)
    fail(
      scope,
      "duplicate-url-parameter",
      `The URL template "${urlTemplate}" has the parameter "${twice[0]}" twice.`,
      "Rename one of them.",
    );
  return urlTemplate;
}

/** Every parameter of a URL template, in its order, with its description. API Management requires all of them. */
export function templateParameters(
  scope: Construct,
  urlTemplate: string,
  described: readonly UrlParameter[],
): ApiManagementApiOperationTemplateParameter[] | undefined {
  for (const each of described)
    requireOnly(scope, "an entry of parameters", each, {
      names: URL_PARAMETER,
      example: 'parameters: [{ name: "id" }]',
    });
  const names = parameterNames(urlTemplate);
  const known = new Set(names);
  const unknownName = described.find(({ name }) => !known.has(name))?.name;
  if (unknownName !== undefined)
    fail(
      scope,
      "unknown-url-parameter",
      `parameters describes "${unknownName}", but the URL template "${urlTemplate}" has no {${unknownName}}.`,
      `${names.length > 0 ? `Write one of ${names.map((name) => `"${name}"`).join(", ")}` : "Omit parameters"}, or add {${unknownName}} to the template.`,
    );
  const [twice] = repeated(described, ({ name }) => lowerCase(name));
  if (twice)
    fail(
      scope,
      "parameter-described-twice",
      `The parameter "${twice[0].name}" of the URL template "${urlTemplate}" is described twice in parameters.`,
      "Remove one of the entries in parameters.",
    );
  const byName = new Map(described.map((parameter) => [parameter.name, parameter]));
  const parameters = names.map((name) => {
    const { type, description, values } = byName.get(name) ?? {};
    return { name, required: true, type: type ?? UrlParameterType.STRING, description, values };
  });
  return parameters.length > 0 ? parameters : undefined;
}

/** API Management ignores the case of names. */
function lowerCase(name: string): string {
  return name.toLowerCase();
}

/** The names of the parameters in a URL template: of `{name}` and `{*name}`. */
export function parameterNames(urlTemplate: string): string[] {
  const names: string[] = [];
  for (const [, name] of urlTemplate.matchAll(/\{\*?([^{}]+)\}/g)) names.push(name);
  return names;
}
