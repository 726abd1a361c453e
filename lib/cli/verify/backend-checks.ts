import { cloudOfAppHost, issuerOf } from "../../azure/clouds/hosts";
import { Check, judged } from "./check";
import { Diagnosis, diagnosis, notChecked, Verdict } from "./diagnosis";
import { signingKeyId } from "./issuer";
import { Answer } from "./request";
import { canHaveScm } from "./scm";
import { OTHER_AUDIENCE_TOKEN, Secrets, SecretSource, UNLISTED_TOKEN } from "./secret";
import {
  FORGED_SIGNATURE_ACCEPTED,
  judgeForged,
  judgeNoToken,
  judgeOtherAudience,
  judgeScm,
  judgeUnlisted,
  MISSING_SIGNATURE_ACCEPTED,
} from "./sign-in-rules";
import type { BackendTarget } from "./targets";
import { Claims, claimsOf, forgedSignature, Pretended, withoutSignature } from "./token";
import { transportChecks } from "./transport-checks";

/** How apps are called. */
export interface BackendOptions {
  readonly timeoutMs: number;
  readonly secrets: Secrets;
  readonly withoutScm?: boolean;
}

/** What must hold of an app, or of a slot, that is called directly. */
export function backendChecks(target: BackendTarget, options: BackendOptions): Check[] {
  const { url } = target;
  const { timeoutMs } = options;
  return [
    {
      name: "no token",
      expected: "401",
      run: () => judged(url, { timeoutMs }, judgeNoToken),
    },
    ...forgedChecks(target, options),
    ...realChecks(target, options),
    ...transportChecks(url, { timeoutMs }),
    ...scmChecks(target, options),
  ];
}

function forgedChecks(target: BackendTarget, { timeoutMs }: BackendOptions): Check[] {
  let keyId: Promise<string | undefined> | undefined;
  const forged = (name: string, forge: (pretended: Pretended) => string, accepted: Diagnosis): Check => ({
    name,
    expected: "401",
    run: afterSignIn(async () => {
      keyId ??= target.issuer === undefined ? Promise.resolve(undefined) : signingKeyId(target.issuer, timeoutMs);
      const { pretended, lacking } = pretend(target, await keyId);
      const verdict = await withToken(target, timeoutMs, forge(pretended), (answer) => judgeForged(answer, accepted));
      return verdict.result === "passed" && lacking ? { ...verdict, ...notChecked(lacking) } : verdict;
    }),
  });
  return [
    forged("forged signature", forgedSignature, FORGED_SIGNATURE_ACCEPTED),
    forged("algorithm none", withoutSignature, MISSING_SIGNATURE_ACCEPTED),
  ];
}

/** What a forged token says, and what it lacks to be right in all but its signature. */
function pretend({ url, audience, issuer, principalId }: BackendTarget, keyId: string | undefined) {
  const unknown = Object.entries({ audience, tenant: issuer, "gateway-principal-id": principalId })
    .filter(([, value]) => value === undefined)
    .map(([option]) => `--${option}`);
  const pretended: Pretended = {
    audience: audience ?? NOBODY,
    issuer: issuer ?? issuerOf(cloudOfAppHost(url.hostname) ?? "public", NOBODY),
    principalId: principalId ?? NOBODY,
    keyId: keyId ?? NOBODY,
  };
  if (unknown.length > 0) return { pretended, lacking: claimsUnknown(unknown) };
  return { pretended, lacking: keyId === undefined ? ISSUER_SILENT : undefined };
}

const NOBODY = "00000000-0000-0000-0000-000000000000";

function realChecks(target: BackendTarget, { timeoutMs, secrets }: BackendOptions): Check[] {
  const real = (
    source: SecretSource,
    words: Pick<Check, "name" | "expected">,
    unfit: (claims: Claims, target: BackendTarget) => Diagnosis | undefined,
    judge: (answer: Answer) => Verdict,
  ): Check => ({
    ...words,
    run: afterSignIn(async () => {
      const secret = secrets.of(source, target.audience);
      if ("missing" in secret) return notChecked(secret.missing);
      const claims = claimsOf(secret.value);
      if (claims === undefined) return notChecked(NOT_A_TOKEN);
      const why = isExpired(claims) ? TOKEN_EXPIRED : unfit(claims, target);
      return why ? notChecked(why) : withToken(target, timeoutMs, secret.value, judge);
    }),
  });
  return [
    real(
      OTHER_AUDIENCE_TOKEN,
      { name: "token for another audience", expected: "401 or 403" },
      ({ aud }, { audience }) =>
        audience === undefined ? AUDIENCE_UNKNOWN : isSame(aud, audience) ? TOKEN_OF_THIS_AUDIENCE : undefined,
      judgeOtherAudience,
    ),
    real(
      UNLISTED_TOKEN,
      { name: "token of an unlisted identity", expected: "403" },
      ({ aud, iss, oid }, { audience, issuer, principalId }) => {
        if (audience === undefined) return AUDIENCE_UNKNOWN;
        if (!isSame(aud, audience) || (issuer !== undefined && iss !== issuer)) return TOKEN_FOR_SOMETHING_ELSE;
        return principalId !== undefined && isSame(oid, principalId) ? TOKEN_OF_THE_GATEWAY : undefined;
      },
      judgeUnlisted,
    ),
  ];
}

function isExpired({ exp }: Claims): boolean {
  return typeof exp !== "number" || exp * 1000 <= Date.now();
}

function isSame(claim: unknown, value: string): boolean {
  return typeof claim === "string" && claim.toLowerCase() === value.toLowerCase();
}

/** A token shows something, and is sent, only where a call without one is answered with 401. */
function afterSignIn(run: () => Promise<Verdict>): Check["run"] {
  return async (first) => (first?.status === 401 ? run() : notChecked(SIGN_IN_UNSEEN));
}

function withToken(
  { url }: BackendTarget,
  timeoutMs: number,
  token: string,
  judge: (answer: Answer) => Verdict,
): Promise<Verdict> {
  return judged(url, { timeoutMs, headers: { authorization: `Bearer ${token}` } }, judge);
}

function scmChecks({ url, scm }: BackendTarget, { timeoutMs, withoutScm }: BackendOptions): Check[] {
  if (withoutScm || !canHaveScm(url)) return [];
  return [
    {
      name: "SCM site without credentials",
      expected: "401, 403 or the sign-in of Entra ID",
      elsewhere: true,
      run: async () => (scm === undefined ? notChecked(SCM_UNKNOWN) : judged(scm, { timeoutMs }, judgeScm)),
    },
  ];
}

function claimsUnknown(options: readonly string[]): Diagnosis {
  const names = options.join(", ");
  return diagnosis(
    "forged-token-incomplete",
    `The app refuses a forged token that was wrong in more than its signature, because these are not known: ${names}.`,
    "Write them as options, or add the outputs audience, tenant_id and gateway_principal_id to the stack.",
  );
}

const ISSUER_SILENT = diagnosis(
  "issuer-keys-unknown",
  "The app refuses a forged token, but the issuer does not say which key the token should name.",
  "Run the command where the issuer can be reached, and check --issuer or --tenant.",
);
const SIGN_IN_UNSEEN = diagnosis(
  "sign-in-unseen",
  "The app does not answer 401 to a call without a token, so what it answers to one with a token shows nothing. No token was sent.",
  'See what the check "no token" found.',
);
const NOT_A_TOKEN = diagnosis(
  "token-unreadable",
  "What was given is not a JSON web token.",
  "Give an access token as Entra ID issues it.",
);
const TOKEN_EXPIRED = diagnosis("token-expired", "The token has expired.", "Get a new one.");
const AUDIENCE_UNKNOWN = diagnosis(
  "audience-unknown",
  "It is not known which audience the app expects, so it cannot be told whom the token is for. It was not sent.",
  "Write --audience, or add the output audience to the stack.",
);
const TOKEN_OF_THIS_AUDIENCE = diagnosis(
  "token-for-this-audience",
  "The token is for the audience of the app itself. It was not sent.",
  "Get a token for another audience.",
);
const TOKEN_FOR_SOMETHING_ELSE = diagnosis(
  "token-for-something-else",
  "The token has another audience or another issuer than the app expects. It was not sent.",
  "Get a token for the client ID of the app's registration, which issues version 2 tokens, from its tenant.",
);
const TOKEN_OF_THE_GATEWAY = diagnosis(
  "token-of-the-gateway",
  "The token is that of the gateway itself. It was not sent.",
  "Get the token of an identity that may not call the app.",
);
const SCM_UNKNOWN = diagnosis(
  "scm-unknown",
  "The address of the SCM site cannot be derived from this host name.",
  "Write it as --scm-url, or add the output scm_url to the stack, or write --without-scm if there is none.",
);
