import { finding } from "../../../core/fail";
import { repeated } from "../../../core/repeated";
import { Content, Operation, Part, Path } from "../content";
import { keysOf, primitiveText, shown, Trail } from "../json";
import { OpenApiFinding } from "./finding";

/**
 * Operations that are empty, or that API Management must not have.
 *
 * @see docs/design/decisions.md#no-trace-operations
 */
export function* emptyOperations({ operations }: Content): Iterable<OpenApiFinding> {
  for (const operation of operations) yield* bodyFindings(operation);
}

function bodyFindings({ method, path, trail, body }: Operation): OpenApiFinding[] {
  if (method === "trace") {
    const message = finding(
      "open-api-trace-operation",
      `The trace operation of "${shown(path)}" would send requests back as they arrived, including the gateway's token.`,
      "Remove it.",
    );
    return [{ trail, ofKey: true, message }];
  }
  if (keysOf(body).length > 0) return [];
  const message = finding(
    "open-api-empty-operation",
    `The ${method} operation of "${shown(path)}" is empty.`,
    "Add its responses, or remove it.",
  );
  return [{ trail, ofKey: true, message }];
}

/** Operations whose id another one has. */
export function* sameIds({ operations }: Content): Iterable<OpenApiFinding> {
  const named = operations.filter(({ body }) => typeof body.operationId === "string" && body.operationId !== "");
  for (const [{ trail, body }, first] of repeated(named, (operation) => String(operation.body.operationId))) {
    const message = finding(
      "open-api-operation-id-taken",
      `The operation ID "${shown(String(body.operationId))}" is already used by the ${first.method} operation of "${shown(first.path)}".`,
      "Use another one.",
    );
    yield { trail: [...trail, "operationId"], message };
  }
}

/** Operations that take the requests of another one. */
export function* sameRequests({ operations }: Content): Iterable<OpenApiFinding> {
  const templates = new Templates();
  const requestsOf = ({ method, path }: Operation): string => `${method} ${templates.numberOf(path)}`;
  const ofPaths = operations.filter(({ trail }) => trail[0] === "paths");
  for (const [{ method, path, trail }, { path: earlierPath }] of repeated(ofPaths, requestsOf)) {
    const message = finding(
      "open-api-same-requests",
      `The ${method} operation of "${shown(path)}" takes the same requests as that of "${shown(earlierPath)}".`,
      "Remove one of them.",
    );
    yield { trail, ofKey: true, message };
  }
}

/** Numbers paths. Those that accept the same requests have the same number. */
class Templates {
  private readonly ofPaths = new Map<string, number>();
  private readonly ofTemplates = new Map<string, number>();

  public numberOf(path: string): number {
    const known = this.ofPaths.get(path);
    if (known !== undefined) return known;
    const template = path.replace(/\{[^{}]+\}/g, "{}").toLowerCase();
    const number = this.ofTemplates.get(template) ?? this.ofTemplates.size;
    this.ofTemplates.set(template, number);
    this.ofPaths.set(path, number);
    return number;
  }
}

/**
 * What is wrong with the parameters of operations. API Management requires that a path and its operations have the same
 * parameters. It also makes required query parameters a part of the URL template, in which names must differ by more than case.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-api-import-restrictions#url-template-requirements
 */
export function* parameterFindings({ operations }: Content): Iterable<OpenApiFinding> {
  // Operations of a path share its parameters: what is wrong with one is said once.
  const known = new Set<Trail>();
  for (const operation of operations) {
    const { method, trail, body } = operation;
    if (trail[0] !== "paths" || method === "trace" || keysOf(body).length === 0) continue;
    yield* undeclared(operation);
    yield* misused(operation, known);
  }
}

function* undeclared({ path, names, method, trail, parameters, incomplete }: Operation): Iterable<OpenApiFinding> {
  if (incomplete || names.isEmpty) return;
  const declared = new Set(parameters.filter(({ body }) => body.in === "path").map(nameIn));
  for (const name of names) {
    if (declared.has(name)) continue;
    const message = finding(
      "open-api-parameter-undeclared",
      `The path "${shown(path)}" has {${shown(name)}}, but ${method} does not declare this parameter.`,
      `Add it to parameters, with name: ${shown(name)}, in: path and required: true.`,
    );
    yield { trail, ofKey: true, message };
  }
}

function* misused({ path, names, parameters }: Operation, known: Set<Trail>): Iterable<OpenApiFinding> {
  for (const parameter of parameters) {
    const { trail, body } = parameter;
    if (known.has(trail)) continue;
    const name = nameIn(parameter);
    if (body.in === "path" && !names.has(name)) {
      known.add(trail);
      const message = finding(
        "open-api-parameter-unused",
        `The parameter "${shown(name)}" is in: path, but the path "${shown(path)}" has no {${shown(name)}}.`,
        `Add {${shown(name)}} to the path, or remove the parameter.`,
      );
      yield { trail, message };
    } else if (body.in === "query" && body.required === true && names.hasInAnyCase(name)) {
      known.add(trail);
      const message = finding(
        "open-api-parameter-name-taken",
        `The required query parameter "${shown(name)}" has the same name as a parameter in the path "${shown(path)}". API Management ` +
          "makes both parameters of one URL template.",
        "Rename one of them.",
      );
      yield { trail, message };
    }
  }
}

function nameIn({ body }: Part): string {
  const name = primitiveText(body.name);
  return name.startsWith("*") ? name.slice(1) : name;
}

/** What is wrong with the paths of a document. */
export function* pathFindings({ paths, operations }: Content): Iterable<OpenApiFinding> {
  if (operations.length > 0) {
    for (const path of paths) yield* templateFindings(path);
    return;
  }
  const message = finding(
    "open-api-no-operations",
    "The document has no operations, so nobody could call the API.",
    "Add one under paths.",
  );
  yield { trail: ["paths"], ofKey: true, message };
}

function templateFindings({ path, names, trail }: Path): OpenApiFinding[] {
  const messages: string[] = [];
  if (!path.startsWith("/"))
    messages.push(
      finding(
        "open-api-path-without-slash",
        `The path "${shown(path)}" does not begin with a slash.`,
        `Write "/${shown(path)}".`,
      ),
    );
  if (/[{}]/.test(path.replace(/\{[^{}]+\}/g, "")))
    messages.push(
      finding(
        "open-api-path-braces",
        `The braces in the path "${shown(path)}" do not match.`,
        "Write each parameter as {name}.",
      ),
    );
  const [twice] = repeated(names, (name) => name.toLowerCase());
  if (twice)
    messages.push(
      finding(
        "open-api-path-parameter-twice",
        `The path "${shown(path)}" has {${shown(twice[0])}} twice. Parameter names are not case-sensitive.`,
        "Rename one of the parameters.",
      ),
    );
  return messages.map((message) => ({ trail, ofKey: true, message }));
}
