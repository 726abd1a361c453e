import { isObject, JsonObject, Problem, textOf } from "./json";
import { Operation, Parameter, Path } from "./operations";

const OPEN_API = /^3\.(?:0|1)\.\d+$/;

/** What is wrong with the head of a document. */
export function headProblems(root: JsonObject): Problem[] {
  const info = isObject(root.info) ? root.info : {};
  const missing = ["title", "version"].filter((field) => !textOf(info[field])?.trim());
  return [
    ...versionProblems(root),
    ...missing.map((field) => ({
      trail: field in info ? ["info", field] : ["info"],
      ofKey: true,
      message: `info has no ${field}. Write ${field}: "...", in quotes.`,
    })),
  ];
}

function versionProblems(root: JsonObject): Problem[] {
  const field = "openapi" in root ? "openapi" : "swagger";
  if (!(field in root))
    return [
      {
        trail: [],
        message: 'Neither openapi nor swagger says of what version the document is. Write openapi: "3.0.3".',
      },
    ];
  const version = root[field];
  const known = typeof version === "string" && (field === "openapi" ? OPEN_API.test(version) : version === "2.0");
  return known ? [] : [{ trail: [field], message: otherVersion(field, written(version)) }];
}

function written(version: unknown): string {
  return typeof version === "string" ? `"${version}"` : String(textOf(version) ?? "no text");
}

/** What is wrong with paths and operations. */
export function pathProblems(paths: readonly Path[]): Problem[] {
  const operations = paths.flatMap((path) => path.operations);
  if (operations.length === 0)
    return [
      {
        trail: ["paths"],
        ofKey: true,
        message: "The document has no operation, and nothing could be called. Write one below paths.",
      },
    ];
  return [
    ...paths.flatMap(templateProblems),
    ...operations.flatMap(operationProblems),
    ...sameIds(operations),
    ...sameRequests(operations.filter(({ trail }) => trail[0] === "paths")),
  ];
}

function templateProblems({ path, trail }: Path): Problem[] {
  const at = (message: string): Problem => ({ trail, ofKey: true, message });
  const names = placeholders(path).map((name) => name.toLowerCase());
  const twice = placeholders(path).find((_, index) => names.indexOf(names[index]) < index);
  return [
    ...(path.startsWith("/") ? [] : [at(`The path "${path}" has no slash in front. Write "/${path}".`)]),
    ...(/[{}]/.test(path.replace(/\{[^{}]+\}/g, ""))
      ? [at(`The braces in the path "${path}" do not match. Write each parameter as {name}.`)]
      : []),
    ...(twice === undefined
      ? []
      : [at(`The path "${path}" has {${twice}} twice, whatever its case. Give the parameters different names.`)]),
  ];
}

function operationProblems(operation: Operation): Problem[] {
  const { method, path, trail, body } = operation;
  if (method === "trace")
    return [
      {
        trail,
        ofKey: true,
        message: `The operation trace of "${path}" would send requests back as they arrived, the gateway's token included. Remove it.`,
      },
    ];
  if (Object.keys(body).length === 0)
    return [
      {
        trail,
        ofKey: true,
        message: `The operation ${method} of "${path}" is empty. Write its responses, or remove it.`,
      },
    ];
  return trail[0] === "paths" ? parameterProblems(operation) : [];
}

/**
 * API Management wants the parameters of a path and those of its operations to be the same, and makes required query parameters
 * a part of the URL template, in which names differ by more than their case.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-api-import-restrictions#url-template-requirements
 */
function parameterProblems({ method, path, trail, parameters, incomplete }: Operation): Problem[] {
  const used = placeholders(path);
  const named = (place: string): [string, Parameter][] =>
    parameters
      .filter(({ body }) => body.in === place)
      .map((parameter) => [String(parameter.body.name).replace(/^\*/, ""), parameter]);
  const declared = named("path");
  const undeclared = incomplete ? [] : used.filter((name) => !declared.some(([other]) => other === name));
  const unused = declared.filter(([name]) => !used.includes(name));
  const likePath = named("query").filter(
    ([name, { body }]) => body.required === true && used.some((other) => other.toLowerCase() === name.toLowerCase()),
  );
  return [
    ...undeclared.map((name) => ({
      trail,
      ofKey: true,
      message:
        `The path "${path}" has {${name}}, and ${method} has no such parameter. Declare it among its parameters, with name: ${name}, ` +
        `in: path and required: true.`,
    })),
    ...unused.map(([name, parameter]) => ({
      trail: parameter.trail,
      message: `The parameter "${name}" is in: path, and the path "${path}" has no {${name}}. Write {${name}} in it, or remove the parameter.`,
    })),
    ...likePath.map(([name, parameter]) => ({
      trail: parameter.trail,
      message:
        `The required query parameter "${name}" has the name of one in the path "${path}", and API Management makes both parameters of ` +
        `one URL template. Give one of them another name.`,
    })),
  ];
}

/** The parameters in a path; `{*rest}`, which takes all that follows, is named `rest`. */
function placeholders(path: string): string[] {
  return [...path.matchAll(/\{\*?([^{}]+)\}/g)].map(([, name]) => name);
}

function sameIds(operations: readonly Operation[]): Problem[] {
  const taken = new Map<string, Operation>();
  return operations.flatMap((operation) => {
    const { operationId } = operation.body;
    if (typeof operationId !== "string" || operationId === "") return [];
    const first = taken.get(operationId);
    taken.set(operationId, first ?? operation);
    const message =
      first && `The operationId "${operationId}" is that of ${first.method} "${first.path}". Write another one.`;
    return message === undefined ? [] : [{ trail: [...operation.trail, "operationId"], message }];
  });
}

function sameRequests(operations: readonly Operation[]): Problem[] {
  const taken = new Map<string, Operation>();
  return operations.flatMap((operation) => {
    const requests = `${operation.method} ${operation.path.replace(/\{[^{}]+\}/g, "{}")}`;
    const first = taken.get(requests);
    taken.set(requests, first ?? operation);
    const message =
      first &&
      `${operation.method} of "${operation.path}" takes the same requests as that of "${first.path}". Remove one of them.`;
    return message === undefined ? [] : [{ trail: operation.trail, ofKey: true, message }];
  });
}

export function otherVersion(field: string, version: string): string {
  const write = field === "swagger" ? '"2.0", in quotes' : '"3.0.3" or "3.1.0", in quotes';
  return `${field} is ${version}, which API Management does not import. Write ${write}.`;
}
