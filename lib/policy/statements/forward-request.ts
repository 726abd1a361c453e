import { PropertyNames, requireOnly } from "../../core/property-names";
import { inSection, PolicySection, StatementConfig } from "../statement";
import { optionalNumber } from "./writing/arguments";
import { node } from "./writing/xml";

/** How a request is forwarded. Redirects are never followed: the consumer gets them, so that the gateway's token goes nowhere else. */
export interface ForwardRequestOptions {
  /**
   * Seconds within which the backend must begin to answer. Above 240, the network may give up first.
   *
   * @default 300
   */
  readonly timeoutSeconds?: number;

  /**
   * Whether the gateway keeps the body of the request, so that it can send it again.
   *
   * @default false
   */
  readonly bufferRequestBody?: boolean;

  /**
   * Whether the gateway collects the response before it passes it on. Write false for server-sent events, and for models.
   *
   * @default true
   */
  readonly bufferResponse?: boolean;

  /**
   * Whether a response with a status of 400 or more runs the on-error section.
   *
   * @default false
   */
  readonly failOnErrorStatusCode?: boolean;
}

/** The names of its properties. */
const FORWARD_REQUEST_OPTIONS: PropertyNames<ForwardRequestOptions> = {
  bufferRequestBody: true,
  bufferResponse: true,
  failOnErrorStatusCode: true,
  timeoutSeconds: true,
};

export function forwardRequest(options: ForwardRequestOptions): StatementConfig {
  const call = "PolicyStatement.forwardRequest";
  requireOnly(call, call, options, { names: FORWARD_REQUEST_OPTIONS, example: `${call}({ timeoutSeconds: 30 })` });
  const xml = forwardRequestElement(call, options);
  return inSection(PolicySection.BACKEND, "forward-request", xml);
}

/** The element, which can be in a `retry` too. Attributes that are not set keep the default of API Management. */
export function forwardRequestElement(call: string, options: ForwardRequestOptions): string {
  return node("forward-request", {
    timeout: optionalNumber(call, "timeoutSeconds", options.timeoutSeconds, 0),
    "buffer-request-body": options.bufferRequestBody?.toString(),
    "buffer-response": options.bufferResponse?.toString(),
    "fail-on-error-status-code": options.failOnErrorStatusCode?.toString(),
  });
}
