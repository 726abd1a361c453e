import { cloudOfAppHost, issuerOf } from "../../azure/clouds/hosts";
import { GUID } from "../../core/ids";
import { AUDIENCE } from "../../entra/audience-text";
import { misuse } from "../misuse";
import { Target } from "./check";
import { VerifyValues } from "./options";
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

/** The name of an output: a prefix for one of several backends, and a noun. */
const NAMED = /^(?:(.+)_)?(backend_url|slot_url|api_url)$/;

/** What cdktf appends to the name of an output within a construct. */
const UNIQUE = /_[0-9A-F]{8}$/;

/** What the options and the outputs name. */
export function targetsOf(values: VerifyValues, outputs: Outputs): Targets {
  const backends: BackendTarget[] = [];
  const apis: Target[] = [];
  const add = (kind: Target["kind"], text: string, source: string, prefix?: string): void => {
    const url = checkedUrl(text, source);
    if (kind === "api") apis.push({ kind, url });
    else
      backends.push({
        kind,
        url,
        ...signInOf(values, outputs, url, prefix),
        scm: scmOf(kind, url, values, outputs, prefix),
      });
  };
  for (const text of values["backend-url"] ?? []) add("backend", text, "--backend-url");
  for (const text of values["slot-url"] ?? []) add("slot", text, "--slot-url");
  for (const text of values["api-url"] ?? []) add("api", text, "--api-url");
  for (const [name, text] of outputs) {
    const [, prefix, noun] = NAMED.exec(name.replace(UNIQUE, "")) ?? [];
    if (noun) add(noun.slice(0, -"_url".length) as Target["kind"], text, `The output ${name}`, prefix);
  }
  if (backends.length + apis.length === 0)
    misuse(
      "nothing-to-verify",
      "No output is named backend_url, slot_url or api_url, alone or after a prefix such as orders_.",
      "Add such outputs to the stack, or write --backend-url and --api-url.",
    );
  return { backends, apis };
}

function signInOf(values: VerifyValues, outputs: Outputs, url: URL, prefix?: string) {
  const named = (noun: string): string | undefined => outputOf(outputs, prefix, noun);
  const audience = values.audience ?? named("audience");
  const tenant = values.tenant ?? named("tenant_id");
  const principalId = values["gateway-principal-id"] ?? named("gateway_principal_id");
  return {
    audience: valid("audience", audience, AUDIENCE, "a client ID or an application ID URI"),
    issuer: issuerOfTenant(values.issuer ?? named("issuer"), url, valid("tenant", tenant, GUID, "a GUID")),
    principalId: valid("gateway-principal-id", principalId, GUID, "a GUID"),
  };
}

/** @see https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#find-your-apps-openid-configuration-document-uri */
function issuerOfTenant(issuer: string | undefined, { hostname }: URL, tenant?: string): string | undefined {
  if (issuer !== undefined) return checkedUrl(issuer, "--issuer, or the output with this value,") && issuer;
  // The host name of an app says which cloud it is in, unless it is a custom one.
  return tenant === undefined ? undefined : issuerOf(cloudOfAppHost(hostname) ?? "public", tenant.toLowerCase());
}

function scmOf(kind: "backend" | "slot", url: URL, values: VerifyValues, outputs: Outputs, prefix?: string) {
  const given = kind === "backend" ? (values["scm-url"] ?? outputOf(outputs, prefix, "scm_url")) : undefined;
  return given === undefined ? scmUrl(url) : checkedUrl(given, "--scm-url, or the output with this value,");
}

/** The output of this backend, or the one for all. */
function outputOf(outputs: Outputs, prefix: string | undefined, noun: string): string | undefined {
  const own = prefix === undefined ? undefined : outputNamed(outputs, `${prefix}_${noun}`);
  return own ?? outputNamed(outputs, noun);
}

function outputNamed(outputs: Outputs, name: string): string | undefined {
  const key = [...outputs.keys()].find((each) => each === name || each.replace(UNIQUE, "") === name);
  return key === undefined ? undefined : outputs.get(key);
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
