import { GUID, isManagementAudience, URI } from "../entra/private/audience-text";
import { PolicyConflict } from "../policy/policy-conflict";
import { PolicyDocument } from "../policy/policy-document";
import { GatewayPolicy } from "../policy/private/gateway-policy";
import { withGateway } from "../policy/private/with-gateway";
import { Console, ExitCode, UsageError } from "./console";
import { reportOn, reportText } from "./document-report";
import { policyFiles } from "./policy-files";
import type { Values } from "./run";

const BACKEND_ID = /^\w([\w-]*\w)?$/;
const KEY_NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;

/** `policy merge`: prints the document with the gateway's statements in it. */
export function merge(paths: readonly string[], values: Values, console: Console): number {
  const [file, ...more] = paths.length === 1 ? policyFiles(paths) : [];
  if (file === undefined || more.length > 0) {
    throw new UsageError('"policy merge" takes one file. Write "policy merge FILE --audience ...".');
  }
  const policy = gatewayPolicy(values);
  const merged = (document: PolicyDocument): PolicyDocument => resolved(withGateway(document, policy), values);

  const report = reportOn(file, merged);
  const xml = report.result === "mergeable" ? merged(PolicyDocument.fromFile(file)).toXml() : undefined;
  if (values.json) console.out(`${JSON.stringify({ ...report, xml }, undefined, 2)}\n`);
  else if (xml !== undefined) console.out(xml);
  const worthSaying = xml === undefined || report.findings.length > 0;
  if (!values.json && worthSaying) console.err(reportText(report));

  if (report.result === "unreadable") return ExitCode.UNREADABLE;
  return report.result === "conflicts" ? ExitCode.CONFLICTS : ExitCode.OK;
}

function gatewayPolicy(values: Values): GatewayPolicy {
  return {
    tokenResource: audience(values.audience),
    identityClientId: checked("client-id", values["client-id"], GUID, "a GUID"),
    backendId: checked("backend-id", values["backend-id"], BACKEND_ID, "the name of a backend entity"),
    subscriptionKeyNames: {
      header: checked("key-header", values["key-header"], KEY_NAME, "a header's name") ?? "Ocp-Apim-Subscription-Key",
      query: checked("key-query", values["key-query"], KEY_NAME, "a query parameter's name") ?? "subscription-key",
    },
  };
}

function audience(value: string | undefined): string {
  if (value === undefined)
    throw new UsageError(
      "No audience is given. Write --audience with the client id of the backend's app registration.",
    );
  if (isManagementAudience(value)) {
    throw new UsageError(
      `--audience ${value} is that of Azure Resource Manager or Microsoft Graph. Write the backend's own.`,
    );
  }
  if (!GUID.test(value) && !URI.test(value)) {
    throw new UsageError(
      `--audience ${value} is neither a client id nor an application id URI. Write a GUID, api://... or https://...`,
    );
  }
  return value;
}

function checked(option: string, value: string | undefined, pattern: RegExp, what: string): string | undefined {
  if (value !== undefined && !pattern.test(value)) throw new UsageError(`--${option} ${value} is not ${what}.`);
  return value;
}

function resolved(document: PolicyDocument, { keep = [], replace = [] }: Values): PolicyDocument {
  if (keep.map(conflictNamed).includes(PolicyConflict.MANAGED_IDENTITY)) {
    throw new UsageError(
      "--keep MANAGED_IDENTITY would leave the request without the gateway's token. Write --replace MANAGED_IDENTITY.",
    );
  }
  const kept = keep.reduce((result, name) => result.keepExisting(conflictNamed(name)), document);
  return replace.reduce((result, name) => result.replaceExisting(conflictNamed(name)), kept);
}

function conflictNamed(name: string): PolicyConflict {
  const conflict = Object.values(PolicyConflict).find((value) => value === name.toUpperCase().replace(/-/g, "_"));
  if (conflict === undefined)
    throw new UsageError(`There is no conflict "${name}". Write one of ${Object.values(PolicyConflict).join(", ")}.`);
  return conflict;
}
