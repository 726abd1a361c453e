import { Construct } from "constructs";
import { fail } from "../core/fail";
import { requireLiteral } from "../core/literal";
import { checkName, kebabCase } from "../core/names";
import { NAME_RULES } from "../gateway/name-rules";
import { requireList } from "../core/given";
import { ApiOperation, checkMethod } from "./api-operation";
import { createApi, NewOperation, NewApiOptions, PublishedApi } from "./new-api";
import { checkedTemplate, templateParameters } from "./url-template";

/** An API with the operations that are listed, and no others. */
export function operationsSurface(listed: readonly ApiOperation[], props: NewApiOptions): PublishedApi {
  return PublishedApi._of("ApiSurface.operations", (scope, options, keylessReason) =>
    createApi(scope, options, props, { operations: newOperations(scope, listed), keylessReason }),
  );
}

function newOperations(scope: Construct, listed: readonly ApiOperation[]): NewOperation[] {
  const example = 'ApiSurface.operations([{ method: HttpMethod.GET, urlTemplate: "/orders" }])';
  if (requireList(scope, "operations", listed, example).length === 0)
    fail(
      scope,
      "no-operations",
      "The list of operations is empty, so nobody could call the API.",
      `List at least one: ${example}.`,
    );
  const created = listed.map((operation) => newOperation(scope, operation));
  checkDistinct(scope, created);
  return created;
}

function newOperation(scope: Construct, operation: ApiOperation): NewOperation {
  const { method, description, parameters } = operation;
  checkMethod(scope, method);
  const urlTemplate = checkedTemplate(scope, operation.urlTemplate);
  const title = titleOf({ method, urlTemplate });
  const operationId = operation.operationId ?? kebabCase(title.toLowerCase());
  requireLiteral(scope, "The operationId", operationId);
  checkName(scope, NAME_RULES.operation, operationId, kebabCase(operationId));
  return {
    id: `Operation-${operationId}`,
    operationId,
    method,
    urlTemplate,
    templateParameter: templateParameters(scope, urlTemplate, parameters ?? []),
    displayName: operation.displayName ?? title,
    description,
  };
}

function checkDistinct(scope: Construct, created: readonly NewOperation[]): void {
  const ids = new Set<string>();
  const byRequests = new Map<string, string>();
  for (const operation of created) {
    const { method, urlTemplate, operationId } = operation;
    if (ids.has(operationId))
      fail(
        scope,
        "operation-id-taken",
        `Two operations have the operationId "${operationId}".`,
        "Set another operationId for one of them.",
      );
    ids.add(operationId);
    const requests = `${method} ${urlTemplate.replace(/\{(\*?)[^{}]*\}/g, "{$1}").toLowerCase()}`;
    const earlier = byRequests.get(requests);
    if (earlier !== undefined)
      fail(
        scope,
        "same-requests",
        `The operation "${titleOf(operation)}" accepts the same requests as the operation "${earlier}".`,
        "Remove one of them.",
      );
    byRequests.set(requests, titleOf(operation));
  }
}

function titleOf({ method, urlTemplate }: { readonly method: string; readonly urlTemplate: string }): string {
  return `${method} ${urlTemplate}`;
}
