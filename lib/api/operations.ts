import { Construct } from "constructs";
import { BindOnce } from "../core/bind-once";
import * as errors from "../core/errors";
import { checkName, kebabCase, NAME_RULES } from "../core/names";
import { isToken } from "../core/tokens";
import { ApiSurfaceBindOptions, ApiSurfaceConfig, IApiSurface } from "./api-surface";
import { HttpMethod } from "./http-method";
import { NewApiProps } from "./new-api-props";
import { newApi, NewOperation } from "./private/new-api";
import { describedParameters, parameterNames } from "./private/url-parameters";
import { UrlParameter } from "./url-parameter";

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
  private readonly bound = new BindOnce<ApiSurfaceConfig>("ApiSurface.operations", errors.surfaceBoundTwice);
  private keylessReason?: string;

  constructor(
    private readonly operations: ApiOperation[],
    private readonly props: NewApiProps,
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
  if (operations.length === 0) throw errors.noOperations(scope);
  const taken = new Set<string>();
  const byRequests = new Map<string, string>();
  return operations.map((operation) => {
    const { method, description } = operation;
    const urlTemplate = checkedTemplate(scope, operation.urlTemplate);
    const title = `${method} ${urlTemplate}`;
    const operationId = operation.operationId ?? kebabCase(title.toLowerCase());
    if (isToken(operationId)) throw errors.tokenForLiteral(scope, "an operationId");
    checkName(scope, NAME_RULES.operation, operationId, kebabCase(operationId));
    if (taken.has(operationId)) throw errors.operationTaken(scope, operationId);
    taken.add(operationId);
    const requests = `${method} ${urlTemplate.replace(/\{(\*?)[^{}]*\}/g, "{$1}").toLowerCase()}`;
    const same = byRequests.get(requests);
    if (same !== undefined) throw errors.sameRequests(scope, title, same);
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
  if (isToken(urlTemplate)) throw errors.tokenForLiteral(scope, "a urlTemplate");
  const rest = urlTemplate.replace(/\{\*?\w[\w-]*\}/g, "p");
  if (!/^\/[^\s{}?#]*$/.test(rest)) throw errors.invalidUrlTemplate(scope, urlTemplate);
  const names = parameterNames(urlTemplate);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw errors.parameterTwice(scope, urlTemplate, twice);
  return urlTemplate;
}
