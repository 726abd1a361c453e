import * as http from "http";
import * as https from "https";

/** A request. It carries nothing but what is written here. */
export interface Asked {
  readonly method?: "GET" | "TRACE";
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** What a server answered. A redirect is an answer: it is never followed. */
export interface Answer {
  readonly status: number;
  /** Where a redirect leads. */
  readonly location?: URL;
  readonly html: boolean;
  /** The beginning of the body. It is read for causes and never shown: it could repeat a token. */
  readonly text: string;
}

/** No answer: the code of the error. Its message is not kept, because a server can choose its words. */
export interface Silence {
  readonly silence: string;
}

/** The silence of a server that takes too long. */
export const TIMEOUT = "TIMEOUT";

const READ_AT_MOST = 64 * 1024;

/** Sends one request. The certificate is always checked, and no proxy stands between. */
export function ask(url: URL, { method = "GET", headers, timeoutMs }: Asked): Promise<Answer | Silence> {
  return new Promise((resolve) => {
    let text = "";
    let response: http.IncomingMessage | undefined;
    const call = (url.protocol === "https:" ? https : http).request(url, {
      method,
      headers: { accept: "*/*", "user-agent": "cdktf-secure-apim-backend", ...headers, connection: "close" },
      ...(url.protocol === "https:" ? { rejectUnauthorized: true } : {}),
    });
    const finish = (silence: string): void => {
      clearTimeout(timer);
      // A status is an answer, even if the rest of it is slow or broken.
      resolve(response ? answerOf(response, url, text) : { silence });
      call.destroy();
    };
    const timer = setTimeout(() => finish(TIMEOUT), timeoutMs);
    call.on("error", (error: NodeJS.ErrnoException) => finish(error.code ?? "UNKNOWN"));
    call.on("response", (begun) => {
      response = begun;
      begun.setEncoding("utf8");
      begun.on("data", (more: string) => {
        text += more;
        if (text.length >= READ_AT_MOST) finish(TIMEOUT);
      });
      begun.on("error", () => finish(TIMEOUT));
      begun.on("close", () => finish(TIMEOUT));
    });
    call.end();
  });
}

function answerOf(response: http.IncomingMessage, url: URL, text: string): Answer {
  const { statusCode = 0, headers } = response;
  return {
    status: statusCode,
    location: locationOf(headers.location, url),
    html: /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(headers["content-type"] ?? ""),
    text,
  };
}

function locationOf(location: string | undefined, url: URL): URL | undefined {
  try {
    return location === undefined ? undefined : new URL(location, url);
  } catch {
    return undefined;
  }
}
