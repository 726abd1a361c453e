import { ask } from "../../../lib/cli/verify/request";
import { Handler, serve, Serves } from "./servers";
import { AUDIENCE, GATEWAY, Tenant } from "./tenant";

/** How an app departs from what App Service Authentication does. */
export interface AppFaults {
  /** What answers a call without a token. */
  readonly withoutToken?: Handler;
  readonly anySignature?: true;
  readonly unsignedTokens?: true;
  readonly anyAudience?: true;
  readonly anyIdentity?: true;
  /** What answers a token, in place of all checks. */
  readonly withToken?: Handler;
  readonly trace?: Handler;
  readonly http?: Handler;
  readonly certificate?: Serves["certificate"];
  readonly admits?: string;
  /** The answer of the app behind its sign-in. */
  readonly app?: Handler;
}

export const answers =
  (status: number, body = "", headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);

export const redirects = (location: string, status = 302): Handler => answers(status, "", { location });

export const page = (status: number, text = "Welcome"): Handler =>
  answers(status, `<!DOCTYPE html><html><h1>${text}</h1></html>`, { "content-type": "text/html; charset=utf-8" });

/** Starts an app with a sign-in, which lets in the gateway alone. Every token that it sees is kept. */
export function startApp(tenant: Tenant, faults: AppFaults = {}, seen: string[] = []): Promise<string> {
  const { app = answers(200, "orders"), admits = GATEWAY } = faults;
  return serve({
    certificate: faults.certificate,
    http:
      faults.http ??
      ((request, response) => redirects(`https://${request.headers.host}${request.url}`, 301)(request, response)),
    https: (request, response) => {
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
      if (token) seen.push(token);
      if (request.method === "TRACE") return (faults.trace ?? answers(405))(request, response);
      if (token && faults.withToken) return faults.withToken(request, response);
      if (!token) return (faults.withoutToken ?? page(401, "You do not have permission"))(request, response);
      const { header, claims, signed } = tenant.read(token);
      const genuine = signed || faults.anySignature || (faults.unsignedTokens && header.alg === "none");
      const fits = claims.iss === tenant.issuer && (faults.anyAudience || claims.aud === AUDIENCE);
      if (!genuine || (faults.anySignature && header.alg === "none") || !fits) return page(401)(request, response);
      if (!faults.anyIdentity && claims.oid !== admits) return page(403, "Forbidden")(request, response);
      return app(request, response);
    },
  });
}

/** How a gateway departs from what it should do. */
export interface GatewayFaults {
  readonly open?: true;
  readonly roleUnassigned?: true;
  /** Claims of its token that differ. */
  readonly claims?: object;
  readonly http?: Handler;
  readonly trace?: Handler;
  /** What answers in place of the call to the app. */
  readonly instead?: Handler;
}

export const KEY = "0123456789abcdef-subscription-key";

export const own = (status: number, message: string): Handler =>
  answers(status, JSON.stringify({ statusCode: status, message }), { "content-type": "application/json" });

/** Starts a gateway, which calls the app with a token of its identity if the call has the key. */
export function startGateway(tenant: Tenant, app: string, faults: GatewayFaults = {}): Promise<string> {
  return serve({
    http: faults.http ?? own(404, "Resource not found"),
    https: async (request, response) => {
      if (request.method === "TRACE") return (faults.trace ?? own(404, "Resource not found"))(request, response);
      if (!request.url?.startsWith("/orders/")) return own(404, "Resource not found")(request, response);
      const key = request.headers["ocp-apim-subscription-key"];
      if (key === undefined && !faults.open)
        return own(401, "Access denied due to missing subscription key. Make sure to include it.")(request, response);
      if (key !== undefined && key !== KEY)
        return own(401, "Access denied due to invalid subscription key. Make sure to provide a valid key.")(
          request,
          response,
        );
      if (faults.instead) return faults.instead(request, response);
      if (faults.roleUnassigned) return own(500, "Internal server error")(request, response);
      const authorization = `Bearer ${tenant.token(GATEWAY, faults.claims)}`;
      const answer = await ask(new URL(app), { headers: { authorization }, timeoutMs: 5000 });
      if ("silence" in answer) return own(500, "Internal server error")(request, response);
      return answers(answer.status, answer.text)(request, response);
    },
  });
}
