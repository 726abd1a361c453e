import { cloudOfAppHost, issuerOf } from "../../azure/clouds/hosts";
import { GUID } from "../../core/ids";
import { AUDIENCE } from "../../entra/audience-text";
import { misuse } from "../misuse";
import { Target } from "./check";
import { VerifyValues } from "./options";
import { lookupIn, lookupInAll, OutputLookup, writtenName } from "./output-lookup";
import { Outputs } from "./outputs";
import { scmUrl } from "./scm";

/** An app or a slot, and what is known about its sign-in. */
export interface BackendTarget extends Target {
  readonly kind: "backend" | "slot";
  readonly scm?: URL;
  readonly audience?: string;
  readonly issuer?: string;
  readonly principalId?: string;
}

/** What is called. */
export interface Targets {
  readonly backends: readonly BackendTarget[];
  readonly apis: readonly Target[];
}

/** The name of an output: a prefix for one of several backends, and what is called. */
const NAMED = /^(?:(.+)_)?(backend|slot|api)_url$/;

/** What the options and the outputs of the stacks name. */
export function targetsOf(values: VerifyValues, stacks: readonly Outputs[]): Targets {
  const backends: BackendTarget[] = [];
  const apis: Target[] = [];
  const add = (kind: Target["kind"], text: string, source: string, output: OutputLookup): void => {
    const url = checkedUrl(text, source);
    if (kind === "api") apis.push({ kind, url });
    else backends.push({ kind, url, ...signInOf(values, output, url), scm: scmOf(kind, url, values, output) });
  };
  const ofAll = lookupInAll(stacks);
  for (const text of values["backend-url"] ?? []) add("backend", text, "--backend-url", ofAll);
  for (const text of values["slot-url"] ?? []) add("slot", text, "--slot-url", ofAll);
  for (const text of values["api-url"] ?? []) add("api", text, "--api-url", ofAll);
  for (const outputs of stacks) {
    const ofStack = lookupIn(outputs);
    const output: OutputLookup = (name) => ofStack(name) ?? ofAll(name);
    for (const [name, text] of outputs) {
      const [, prefix, kind] = NAMED.exec(writtenName(name)) ?? [];
      if (kind) add(kind as Target["kind"], text, `The output ${name}`, withPrefix(output, prefix));
    }
  }
  if (backends.length + apis.length === 0) refuseNothing(stacks);
  return { backends, apis };
}

function refuseNothing(stacks: readonly Outputs[]): never {
  if (stacks.every(({ size }) => size === 0))
    misuse(
      "no-outputs",
      "There are no outputs: the stack is not deployed, or has none.",
      'Run "cdktf deploy" first, write --directory with the directory of a stack that is deployed, or write --backend-url and --api-url.',
    );
  misuse(
    "nothing-to-verify",
    "No output is named backend_url, slot_url or api_url, alone or after a prefix such as orders_.",
    "Add such outputs to the stack and deploy it, or write --backend-url and --api-url.",
  );
}

/** Finds the output of this backend, or the one for all. */
function withPrefix(output: OutputLookup, prefix: string | undefined): OutputLookup {
  return prefix === undefined ? output : (name) => output(`${prefix}_${name}`) ?? output(name);
}

function signInOf(values: VerifyValues, output: OutputLookup, url: URL) {
  const audience = values.audience ?? output("audience");
  const tenant = values.tenant ?? output("tenant_id");
  const principalId = values["gateway-principal-id"] ?? output("gateway_principal_id");
  return {
    audience: valid("audience", audience, AUDIENCE, "a client ID or an application ID URI"),
    issuer: issuerOfTenant(values.issuer ?? output("issuer"), url, valid("tenant", tenant, GUID, "a GUID")),
    principalId: valid("gateway-principal-id", principalId, GUID, "a GUID"),
  };
}

/** @see https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#find-your-apps-openid-configuration-document-uri */
function issuerOfTenant(issuer: string | undefined, { hostname }: URL, tenant?: string): string | undefined {
  if (issuer !== undefined) return checkedUrl(issuer, "--issuer, or the output with this value,") && issuer;
  // The host name of an app says which cloud it is in, unless it is a custom one.
  return tenant === undefined ? undefined : issuerOf(cloudOfAppHost(hostname) ?? "public", tenant.toLowerCase());
}

function scmOf(kind: "backend" | "slot", url: URL, values: VerifyValues, output: OutputLookup) {
  const given = kind === "backend" ? (values["scm-url"] ?? output("scm_url")) : undefined;
  return given === undefined ? scmUrl(url) : checkedUrl(given, "--scm-url, or the output with this value,");
}

function valid(option: string, value: string | undefined, pattern: RegExp, expected: string): string | undefined {
  if (value === undefined || pattern.test(value)) return value;
  misuse(
    "verify-value-invalid",
    `--${option}, or the output with this value, is not ${expected}.`,
    `Write ${expected}, or omit it.`,
  );
}

/** An HTTPS address. It is not repeated, because a wrong one can hold a password or a function key. */
function checkedUrl(text: string, source: string): URL {
  const url = parsedUrl(text);
  if (url?.protocol === "https:" && !url.username && !url.password && !url.search && !url.hash) return url;
  misuse(
    "verify-url-invalid",
    `${source} is not an HTTPS address without a user name, a query and a fragment.`,
    "Write an address such as https://orders.azurewebsites.net/api.",
  );
}

function parsedUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
