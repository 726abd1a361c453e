import { finding } from "../../../core/fail";
import { Content, Operation, Parameter, placeholders, Path } from "../content";
import { OpenApiFinding } from "./finding";

/** What is wrong with the operations of a document. */
export function operationFindings({ operations }: Content): OpenApiFinding[] {
  return [
    ...operations.flatMap(bodyFindings),
    ...sameIds(operations),
    ...sameRequests(operations.filter(({ trail }) => trail[0] === "paths")),
  ];
}

function bodyFindings({ method, path, trail, body }: Operation): OpenApiFinding[] {
  if (method === "trace") {
    const message = finding(
      "open-api-trace-operation",
      `The trace operation of "${path}" would send requests back as they arrived, including the gateway's token.`,
      "Remove it.",
    );
    return [{ trail, ofKey: true, message }];
  }
  if (Object.keys(body).length > 0) return [];
  const message = finding(
    "open-api-empty-operation",
    `The ${method} operation of "${path}" is empty.`,
    "Add its responses, or remove it.",
  );
  return [{ trail, ofKey: true, message }];
}

function sameIds(operations: readonly Operation[]): OpenApiFinding[] {
  const named = operations.filter(({ body }) => typeof body.operationId === "string" && body.operationId !== "");
  return repeated(named, ({ body }) => String(body.operationId)).map(([{ trail, body }, first]) => ({
    trail: [...trail, "operationId"],
    message: finding(
      "open-api-operation-id-taken",
      `The operationId "${String(body.operationId)}" is already used by the ${first.method} operation of "${first.path}".`,
      "Use another one.",
    ),
  }));
}

function sameRequests(operations: readonly Operation[]): OpenApiFinding[] {
  const requestsOf = ({ method, path }: Operation): string => `${method} ${path.replace(/\{[^{}]+\}/g, "{}")}`;
  return repeated(operations, requestsOf).map(([{ method, path, trail }, { path: earlierPath }]) => ({
    trail,
    ofKey: true,
    message: finding(
      "open-api-same-requests",
      `The ${method} operation of "${path}" takes the same requests as that of "${earlierPath}".`,
      "Remove one of them.",
    ),
  }));
}

/** The operations whose key an earlier one has, each with the first one that has it. */
function repeated(operations: readonly Operation[], keyOf: (of: Operation) => string): [Operation, Operation][] {
  const taken = new Map<string, Operation>();
  return operations.flatMap((operation) => {
    const first = taken.get(keyOf(operation));
    taken.set(keyOf(operation), first ?? operation);
    return first ? [[operation, first]] : [];
  });
}

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

/** What is wrong with the paths of a document. */
export function pathFindings({ paths, operations }: Content): OpenApiFinding[] {
  if (operations.length > 0) return paths.flatMap(templateFindings);
  const message = finding(
    "open-api-no-operations",
    "The document has no operations, so nobody could call the API.",
    "Add one under paths.",
  );
  return [{ trail: ["paths"], ofKey: true, message }];
}

function templateFindings({ path, trail }: Path): OpenApiFinding[] {
  const messages: string[] = [];
  if (!path.startsWith("/")) {
    messages.push(
      finding("open-api-path-without-slash", `The path "${path}" does not begin with a slash.`, `Write "/${path}".`),
    );
  }
  if (/[{}]/.test(path.replace(/\{[^{}]+\}/g, ""))) {
    messages.push(
      finding(
        "open-api-path-braces",
        `The braces in the path "${path}" do not match.`,
        "Write each parameter as {name}.",
      ),
    );
  }
  const names = placeholders(path).map((name) => name.toLowerCase());
  const twice = placeholders(path).find((_, index) => names.indexOf(names[index]) < index);
  if (twice !== undefined) {
    messages.push(
      finding(
        "open-api-path-parameter-twice",
        `The path "${path}" has {${twice}} twice. Parameter names are not case-sensitive.`,
        "Rename one of the parameters.",
      ),
    );
  }
  return messages.map((message) => ({ trail, ofKey: true, message }));
}
