import { HttpMethod } from "./http-method";
import { UrlParameter } from "./url-parameter";

/** One operation of an API. */
export interface ApiOperation {
  /** HTTP method. */
  readonly method: HttpMethod;

  /** Path below that of the API, a plain string such as `/orders/{id}`. `{*rest}` at the end matches everything that follows. */
  readonly urlTemplate: string;

  /**
   * What consumers read about the parameters in the path.
   *
   * @default - all are strings
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
   * Name of the operation, a plain string that is unique in the API. The Terraform address contains it.
   *
   * @default - method and URL template in kebab-case, for example `get-orders-id`
   */
  readonly operationId?: string;
}
