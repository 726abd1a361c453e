import { createPublicKey, createSign, createVerify, generateKeyPairSync, JsonWebKey } from "crypto";
import { Json } from "../../helpers/synth";
import { serve } from "./servers";

export const TENANT_ID = "11111111-1111-4111-8111-111111111111";
export const AUDIENCE = "22222222-2222-4222-8222-222222222222";
export const GATEWAY = "33333333-3333-4333-8333-333333333333";
export const STRANGER = "44444444-4444-4444-8444-444444444444";

const KEY_ID = "the-key-of-the-tenant";

const KEYS = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** An issuer with keys of its own, and the tokens that it issues. */
export class Tenant {
  public issuer = "";

  public async start(): Promise<this> {
    const origin = await serve({
      https: ({ url }, response) => {
        const documents: Record<string, object> = {
          [`/${TENANT_ID}/v2.0/.well-known/openid-configuration`]: { issuer: this.issuer, jwks_uri: `${origin}/keys` },
          "/keys": { keys: [{ ...KEYS.publicKey.export({ format: "jwk" }), kid: KEY_ID, use: "sig" }] },
        };
        const document = documents[url ?? ""];
        response.writeHead(document ? 200 : 404, { "content-type": "application/json" }).end(JSON.stringify(document));
      },
    });
    this.issuer = `${origin}/${TENANT_ID}/v2.0`;
    return this;
  }

  /** A token of an identity. */
  public token(oid: string, claims: object = {}): string {
    const now = Math.floor(Date.now() / 1000);
    const said = { aud: AUDIENCE, iss: this.issuer, nbf: now - 60, exp: now + 3600, oid, tid: TENANT_ID, ...claims };
    const signed = [{ alg: "RS256", typ: "JWT", kid: KEY_ID }, said].map(encoded).join(".");
    return `${signed}.${createSign("RSA-SHA256").update(signed).sign(KEYS.privateKey, "base64url")}`;
  }

  /** The claims of a token, and whether its header and its signature are right. */
  public read(token: string): { header: Json; claims: Json; signed: boolean } {
    const [header, claims, signature] = token.split(".");
    const key = createPublicKey({ key: KEYS.publicKey.export({ format: "jwk" }) as JsonWebKey, format: "jwk" });
    const told = decoded(header);
    const verified = createVerify("RSA-SHA256").update(`${header}.${claims}`).verify(key, signature, "base64url");
    return { header: told, claims: decoded(claims), signed: told.alg === "RS256" && told.kid === KEY_ID && verified };
  }
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function decoded(part: string): Json {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
}
