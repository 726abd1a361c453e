import { Diagnosis, diagnosis, forNow, notChecked, Verdict } from "./diagnosis";
import { TIMEOUT } from "./request";

/** What it means that a server does not answer: nothing is known about it. */
export function judgeSilence(code: string): Verdict {
  const [, why] = CAUSES.find(([codes]) => codes.test(code)) ?? [];
  const verdict = notChecked(why ?? unexplained(code));
  return why === undefined || TEMPORARY.includes(why) ? forNow(verdict) : verdict;
}

const HOST_NOT_FOUND = diagnosis(
  "host-not-found",
  "DNS does not know the host name.",
  "Check the address. A new name takes some minutes, and a private endpoint is known only within its network.",
);
const NO_ANSWER_IN_TIME = diagnosis(
  "no-answer-in-time",
  "The server does not answer in time: it starts slowly, or a firewall drops the request.",
  "Run the command where the server can be reached, or write a longer --timeout.",
);
const CONNECTION_REFUSED = diagnosis(
  "connection-refused",
  "Nothing accepts connections at this address.",
  "Check the address and its port, and run the command where the server can be reached.",
);
const CONNECTION_CLOSED = diagnosis(
  "connection-closed",
  "The server, or something between, closes the connection without an answer.",
  "Check that no firewall or proxy ends the connection, and that the app starts.",
);

/** What can end without any change. */
const TEMPORARY: readonly Diagnosis[] = [HOST_NOT_FOUND, NO_ANSWER_IN_TIME, CONNECTION_REFUSED, CONNECTION_CLOSED];

/** By the codes of Node.js and OpenSSL. The first that fits counts. */
const CAUSES: readonly (readonly [RegExp, Diagnosis])[] = [
  [/^(?:ENOTFOUND|EAI_\w+|ENODATA)$/, HOST_NOT_FOUND],
  [new RegExp(`^(?:${TIMEOUT}|ETIMEDOUT)$`), NO_ANSWER_IN_TIME],
  [/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/, CONNECTION_REFUSED],
  [/^(?:ECONNRESET|EPIPE|ECONNABORTED)$/, CONNECTION_CLOSED],
  [
    /^HPE_/,
    diagnosis(
      "answer-unreadable",
      "What the server answers is not HTTP.",
      "Check that the address is that of the app, with the right port.",
    ),
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    diagnosis(
      "certificate-of-another-host",
      "The server shows a certificate for another host name, so it may be another server.",
      "Check the address. For a custom domain, add a certificate for it to the app.",
    ),
  ],
  [
    /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/,
    diagnosis(
      "certificate-expired",
      "The certificate of the server is not valid at this time.",
      "Renew the certificate, and check the clock of this machine.",
    ),
  ],
  [
    /CERT|ISSUER|SELF_SIGNED|UNABLE_TO/,
    diagnosis(
      "certificate-untrusted",
      "The certificate of the server comes from an authority that this machine does not trust.",
      "If a proxy of your network replaces certificates, set NODE_EXTRA_CA_CERTS to its authority. Otherwise replace the certificate.",
    ),
  ],
  [
    /^(?:EPROTO|ERR_(?:SSL|TLS)_\w+)$/,
    diagnosis(
      "no-tls",
      "The server and this machine cannot agree on a TLS connection.",
      "Check that the address is that of an HTTPS server with TLS 1.2 or later.",
    ),
  ],
];

function unexplained(code: string): Diagnosis {
  return diagnosis(
    "no-answer",
    `The request ends without an answer: ${code}.`,
    "Check the address, and that this machine can reach it.",
  );
}
