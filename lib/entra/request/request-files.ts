import type { WrittenFile } from "../../core/files-for-people";
import { azScript } from "./az-script";
import { EntraRequest } from "./entra-request";
import { graphRequests } from "./graph-requests";
import { requestPage } from "./request-page";

/** The request for people, for a shell and for Microsoft Graph. */
export function requestFiles(request: EntraRequest): WrittenFile[] {
  return [
    { name: "request.md", text: requestPage(request) },
    { name: "request.sh", text: azScript(request), isExecutable: true },
    { name: "graph.json", text: graphText(request) },
  ];
}

function graphText(request: EntraRequest): string {
  return `${JSON.stringify({ requests: graphRequests(request) }, undefined, 2)}\n`;
}
