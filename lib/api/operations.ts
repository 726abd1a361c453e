import { Construct } from "constructs";
import { ApiManagementApiOperationTemplateParameter } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import { UrlParameter, UrlParameterType } from "./url-parameter";
import { fail } from "../core/fail";
import { requireLiteral } from "../core/literal";
import { BindOnce, BOUND } from "../core/bind-once";
import { checkName, kebabCase } from "../core/names";
import { NAME_RULES } from "../gateway/name-rules";
import { ApiSurfaceBindOptions, ApiSurfaceConfig, IApiSurface } from "./api-surface";
import { HttpMethod } from "./http-method";
import { NewApiOptions } from "./new-api-options";
import { newApi, NewOperation } from "./new-api";

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
    if (!isFirst)
      fail(
        scope,
        "parameter-described-twice",
        `The parameter "${name}" of the URL template "${urlTemplate}" is described twice. Remove one of them.`,
      );
  });
  const parameters = names.map((name) => {
    const { type, description, values } = described.find((parameter) => parameter.name === name) ?? {};
    return { name, required: true, type: type ?? UrlParameterType.STRING, description, values };
  });
  return parameters.length > 0 ? parameters : undefined;
}

export function strangeParameter(scope: Construct, urlTemplate: string, name: string, known: readonly string[]): never {
  const instead = known.length > 0 ? `Write one of ${known.join(", ")}` : "Leave parameters out";
  fail(
    scope,
    "strange-parameter",
    `The parameter "${name}" is described, and the URL template "${urlTemplate}" has no {${name}}. ${instead}, or add {${name}} to the ` +
      `template.`,
  );
}

/** One operation of an API. */
export interface ApiOperation {
  /** Its method. */
  readonly method: HttpMethod;

  /** Its path below that of the API, a literal: `/orders/{id}`; `{*rest}` at the end takes all that follows. */
  readonly urlTemplate: string;

  /**
   * What consumers read of the parameters in the path.
   *
   * @default - all are texts
   */
  readonly parameters?: UrlParameter[];

  /**
   * Title that consumers see.
   *
   * @default - method and URL template
   */
  readonly displayName?: string;

  /**
   * Description that consumers see.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Name of the operation, a literal, unique in the API. The Terraform address is made of it.
   *
   * @default - method and URL template in kebab-case, for example `get-orders-id`
   */
  readonly operationId?: string;
}

/** An API with the operations that were listed, and no others. Made by `ApiSurface.operations`. */
export class OperationsApi implements IApiSurface {
  private readonly bound = new BindOnce<ApiSurfaceConfig>("ApiSurface.operations", BOUND.surface);
  private keylessReason?: string;

  constructor(
    private readonly operations: ApiOperation[],
    private readonly props: NewApiOptions,
  ) {}

  /**
   * The same API, open to consumers without a subscription key.
   *
   * @param reason why; shown at synthesis
   */
  public withoutSubscriptionKey(reason: string): OperationsApi {
    const copy = new OperationsApi(this.operations, this.props);
    copy.keylessReason = reason;
    return copy;
  }

  public bind(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig {
    return this.bound.bind(scope, () =>
      newApi(scope, options, this.props, {
        operations: written(scope, this.operations),
        keylessReason: this.keylessReason,
      }),
    );
  }
}

function written(scope: Construct, operations: readonly ApiOperation[]): NewOperation[] {
  if (operations.length === 0)
    fail(
      scope,
      "no-operations",
      `An API without operations can be called by nobody. ` +
        `Write ApiSurface.operations([{ method: HttpMethod.GET, urlTemplate: "/orders" }]).`,
    );
  const taken = new Set<string>();
  const byRequests = new Map<string, string>();
  return operations.map((operation) => {
    const { method, description } = operation;
    const urlTemplate = checkedTemplate(scope, operation.urlTemplate);
    const title = `${method} ${urlTemplate}`;
    const operationId = operation.operationId ?? kebabCase(title.toLowerCase());
    requireLiteral(scope, "an operationId", operationId);
    checkName(scope, NAME_RULES.operation, operationId, kebabCase(operationId));
    if (taken.has(operationId))
      fail(
        scope,
        "operation-taken",
        `There are two operations "${operationId}". Write another operationId for one of them.`,
      );
    taken.add(operationId);
    const requests = `${method} ${urlTemplate.replace(/\{(\*?)[^{}]*\}/g, "{$1}").toLowerCase()}`;
    const same = byRequests.get(requests);
    if (same !== undefined)
      fail(
        scope,
        "same-requests",
        `The operation "${title}" takes the same requests as "${same}". Remove one of them.`,
      );
    byRequests.set(requests, title);
    return {
      id: `Operation-${operationId}`,
      operationId,
      method,
      urlTemplate,
      templateParameter: describedParameters(scope, urlTemplate, operation.parameters ?? []),
      displayName: operation.displayName ?? title,
      description,
    };
  });
}

function checkedTemplate(scope: Construct, urlTemplate: string): string {
  requireLiteral(scope, "a urlTemplate", urlTemplate);
  const rest = urlTemplate.replace(/\{\*?\w[\w-]*\}/g, "p");
  if (!/^\/[^\s{}?#]*$/.test(rest))
    fail(
      scope,
      "invalid-url-template",
      `The URL template "${urlTemplate}" is no path with parameters. Write one such as "/orders/{id}", with a slash first, and ` +
        `without query, fragment and spaces.`,
    );
  const names = parameterNames(urlTemplate);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    fail(
      scope,
      "parameter-twice",
      `The URL template "${urlTemplate}" has the parameter "${twice}" twice. Write another name for one of them.`,
    );
  return urlTemplate;
}
