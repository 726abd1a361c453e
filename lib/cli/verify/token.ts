import { inAllClouds } from "../../azure/clouds/hosts";
import { createSign, generateKeyPairSync, KeyObject, randomUUID } from "crypto";

const VERSION_1 = inAllClouds(({ issuerOfVersion1 }) => [issuerOfVersion1]);

/** What a token says. Nobody has checked its signature. */
export interface Claims {
  readonly aud?: unknown;
  readonly iss?: unknown;
  readonly exp?: unknown;
  readonly oid?: unknown;
}

/** Whom a forged token pretends to be, and for whom. */
export interface Pretended {
  readonly audience: string;
  readonly issuer: string;
  /** The object ID of an identity that may call. */
  readonly principalId: string;
  /** The ID of a key that the issuer signs with. */
  readonly keyId: string;
}

/** The claims of a JSON web token; `undefined` if it is none. */
export function claimsOf(token: string): Claims | undefined {
  const parts = token.split(".");
  if (parts.length !== 3) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1], "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null ? claims : undefined;
  } catch {
    return undefined;
  }
}

/** A key that no issuer knows. It takes time to make. */
let key: KeyObject | undefined;

/** A token that is right in all but its signature, which another key has made. */
export function forgedSignature(pretended: Pretended): string {
  const signed = unsigned({ alg: "RS256", typ: "JWT", kid: pretended.keyId }, pretended);
  key ??= generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key, "base64url")}`;
}

/** A token that is right in all but its signature, which it says it needs none of. */
export function withoutSignature(pretended: Pretended): string {
  return `${unsigned({ alg: "none", typ: "JWT" }, pretended)}.`;
}

function unsigned(header: object, { audience, issuer, principalId }: Pretended): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    aud: audience,
    iss: issuer,
    iat: now - 60,
    nbf: now - 60,
    exp: now + 3600,
    azp: randomUUID(),
    azpacr: "2",
    oid: principalId,
    sub: principalId,
    roles: ["Invoke"],
    tid: /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(issuer)?.[0],
    ver: VERSION_1.some((host) => issuer.includes(host)) ? "1.0" : "2.0",
  };
  return [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
}
