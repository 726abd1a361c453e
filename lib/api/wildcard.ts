import { Construct } from "constructs";
import { fail } from "../core/fail";
import { requireList } from "../core/given";
import { checkMethod, HttpMethod } from "./api-operation";
import { createApi, NewApiOptions, PublishedApi } from "./new-api";

/** Options of an API that passes all paths on. */
export interface WildcardApiOptions extends NewApiOptions {
  /**
   * Methods that are passed on. For OPTIONS call `passThroughOptions(reason)`.
   *
   * @default - GET, HEAD, POST, PUT, PATCH and DELETE
   */
  readonly methods?: HttpMethod[];
}

const METHODS = [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE];

/** An API with one operation for each method, on every path. */
export function wildcardSurface(props: WildcardApiOptions): PublishedApi {
  return PublishedApi._of("ApiSurface.wildcard", (scope, options, reasons) => {
    const methods = checkedMethods(scope, props.methods ?? METHODS);
    const passed = reasons.options === undefined ? methods : [...methods, HttpMethod.OPTIONS];
    const operations = passed.map((method) => ({
      id: method,
      operationId: method.toLowerCase(),
      method,
      urlTemplate: "/*",
      displayName: `${method} on any path`,
    }));
    return createApi(scope, options, props, { operations, reasons });
  });
}

function checkedMethods(scope: Construct, listed: HttpMethod[]): HttpMethod[] {
  const methods = [...new Set(requireList(scope, "methods", listed, "methods: [HttpMethod.GET]"))];
  methods.forEach((method) => checkMethod(scope, method));
  if (methods.length === 0)
    fail(
      scope,
      "empty-methods",
      "The list of methods is empty, so nobody could call the API.",
      "List at least one method, or omit methods to allow all.",
    );
  if (methods.includes(HttpMethod.OPTIONS))
    fail(
      scope,
      "options-among-methods",
      "OPTIONS is in the list of methods, but passing it on requires a reason.",
      'Remove it from methods, and write ApiSurface.wildcard({ ... }).passThroughOptions("why").',
    );
  return methods;
}
