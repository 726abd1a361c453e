import { Check, judged } from "./check";
import { notChecked, Verdict } from "./diagnosis";
import { ask, Asked } from "./request";
import { ADDRESS_REFUSED } from "./sign-in-rules";
import { judgePlainHttp, judgeTrace } from "./transport-rules";

/** What must hold of the transport of an app and of an API. Nothing secret is sent over plain HTTP. */
export function transportChecks(url: URL, { timeoutMs, headers }: Asked): Check[] {
  return [
    {
      name: "plain HTTP",
      expected: "refused, or redirected to HTTPS",
      run: async (first) => {
        const answer = await ask(plain(url), { timeoutMs });
        const verdict = judgePlainHttp(answer);
        return seen(first, "silence" in answer ? verdict : { ...verdict, status: answer.status });
      },
    },
    {
      name: "TRACE",
      expected: "refused",
      run: async (first) => seen(first, await judged(url, { timeoutMs, headers, method: "TRACE" }, judgeTrace)),
    },
  ];
}

/** A server that refuses this machine's address refuses everything with 403, so that shows nothing. */
function seen(first: Verdict | undefined, verdict: Verdict): Verdict {
  const hidden = first?.status === 403 && verdict.status === 403;
  return hidden ? { ...notChecked(ADDRESS_REFUSED), status: 403 } : verdict;
}

/** The same address over plain HTTP: at port 80, or at the port that the address names. */
function plain(url: URL): URL {
  return new URL(url.href.replace(/^https:/, "http:"));
}
