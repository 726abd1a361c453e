import { finding } from "../../../core/fail";
import { Content, Operation, Parameter, placeholders } from "../content";
import { OpenApiFinding } from "./finding";

/**
 * What is wrong with the parameters of operations. API Management requires that a path and its operations have the same
 * parameters. It also makes required query parameters a part of the URL template, in which names must differ by more than case.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-api-import-restrictions#url-template-requirements
 */
export function parameterFindings({ operations }: Content): OpenApiFinding[] {
  return operations
    .filter(({ method, trail, body }) => trail[0] === "paths" && method !== "trace" && Object.keys(body).length > 0)
    .flatMap((operation) => [...undeclared(operation), ...unused(operation), ...sameNames(operation)]);
}

function undeclared(operation: Operation): OpenApiFinding[] {
  const { path, method, trail, incomplete } = operation;
  if (incomplete) return [];
  const declared = named(operation, "path").map(([name]) => name);
  return placeholders(path)
    .filter((name) => !declared.includes(name))
    .map((name) => ({
      trail,
      ofKey: true,
      message: finding(
        "open-api-parameter-undeclared",
        `The path "${path}" has {${name}}, but ${method} does not declare this parameter.`,
        `Add it to parameters, with name: ${name}, in: path and required: true.`,
      ),
    }));
}

function unused(operation: Operation): OpenApiFinding[] {
  const { path } = operation;
  return named(operation, "path")
    .filter(([name]) => !placeholders(path).includes(name))
    .map(([name, { trail }]) => ({
      trail,
      message: finding(
        "open-api-parameter-unused",
        `The parameter "${name}" is in: path, but the path "${path}" has no {${name}}.`,
        `Add {${name}} to the path, or remove the parameter.`,
      ),
    }));
}

function sameNames(operation: Operation): OpenApiFinding[] {
  const { path } = operation;
  const used = placeholders(path).map((name) => name.toLowerCase());
  return named(operation, "query")
    .filter(([name, { body }]) => body.required === true && used.includes(name.toLowerCase()))
    .map(([name, { trail }]) => ({
      trail,
      message: finding(
        "open-api-parameter-name-taken",
        `The required query parameter "${name}" has the same name as a parameter in the path "${path}". API Management makes both ` +
          "parameters of one URL template.",
        "Rename one of them.",
      ),
    }));
}

/** The parameters that are in a place, by their names. */
function named({ parameters }: Operation, place: string): [string, Parameter][] {
  return parameters
    .filter(({ body }) => body.in === place)
    .map((parameter) => [String(parameter.body.name).replace(/^\*/, ""), parameter]);
}
