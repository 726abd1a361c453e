import { ask } from "./request";

/** The ID of a key that the issuer signs with; `undefined` if the issuer does not say. */
export async function signingKeyId(issuer: string, timeoutMs: number): Promise<string | undefined> {
  const configuration = await json(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, timeoutMs);
  const keys = await json(configuration?.jwks_uri, timeoutMs);
  const ids = Array.isArray(keys?.keys) ? keys.keys.map((key: { kid?: unknown } | null) => key?.kid) : [];
  return ids.find((id) => typeof id === "string");
}

async function json(address: unknown, timeoutMs: number): Promise<Record<string, unknown> | undefined> {
  if (typeof address !== "string" || !address.startsWith("https://")) return undefined;
  try {
    const answer = await ask(new URL(address), { timeoutMs });
    if ("silence" in answer || answer.status !== 200) return undefined;
    const value: unknown = JSON.parse(answer.text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
