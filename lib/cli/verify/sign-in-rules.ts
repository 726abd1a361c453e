import { inAllClouds, isAtOrBelow } from "../../azure/clouds/hosts";
import { Diagnosis, diagnosis, failed, forNow, notChecked, PASSED, Verdict } from "./diagnosis";
import { Answer } from "./request";

/*
 * What an app that App Service Authentication closes answers: 401 without a valid token, 403 to a valid one of an identity that is
 * not on its list.
 *
 * @see https://learn.microsoft.com/azure/app-service/overview-authentication-authorization#authorization-behavior
 */

/** What an answer to a call without a token shows. */
export function judgeNoToken(answer: Answer): Verdict {
  const { status, html } = answer;
  if (status === 401) return PASSED;
  if (status === 403) return notChecked(isStopped(answer) ? APP_STOPPED : ADDRESS_REFUSED);
  if (isRedirect(status)) return failed(leadsToSignIn(answer) ? REDIRECTS_TO_SIGN_IN : REDIRECTS);
  if (isMissingSite(answer)) return notChecked(NO_SUCH_APP);
  return mustNotLetIn(status, html && status < 300 ? PAGE_WITHOUT_TOKEN : OPEN_WITHOUT_TOKEN);
}

/** What an answer to a forged token shows, where a call without a token is answered with 401. */
export function judgeForged({ status }: Answer, accepted: Diagnosis): Verdict {
  if (status === 401) return PASSED;
  if (status === 403) return failed(FORGERY_READ);
  return mustNotLetIn(status, accepted);
}

/** What an answer to a real token for something else shows. */
export function judgeOtherAudience({ status }: Answer): Verdict {
  if (status === 401 || status === 403) return PASSED;
  return mustNotLetIn(status, ANY_AUDIENCE);
}

/** What an answer to a real token of an identity that may not call shows. */
export function judgeUnlisted({ status }: Answer): Verdict {
  if (status === 403) return PASSED;
  if (status === 401) return failed(VALID_TOKEN_REFUSED);
  return mustNotLetIn(status, ANY_IDENTITY);
}

/** What an answer of the SCM site to a call without credentials shows. */
export function judgeScm(answer: Answer): Verdict {
  const { status } = answer;
  if (status === 401 || status === 403) return PASSED;
  if (isRedirect(status)) return leadsToSignIn(answer) ? PASSED : failed(SCM_REDIRECTS);
  if (isMissingSite(answer) || status === 404) return notChecked(NO_SCM_SITE);
  return mustNotLetIn(status, SCM_OPEN);
}

/** Fails if the call is let in. Any other answer shows nothing. */
export function mustNotLetIn(status: number, letIn: Diagnosis): Verdict {
  return isLetIn(status) ? failed(letIn) : unclear(status);
}

/** An answer that comes from behind the sign-in: from the app's code, or from a page of its host. */
function isLetIn(status: number): boolean {
  return (status >= 200 && status < 300) || [404, 405, 409, 410, 415, 422].includes(status);
}

export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

/** An answer that shows nothing of what was asked. */
export function unclear(status: number): Verdict {
  if (status >= 500 || status === 429)
    return forNow(
      notChecked(
        diagnosis(
          "app-unavailable",
          `The server answers ${status}: it starts, is overloaded or does not work.`,
          "Wait, or look into the log of the app.",
        ),
      ),
    );
  return notChecked(
    diagnosis(
      "answer-unexpected",
      `The server answers ${status}, which shows neither that it lets the call in nor that it refuses it.`,
      "Check that the address is that of the app, and that no proxy answers for it.",
    ),
  );
}

const SIGN_IN_HOSTS = inAllClouds(({ signIn }) => signIn);

function leadsToSignIn({ location }: Answer): boolean {
  if (location?.protocol !== "https:") return false;
  return (
    SIGN_IN_HOSTS.some((host) => isAtOrBelow(location.hostname, host)) || location.pathname.startsWith("/.auth/login/")
  );
}

function isStopped({ html, text }: Answer): boolean {
  return html && /\bapp is stopped\b/i.test(text);
}

function isMissingSite({ status, html, text }: Answer): boolean {
  return status === 404 && html && /\bweb site not found\b/i.test(text);
}

const SIGN_IN_REMEDY = "Deploy the stack again, and check the app's auth settings for changes made outside Terraform.";

const SIGNATURE_REMEDY =
  "Leave the check of tokens to App Service Authentication, or to a library that checks signatures with the issuer's keys.";

const OPEN_WITHOUT_TOKEN = diagnosis(
  "open-without-token",
  "The app lets in a call without a token: its sign-in is off or allows anonymous requests, or the path is an anonymous path.",
  SIGN_IN_REMEDY,
);
const PAGE_WITHOUT_TOKEN = diagnosis(
  "page-without-token",
  "A web page answers a call without a token: the app's own, or one of a proxy between.",
  `Open the address in a browser. If the page is the app's, its sign-in is off: ${SIGN_IN_REMEDY}`,
);
const REDIRECTS_TO_SIGN_IN = diagnosis(
  "redirects-to-sign-in",
  "The app redirects to a sign-in page instead of answering 401: its unauthenticated action is RedirectToLoginPage.",
  'Set unauthenticated_action to "Return401", as the library does.',
);
const REDIRECTS = diagnosis(
  "redirects-without-token",
  "The app redirects a call without a token to another address instead of answering 401.",
  "Write the address that it redirects to, if that is the app. Otherwise check what answers at this address.",
);
export const ADDRESS_REFUSED = diagnosis(
  "address-refused",
  "The app refuses this machine's address, or every call, before its sign-in is seen.",
  "Run the command within the network that the app admits.",
);
const APP_STOPPED = diagnosis("app-stopped", "The app is stopped.", "Start it, and run the command again.");
const NO_SUCH_APP = diagnosis(
  "app-not-found",
  "Azure knows no app with this host name, or the app is closed to public networks.",
  "Check the address. Run the command within the app's network, if it has a private endpoint.",
);
const FORGERY_READ = diagnosis(
  "forged-token-read",
  "The app answers a forged token with 403 instead of 401: it reads the token without checking its signature.",
  SIGNATURE_REMEDY,
);
const ANY_AUDIENCE = diagnosis(
  "any-audience-accepted",
  "The app lets in a token that was issued for something else: it does not check the audience.",
  "Set allowed_audiences, or the client ID of the sign-in, to the app's own registration.",
);
const ANY_IDENTITY = diagnosis(
  "any-identity-accepted",
  "The app lets in an identity that may not call it: the list of allowed identities is empty or has this identity.",
  "Set allowed_identities to the object ID of the gateway's identity alone. If the identity of the token may call, use another one.",
);
const VALID_TOKEN_REFUSED = diagnosis(
  "valid-token-refused",
  "The app refuses a token that is for its audience: its issuer or the version of its tokens differs. The gateway's token is refused for the same reason.",
  "Set requested_access_token_version to 2 on the registration, and an issuer that ends with /v2.0 on the app.",
);
const SCM_OPEN = diagnosis(
  "scm-open",
  "The SCM site, which can change the code and reads all settings, lets in a call without credentials.",
  "Check what answers at this address. Restrict the SCM site with networkAccess.",
);
const SCM_REDIRECTS = diagnosis(
  "scm-redirects",
  "The SCM site redirects to an address that is no sign-in page of Entra ID.",
  "Check what answers at this address.",
);
const NO_SCM_SITE = diagnosis(
  "scm-not-found",
  "There is no SCM site at this address.",
  "Write its address as --scm-url, or --without-scm if there is none.",
);

export const FORGED_SIGNATURE_ACCEPTED = diagnosis(
  "forged-signature-accepted",
  "The app lets in a token that another key has signed: it does not check signatures.",
  SIGNATURE_REMEDY,
);
export const MISSING_SIGNATURE_ACCEPTED = diagnosis(
  "missing-signature-accepted",
  'The app lets in a token without a signature, whose algorithm is "none".',
  "Accept only RS256. App Service Authentication accepts no token without a signature.",
);
