import { judgedAt, judged, SecurityRule } from "../rule";

/** Attributes of azurerm that begin with `https://`, also in a function that cuts the end off. */
const HTTPS_REFERENCE =
  /^\$\{(?:trim(?:suffix)?\()?(?:data\.)?azurerm_[\w.-]+(?:\[[^\]?]*\])?\.(?:gateway_url|endpoint|vault_uri|(?:primary|secondary)_\w+_endpoint)(?:, *"\/"\))?\}/;

const WITHOUT_TLS = ["http://", "ws://"];

export const HTTP_BACKEND: SecurityRule = {
  id: "http-backend",
  title: "Gateways call backends with HTTPS.",
  severity: "error",
  control: "DP-3",
  cwe: 319,
  judges: ({ calls }) =>
    calls.map(({ resource, attribute, url, policy, offset }) => {
      const scheme = /^[a-z][a-z0-9+.-]*:[/]{2}/i.exec(url.beginning)?.[0].toLowerCase();
      const isComputed = /^\s*(?:@|\{\{)/.test(url.beginning);
      const isHttps = scheme === "https://" || HTTPS_REFERENCE.test(url.template);
      const holds = isHttps
        ? true
        : isComputed || (scheme === undefined && url.isUnknown)
          ? undefined
          : scheme === undefined || !WITHOUT_TLS.includes(scheme);
      const text = `The address ${url.text ?? url.template} has no TLS, so the gateway's token and the data can be read on the way.`;
      const remedy = `Write an address that begins with ${scheme === "ws://" ? "wss" : "https"}://.`;
      if (!policy || offset === undefined) return judged(resource, attribute, holds, text, remedy);
      if (holds !== undefined) return judgedAt(policy, offset, holds ? "complies" : "violated", text, remedy);
      return judgedAt(
        policy,
        offset,
        "unknown",
        "The address of the backend is known only when the gateway runs.",
        remedy,
      );
    }),
};
