import { Check, judged, Target } from "./check";
import { diagnosis, notChecked } from "./diagnosis";
import { judgeGateway, judgeNoKey } from "./gateway-rules";
import { CALLER_TOKEN, Secret, Secrets, SUBSCRIPTION_KEY } from "./secret";
import { transportChecks } from "./transport-checks";

/** How APIs are called. */
export interface ApiOptions {
  readonly timeoutMs: number;
  readonly secrets: Secrets;
  readonly keyHeader: string;
  readonly withoutKey?: boolean;
  /** Begins with a slash. */
  readonly path: string;
  /** The status of a call that gets through. */
  readonly expected: number;
}

/** What must hold of an API on its gateway. */
export function apiChecks(target: Target, options: ApiOptions): Check[] {
  const { timeoutMs, path, expected, withoutKey } = options;
  const url = new URL(`${target.url.href.replace(/\/$/, "")}${path}`);
  const credentials = credentialsOf(options);
  const noKey: Check = {
    name: "neither key nor token",
    expected: "401",
    run: () => judged(url, { timeoutMs }, judgeNoKey),
  };
  const through: Check = {
    name: "through the gateway",
    expected: `${expected}`,
    mustAnswer: true,
    run: async () => {
      if ("missing" in credentials) return notChecked(credentials.missing);
      const { headers } = credentials;
      return judged(url, { timeoutMs, headers }, (answer) => judgeGateway(answer, expected));
    },
  };
  const headers = "headers" in credentials ? credentials.headers : undefined;
  return [...(withoutKey ? [] : [noKey]), through, ...transportChecks(url, { timeoutMs, headers })];
}

function credentialsOf({ secrets, keyHeader, withoutKey }: ApiOptions) {
  const headers: Record<string, string> = {};
  const sources = [
    { name: keyHeader, source: SUBSCRIPTION_KEY, before: "" },
    { name: "authorization", source: CALLER_TOKEN, before: "Bearer " },
  ].filter(({ source }) => secrets.has(source));
  if (sources.length === 0 && !withoutKey) return { missing: NO_KEY };
  for (const { name, source, before } of sources) {
    const secret: Secret = secrets.of(source);
    if ("missing" in secret) return secret;
    headers[name] = `${before}${secret.value}`;
  }
  return { headers };
}

const NO_KEY = diagnosis(
  "key-not-given",
  "There is no subscription key and no token of a caller, so no call can get through.",
  "Write --key-command, --key-file or VERIFY_SUBSCRIPTION_KEY, or --without-key if the API needs none.",
);
