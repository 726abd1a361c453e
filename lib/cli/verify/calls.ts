import { canHoldKey, SERVICE_KEY_NAMES } from "../../policy/names";
import { misuse } from "../misuse";
import { ApiOptions } from "./api-checks";
import { BackendOptions } from "./backend-checks";
import { Environment, numberOf, VerifyValues } from "./options";
import { Secrets } from "./secret";

/** How everything is called. */
export function callsBy(values: VerifyValues, environment: Environment): ApiOptions & BackendOptions {
  return {
    timeoutMs: 1000 * numberOf("timeout", values.timeout, 10, 1, 300),
    secrets: new Secrets(values, environment),
    keyHeader: headerName(values["key-header"] ?? SERVICE_KEY_NAMES.header),
    withoutKey: values["without-key"],
    withoutScm: values["without-scm"],
    path: pathBelow(values.path ?? "/"),
    expected: expectedStatus(values.expect),
  };
}

const HEADER = /^[A-Za-z0-9-]+$/;

function headerName(name: string): string {
  if (HEADER.test(name) && canHoldKey(name)) return name;
  misuse(
    "verify-key-header",
    "--key-header is not the name of a header that can hold a subscription key.",
    "Write the header in which the API accepts the key, or omit the option.",
  );
}

function pathBelow(path: string): string {
  if (/^\/[\x21-\x7e]*$/.test(path) && !path.includes("#")) return path;
  misuse("verify-path", "--path is not a path that begins with a slash.", "Write a path such as /orders.");
}

/** A status that a call gets only if the gateway and the app let it in. */
function expectedStatus(text: string | undefined): number {
  const status = numberOf("expect", text, 200, 200, 599);
  if (status !== 401 && status !== 403 && status < 500) return status;
  misuse(
    "expected-status-of-refusal",
    `--expect ${status} is what a call gets that is refused or fails, so it would show nothing.`,
    "Write the status of a call that gets through, such as 200 or 404.",
  );
}
