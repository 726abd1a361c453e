import { canHoldKey, SERVICE_KEY_NAMES, POLICY_NAMES } from "../../policy/names";
import { GUID } from "../../core/ids";
import { isManagementAudience, URI } from "../../entra/audience-text";
import { ConflictResolution, conflictOf } from "../../policy/conflict-resolution";
import { PolicyDocument } from "../../policy/policy-document";
import { GatewayPolicy, withGateway } from "../../policy/gateway/gateway-policy";
import { misuse } from "../misuse";
import type { Values } from "./options";

const BACKEND_ID = /^\w([\w-]*\w)?$/;

/** The defaults of a command. */
export interface GatewayDefaults {
  /** None if the option is required. */
  readonly audience?: string;
  readonly backendId?: string;
}

/** The merge that the options of the command line describe. */
export function mergeByOptions(
  values: Values,
  defaults: GatewayDefaults,
): (document: PolicyDocument) => PolicyDocument {
  const policy = gatewayPolicy(values, defaults);
  const resolutions = [...new Set((values.resolve ?? []).map(resolutionNamed))];
  checkContradictions(resolutions);
  return (document) => withGateway(document, policy).resolve(...resolutions);
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
  misuse(
    "backend-id-with-own-address",
    `--backend-id ${name} and --own-address contradict each other.`,
    "Write one of them.",
  );
}

function keyHeader(name = SERVICE_KEY_NAMES.header): string {
  if (canHoldKey(name)) return name;
  misuse(
    "key-header-option-reserved",
    `--key-header ${name} has another meaning, so it cannot hold the subscription key.`,
    "Write the header in which the API accepts the key, or omit the option.",
  );
}

function audience(value: string | undefined): string {
  if (value === undefined)
    misuse(
      "audience-option-missing",
      "There is no audience.",
      "Write --audience with the client id of the backend's app registration.",
    );
  if (isManagementAudience(value))
    misuse(
      "audience-option-of-management",
      `--audience ${value} is the audience of Azure Resource Manager or Microsoft Graph.`,
      "Write the audience of the backend.",
    );
  if (!GUID.test(value) && !URI.test(value))
    misuse(
      "audience-option-invalid",
      `--audience ${value} is neither a client id nor an application id URI.`,
      "Write a GUID, or a URI that begins with api:// or https://.",
    );
  return value;
}

function checked(option: string, value: string | undefined, pattern: RegExp, expected: string): string | undefined {
  if (value !== undefined && !pattern.test(value))
    misuse(
      "option-value-invalid",
      `--${option} ${value} is not ${expected}.`,
      `Write ${expected}, or omit the option.`,
    );
  return value;
}

function checkContradictions(resolutions: readonly ConflictResolution[]): void {
  const byConflict = new Map(resolutions.map((resolution) => [conflictOf(resolution), resolution]));
  const other = resolutions.find((resolution) => byConflict.get(conflictOf(resolution)) !== resolution);
  if (other === undefined) return;
  const last = byConflict.get(conflictOf(other));
  misuse(
    "resolutions-contradict",
    `--resolve ${other} and --resolve ${last} contradict each other.`,
    "Write one of them.",
  );
}

function resolutionNamed(name: string): ConflictResolution {
  const resolutions = Object.values(ConflictResolution);
  const resolution = resolutions.find((value) => value === name.toUpperCase().replace(/-/g, "_"));
  if (resolution === undefined)
    misuse("resolution-unknown", `--resolve ${name} is not a resolution.`, `Write one of ${resolutions.join(", ")}.`);
  return resolution;
}
