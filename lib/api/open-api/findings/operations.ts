import { finding } from "../../../core/fail";
import { Content, Operation } from "../content";
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
  const taken = new Map<string, Operation>();
  return operations.flatMap((operation) => {
    const { operationId } = operation.body;
    if (typeof operationId !== "string" || operationId === "") return [];
    const first = taken.get(operationId);
    taken.set(operationId, first ?? operation);
    if (!first) return [];
    const message = finding(
      "open-api-operation-id-taken",
      `The operationId "${operationId}" is already used by the ${first.method} operation of "${first.path}".`,
      "Use another one.",
    );
    return [{ trail: [...operation.trail, "operationId"], message }];
  });
}

function sameRequests(operations: readonly Operation[]): OpenApiFinding[] {
  const taken = new Map<string, Operation>();
  return operations.flatMap((operation) => {
    const { method, path, trail } = operation;
    const requests = `${method} ${path.replace(/\{[^{}]+\}/g, "{}")}`;
    const first = taken.get(requests);
    taken.set(requests, first ?? operation);
    if (!first) return [];
    const message = finding(
      "open-api-same-requests",
      `The ${method} operation of "${path}" takes the same requests as that of "${first.path}".`,
      "Remove one of them.",
    );
    return [{ trail, ofKey: true, message }];
  });
}
