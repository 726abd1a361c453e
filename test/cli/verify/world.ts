import { verify } from "../../../lib/cli/verify/verify";
import { Json } from "../../helpers/synth";
import { answers, AppFaults, GatewayFaults, KEY, startApp, startGateway } from "./sites";
import { AUDIENCE, GATEWAY, STRANGER, TENANT_ID, Tenant } from "./tenant";

/** What is deployed, and how it departs from what should be. */
export interface Faults {
  readonly app?: AppFaults;
  readonly slot?: AppFaults;
  readonly scm?: Parameters<typeof answers>;
  readonly gateway?: GatewayFaults;
}

/** What a command said. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `verify`. It waits for nothing, unless the arguments say so. */
export async function said(args: string[], environment: NodeJS.ProcessEnv = {}, interactive = false): Promise<Said> {
  const written = { out: "", err: "" };
  const console = {
    out: (text: string) => void (written.out += text),
    err: (text: string) => void (written.err += text),
    interactive,
  };
  const patient = args.includes("--wait") ? args : ["--wait", "0", ...args];
  const code = await verify(patient, console, { PATH: process.env.PATH, ...environment }, { pauseMs: 10 });
  return { code, ...written };
}

/** The options that name an app and say what its sign-in expects. */
export function optionsOf(tenant: Tenant, ...urls: string[]): string[] {
  return [...urls, "--audience", AUDIENCE, "--issuer", tenant.issuer, "--gateway-principal-id", GATEWAY];
}

/** The secrets that all checks need. */
export function secretsOf(tenant: Tenant): NodeJS.ProcessEnv {
  return {
    VERIFY_TOKEN: tenant.token(STRANGER),
    VERIFY_OTHER_AUDIENCE_TOKEN: tenant.token(STRANGER, { aud: TENANT_ID }),
    VERIFY_SUBSCRIPTION_KEY: KEY,
  };
}

/** Deploys an app, its SCM site and an API, and verifies them. */
export async function verified(tenant: Tenant, faults: Faults, ...more: string[]): Promise<Said & { checks: Json[] }> {
  const app = await startApp(tenant, faults.app);
  const scm = await startApp(tenant, { withoutToken: answers(...(faults.scm ?? [401])) });
  const api = await startGateway(tenant, app, faults.gateway);
  const slot = faults.slot ? ["--slot-url", await startApp(tenant, faults.slot)] : [];
  const urls = ["--backend-url", `${app}/api`, "--scm-url", scm, ...slot, "--api-url", `${api}/orders`];
  const result = await said([...optionsOf(tenant, ...urls), "--json", ...more], secretsOf(tenant));
  return { ...result, checks: JSON.parse(result.out).checks };
}

/** What did not pass: the kind of target, the check, what it came to, and the cause. */
export function problems(checks: Json[]): unknown[][] {
  return checks
    .filter(({ result }) => result !== "passed")
    .map(({ kind, check, result, id }) => [kind, check, result, id]);
}
