import { SERVICE_KEY_NAMES } from "../policy/subscription-key-names";
import { GUID, isManagementAudience, URI } from "../entra/audience-text";
import { PolicyConflict } from "../policy/policy-conflict";
import { PolicyDocument } from "../policy/policy-document";
import { GatewayPolicy, withGateway } from "../policy/gateway/gateway-policy";
import { POLICY_NAMES } from "../policy/statements/writing/policy-names";
import { UsageError } from "./console";
import type { Values } from "./run";

const BACKEND_ID = /^\w([\w-]*\w)?$/;

/** What a command takes where an option is left out. */
export interface GatewayDefaults {
  /** None where the option must be given. */
  readonly audience?: string;
  readonly backendId?: string;
}

/** What a merge does to a document, by the options of the command line. */
export function mergeByOptions(
  values: Values,
  defaults: GatewayDefaults,
): (document: PolicyDocument) => PolicyDocument {
  const policy = gatewayPolicy(values, defaults);
  const keep = [...new Set((values.keep ?? []).map(conflictNamed))];
  const replace = [...new Set((values.replace ?? []).map(conflictNamed))];
  checkResolutions(keep, replace);
  return (document) => {
    const kept = keep.reduce((result, conflict) => result.keepExisting(conflict), withGateway(document, policy));
    return replace.reduce((result, conflict) => result.replaceExisting(conflict), kept);
  };
}

function gatewayPolicy(values: Values, defaults: GatewayDefaults): GatewayPolicy {
  const { header, query } = POLICY_NAMES;
  return {
    tokenResource: audience(values.audience ?? defaults.audience),
    identityClientId: checked("client-id", values["client-id"], GUID, "a GUID"),
    backendId: backendId(values, defaults),
    subscriptionKeyNames: {
      header: keyHeader(checked("key-header", values["key-header"], header.pattern, "a header's name")),
      query:
        checked("key-query", values["key-query"], query.pattern, "a query parameter's name") ?? SERVICE_KEY_NAMES.query,
    },
  };
}

function backendId(values: Values, defaults: GatewayDefaults): string | undefined {
  const name = checked("backend-id", values["backend-id"], BACKEND_ID, "the name of a backend entity");
  if (values["own-address"] !== true) return name ?? defaults.backendId;
  if (name === undefined) return undefined;
  throw new UsageError(`--backend-id ${name} and --own-address contradict each other. Write one of them.`);
}

function keyHeader(name = SERVICE_KEY_NAMES.header): string {
  if (name.toLowerCase() !== "authorization") return name;
  throw new UsageError(
    `--key-header ${name} is the header of the tokens, and not of the subscription key. ` +
      `Write the name that the API takes the key by, or leave the option out.`,
  );
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

function checkResolutions(keep: readonly PolicyConflict[], replace: readonly PolicyConflict[]): void {
  if (keep.includes(PolicyConflict.MANAGED_IDENTITY)) {
    throw new UsageError(
      "--keep MANAGED_IDENTITY would leave the request without the gateway's token. Write --replace MANAGED_IDENTITY.",
    );
  }
  if (keep.includes(PolicyConflict.CALLER_HEADERS)) {
    throw new UsageError(
      "--keep CALLER_HEADERS would let a header that the backend trusts be set from anything. " +
        "Write --replace CALLER_HEADERS, or give the document's headers other names.",
    );
  }
  const both = keep.find((conflict) => replace.includes(conflict));
  if (both === undefined) return;
  throw new UsageError(`--keep ${both} and --replace ${both} contradict each other. Write one of them.`);
}

function conflictNamed(name: string): PolicyConflict {
  const conflict = Object.values(PolicyConflict).find((value) => value === name.toUpperCase().replace(/-/g, "_"));
  if (conflict === undefined)
    throw new UsageError(`There is no conflict "${name}". Write one of ${Object.values(PolicyConflict).join(", ")}.`);
  return conflict;
}
