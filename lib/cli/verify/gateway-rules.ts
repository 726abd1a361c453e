import { diagnosis, failed, forNow, notChecked, PASSED, Verdict } from "./diagnosis";
import { Answer } from "./request";
import { isRedirect, mustNotLetIn } from "./sign-in-rules";

/** What an answer of the gateway to a call without a key and a token shows. */
export function judgeNoKey(answer: Answer): Verdict {
  if (answer.status === 401) return PASSED;
  if (isUnknownOperation(answer)) return notChecked(NO_OPERATION);
  return mustNotLetIn(answer.status, OPEN_WITHOUT_KEY);
}

/** What an answer of the gateway to a call that must get through shows. */
export function judgeGateway(answer: Answer, expected: number): Verdict {
  const { status } = answer;
  if (isUnknownOperation(answer)) return failed(NO_OPERATION);
  if (status === expected) return PASSED;
  if (status === 401) return isRefusedKey(answer) ? failed(KEY_REFUSED) : forNow(failed(TOKEN_REFUSED));
  if (status === 403) return forNow(failed(GATEWAY_NOT_ADMITTED));
  if (status === 500) return forNow(failed(isOwnError(answer, 500) ? NO_TOKEN_ISSUED : BACKEND_FAILS));
  if (status >= 502 && status <= 504) return forNow(failed(BACKEND_UNREACHABLE));
  if (status === 404) return failed(NOT_IN_APP);
  if (status === 429) return forNow(failed(TOO_MANY_CALLS));
  if (isRedirect(status)) return failed(BACKEND_REDIRECTS);
  return failed(
    diagnosis(
      "status-unexpected",
      `The call gets ${status}, and not ${expected}.`,
      "Write the status that the app gives as --expect, or a path that gives it as --path.",
    ),
  );
}

/** Whether API Management itself answers that it has no such operation: the backend was not called. */
export function isUnknownOperation(answer: Answer): boolean {
  return isOwnError(answer, 404) && /resource not found/i.test(answer.text);
}

function isRefusedKey({ text }: Answer): boolean {
  return /subscription key/i.test(text);
}

/** Whether the answer is one that API Management writes itself: `{ "statusCode": 404, "message": "Resource not found" }`. */
function isOwnError({ status, text }: Answer, expected: number): boolean {
  return status === expected && new RegExp(`"statusCode"\\s*:\\s*${expected}\\b`).test(text);
}

const OPEN_WITHOUT_KEY = diagnosis(
  "open-without-key",
  "The gateway passes on a call that has neither a subscription key nor a token: everyone can use the API.",
  "Require a subscription on the API, or name callers. If the API is open on purpose, write --without-key.",
);
const NO_OPERATION = diagnosis(
  "operation-not-found",
  "The gateway has no operation for this path, so it does not call the backend.",
  "Write the path of an operation with the method GET as --path.",
);
const KEY_REFUSED = diagnosis(
  "key-refused",
  "The gateway refuses the subscription key.",
  "Give a key of a subscription that covers this API, and its header as --key-header.",
);
const TOKEN_REFUSED = diagnosis(
  "gateway-token-refused",
  "The call is refused with 401: the app does not accept the gateway's token, or the API does not accept the caller's.",
  "Check that the registration issues version 2 tokens, and that the audience of the policy is its client ID. If the API names callers, give the token of one of them.",
);
const GATEWAY_NOT_ADMITTED = diagnosis(
  "gateway-not-admitted",
  "The app accepts the audience of the gateway's token but not the gateway, or its network refuses the gateway's address.",
  "Check that the object ID of the gateway's identity is on the app's list, and that networkAccess admits the gateway.",
);
const NO_TOKEN_ISSUED = diagnosis(
  "gateway-gets-no-token",
  "API Management fails before it calls the app: Entra ID issues no token, because the app role is not assigned to the gateway's identity, or was assigned a moment ago.",
  "Wait some minutes. Then check the app role assignment, and that the gateway has the identity that the policy names.",
);
const BACKEND_FAILS = diagnosis(
  "app-fails",
  "The gateway was let in, and the app answers 500.",
  "Look into the log of the app.",
);
const BACKEND_UNREACHABLE = diagnosis(
  "app-unreachable",
  "The gateway does not reach the app, or the app does not start.",
  "Check that the app runs, and that the gateway can reach its network and resolve its host name.",
);
const NOT_IN_APP = diagnosis(
  "path-not-in-app",
  "The gateway was let in, and the app has nothing at this path: no code is deployed yet, or the path or the route prefix differs.",
  "Write a path that the app answers as --path, or --expect 404 until its code is deployed.",
);
const TOO_MANY_CALLS = diagnosis(
  "too-many-calls",
  "The gateway limits the calls of this key or this address.",
  "Wait until the limit is over, or use another key.",
);
const BACKEND_REDIRECTS = diagnosis(
  "app-redirects",
  "The call is redirected: the app redirects to its sign-in page or to another address.",
  'Set unauthenticated_action to "Return401" on the app. If its code redirects, write another --path.',
);
