import { diagnosis, failed, notChecked, PASSED, Verdict } from "./diagnosis";
import { isUnknownOperation } from "./gateway-rules";
import { Answer, Silence } from "./request";
import { isRedirect, unclear } from "./sign-in-rules";

/** What an answer to plain HTTP shows, or that there is none. */
export function judgePlainHttp(answer: Answer | Silence): Verdict {
  if ("silence" in answer)
    return /^(?:ECONNREFUSED|ECONNRESET|EPIPE|HPE_\w+)$/.test(answer.silence) ? PASSED : notChecked(PORT_UNSEEN);
  const { status, location } = answer;
  if (isRedirect(status)) return location?.protocol === "https:" ? PASSED : failed(REDIRECTS_TO_HTTP);
  // 400 and 426 say that TLS is missing.
  if ([400, 403, 426].includes(status) || isUnknownOperation(answer)) return PASSED;
  return status >= 500 || status === 429 ? unclear(status) : failed(ANSWERS_HTTP);
}

/** What an answer to TRACE shows. */
export function judgeTrace({ status }: Answer): Verdict {
  if ((status >= 400 && status < 500 && status !== 429) || status === 501) return PASSED;
  return status >= 200 && status < 300 ? failed(ANSWERS_TRACE) : unclear(status);
}

const PORT_UNSEEN = diagnosis(
  "http-port-unseen",
  "Nothing answers at the HTTP port, so it is not known whether the port is closed or a firewall here drops the request.",
  "Run the command where port 80 of other servers can be reached.",
);
const REDIRECTS_TO_HTTP = diagnosis(
  "redirects-to-http",
  "Plain HTTP is redirected, but not to HTTPS.",
  "Set https_only = true on the app.",
);
const ANSWERS_HTTP = diagnosis(
  "plain-http-answered",
  "Plain HTTP is answered, so tokens and keys could be sent unencrypted.",
  'Set https_only = true on the app, or protocols = ["https"] on the API.',
);
const ANSWERS_TRACE = diagnosis(
  "trace-answered",
  "TRACE is answered, which repeats the headers of a request, with their tokens.",
  "Refuse TRACE in the app or in what stands before it. The API has no operation with this method.",
);
