import { optionalNumber } from "./writing/arguments";
import { node } from "./writing/xml";
import { statement } from "./writing/statement";
import { IPolicyStatement, PolicySection, PolicySlot } from "../policy-statement";

/**
 * How a request is forwarded. Redirects are never followed here: they go to the consumer, so that the gateway's token goes
 * nowhere else.
 */
export interface ForwardRequestOptions {
  /**
   * Seconds within which the backend must begin to answer. Above 240 the network may give up before.
   *
   * @default 300
   */
  readonly timeoutSeconds?: number;

  /**
   * Whether the body of the request is kept, so that it can be sent again.
   *
   * @default false
   */
  readonly bufferRequestBody?: boolean;

  /**
   * Whether the response is collected before it is passed on. Write false for server-sent events.
   *
   * @default true
   */
  readonly bufferResponse?: boolean;

  /**
   * Whether a response with a status of 400 or more runs the section on-error.
   *
   * @default false
   */
  readonly failOnErrorStatusCode?: boolean;
}

/** See `PolicyStatement.forwardRequest`. */
export function forwardRequest(props: ForwardRequestOptions): IPolicyStatement {
  return statement({
    section: PolicySection.BACKEND,
    slot: PolicySlot.USER,
    kind: "forward-request",
    xml: forwardRequestElement("PolicyStatement.forwardRequest", props),
  });
}

/** The element, which may stand alone or in a `retry`. What is not given is left to API Management. */
export function forwardRequestElement(call: string, props: ForwardRequestOptions): string {
  return node("forward-request", {
    timeout: optionalNumber(call, "timeoutSeconds", props.timeoutSeconds, 0),
    "buffer-request-body": written(props.bufferRequestBody),
    "buffer-response": written(props.bufferResponse),
    "fail-on-error-status-code": written(props.failOnErrorStatusCode),
  });
}

function written(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
