import { EntraRequest } from "./entra-request";
import { GraphRequest, graphRequests } from "./graph-requests";
import { block, text } from "./markdown";
import { shellWord } from "./quoting";

/** The section of the page with the requests to Microsoft Graph. */
export function byGraph(request: EntraRequest): string {
  return [
    "## With Microsoft Graph",
    "",
    "`graph.json`, beside this page, has the same requests. In another cloud than the global one, replace `https://graph.microsoft.com`. Replace what",
    "is in braces with the IDs of earlier answers: the client ID is `appId` of the application, and the object ID of the service principal is its `id`.",
    ...graphRequests(request).flatMap((each) => [
      "",
      `### ${text(each.title)}`,
      "",
      each.why,
      "",
      block(
        "http",
        `${each.method} ${each.url}\n${headersOf(each).join("\n")}\n\n${JSON.stringify(each.body, undefined, 2)}`,
      ),
      "",
      block("sh", azRest(each)),
    ]),
  ].join("\n");
}

function headersOf({ headers }: GraphRequest): string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
}

/** The same request with the Azure CLI. */
export function azRest({ method, url, headers, body }: GraphRequest): string {
  const written = Object.entries(headers).map(([name, value]) => shellWord(`${name}=${value}`));
  return `az rest --method ${method} --url ${shellWord(url)} --headers ${written.join(" ")} --body ${shellWord(JSON.stringify(body))}`;
}
