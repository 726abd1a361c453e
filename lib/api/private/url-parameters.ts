import { Construct } from "constructs";
import { ApiManagementApiOperationTemplateParameter } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import * as errors from "../../core/url-parameter-errors";
import { UrlParameter, UrlParameterType } from "../url-parameter";

/** The names of the parameters in a URL template: of `{name}` and `{*name}`. */
export function parameterNames(urlTemplate: string): string[] {
  return [...urlTemplate.matchAll(/\{\*?([^{}]+)\}/g)].map(([, name]) => name);
}

/** Every parameter of a URL template, in its order, with what is said of it. */
export function describedParameters(
  scope: Construct,
  urlTemplate: string,
  described: readonly UrlParameter[],
): ApiManagementApiOperationTemplateParameter[] | undefined {
  const names = parameterNames(urlTemplate);
  described.forEach(({ name }, index) => {
    if (!names.includes(name)) throw errors.strangeParameter(scope, urlTemplate, name, names);
    const isFirst = described.findIndex((other) => other.name === name) === index;
    if (!isFirst) throw errors.parameterDescribedTwice(scope, urlTemplate, name);
  });
  const parameters = names.map((name) => {
    const { type, description, values } = described.find((parameter) => parameter.name === name) ?? {};
    return { name, required: true, type: type ?? UrlParameterType.STRING, description, values };
  });
  return parameters.length > 0 ? parameters : undefined;
}
