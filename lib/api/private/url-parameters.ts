import { Construct } from "constructs";
import { ApiManagementApiOperationTemplateParameter } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import { UrlParameter, UrlParameterType } from "../url-parameter";
import { fail } from "../../core/fail";

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
    if (!names.includes(name)) strangeParameter(scope, urlTemplate, name, names);
    const isFirst = described.findIndex((other) => other.name === name) === index;
    if (!isFirst) fail(scope, "parameter-described-twice", `The parameter "${name}" of the URL template "${urlTemplate}" is described twice. Remove one of them.`);
  });
  const parameters = names.map((name) => {
    const { type, description, values } = described.find((parameter) => parameter.name === name) ?? {};
    return { name, required: true, type: type ?? UrlParameterType.STRING, description, values };
  });
  return parameters.length > 0 ? parameters : undefined;
}

export function strangeParameter(scope: Construct, urlTemplate: string, name: string, known: readonly string[]): never {
  const instead = known.length > 0 ? `Write one of ${known.join(", ")}` : "Leave parameters out";
  fail(scope, "strange-parameter",
    `The parameter "${name}" is described, and the URL template "${urlTemplate}" has no {${name}}. ${instead}, or add {${name}} to the ` +
      `template.`,
  );
}
