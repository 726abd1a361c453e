import { asWritten } from "../core/terraform-template";
import { checkedTexts, shortText } from "../core/text-limits";
import { Construct } from "constructs";
import { fail } from "../core/fail";
import { requireLiteral } from "../core/literal";
import { checkName, kebabCase, shortened } from "../core/names";
import { repeated } from "../core/repeated";
import { NAME_RULES } from "../gateway/name-rules";
import { TEXT_LIMITS } from "../gateway/text-limits";
import { requireList } from "../core/given";
import { PropertyNames, requireOnly } from "../core/property-names";
import { ApiOperation, checkMethod, checkOptionsReason, HttpMethod } from "./api-operation";
import { createApi, NewOperation, NewApiOptions, OpeningReasons, PublishedApi } from "./new-api";
import { checkedTemplate, templateParameters } from "./url-template";

/** The names of its properties. */
const API_OPERATION: PropertyNames<ApiOperation> = {
  method: true,
  urlTemplate: true,
  description: true,
  displayName: true,
  operationId: true,
  parameters: true,
};

/** An API with the operations that are listed, and no others. */
export function operationsSurface(listed: readonly ApiOperation[], props: NewApiOptions): PublishedApi {
  return PublishedApi._of("ApiSurface.operations", (scope, options, reasons) =>
    createApi(scope, options, props, { operations: newOperations(scope, listed, reasons), reasons }),
  );
}

function newOperations(scope: Construct, listed: readonly ApiOperation[], reasons: OpeningReasons): NewOperation[] {
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
  const passesOptions = created.some(({ method }) => method === HttpMethod.OPTIONS);
  checkOptionsReason(scope, "ApiSurface.operations", passesOptions, reasons.options);
  return created;
}

/** The longest operation id of API Management. */
const MAX_ID_LENGTH = 80;

function newOperation(scope: Construct, operation: ApiOperation): NewOperation {
  requireOnly(scope, "an entry of operations", operation, {
    names: API_OPERATION,
    example: '{ method: HttpMethod.GET, urlTemplate: "/orders" }',
  });
  const { method, description, parameters } = operation;
  checkMethod(scope, method);
  const urlTemplate = checkedTemplate(scope, operation.urlTemplate);
  const title = titleOf({ method, urlTemplate });
  const operationId = operation.operationId ?? shortened(kebabCase(title.toLowerCase()), MAX_ID_LENGTH, title);
  requireLiteral(scope, "The operationId", operationId);
  checkName(scope, NAME_RULES.operation, operationId, kebabCase(operationId));
  const displayName = operation.displayName ?? shortText(title, TEXT_LIMITS.operation.limits.displayName);
  const texts = checkedTexts(scope, TEXT_LIMITS.operation, { urlTemplate, displayName, description }, operationId);
  return {
    id: `Operation-${operationId}`,
    operationId,
    method,
    templateParameter: templateParameters(scope, urlTemplate, parameters ?? []),
    ...asWritten(texts),
  };
}

/** API Management ignores case in ids, in paths and in names of parameters. */
function checkDistinct(scope: Construct, created: readonly NewOperation[]): void {
  const [sameRequests] = repeated(created, requestsOf);
  if (sameRequests) {
    const [operation, first] = sameRequests.map(titleOf);
    fail(
      scope,
      "same-requests",
      `The operation "${operation}" accepts the same requests as the operation "${first}".`,
      "Remove one of them.",
    );
  }
  const [sameId] = repeated(created, ({ operationId }) => operationId.toLowerCase());
  if (sameId)
    fail(
      scope,
      "operation-id-taken",
      `Two operations have the operationId "${sameId[0].operationId}". API Management does not distinguish upper and lower case.`,
      "Set another operationId for one of them.",
    );
}

function requestsOf({ method, urlTemplate }: NewOperation): string {
  return `${method} ${urlTemplate.replace(/\{(\*?)[^{}]*\}/g, "{$1}").toLowerCase()}`;
}

function titleOf({ method, urlTemplate }: { readonly method: string; readonly urlTemplate: string }): string {
  return `${method} ${urlTemplate}`;
}
