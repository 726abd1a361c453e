import { Answer } from "../../../lib/cli/verify/request";
import { VerifyValues } from "../../../lib/cli/verify/options";
import { canHaveScm, scmUrl } from "../../../lib/cli/verify/scm";
import { judgeScm } from "../../../lib/cli/verify/sign-in-rules";
import { judgeSilence } from "../../../lib/cli/verify/silence";
import { targetsOf } from "../../../lib/cli/verify/targets";
import { claimsOf } from "../../../lib/cli/verify/token";
import { judgePlainHttp, judgeTrace } from "../../../lib/cli/verify/transport-rules";

test.each([
  ["https://orders.azurewebsites.net/api", "https://orders.scm.azurewebsites.net/"],
  ["https://orders-staging.azurewebsites.net", "https://orders-staging.scm.azurewebsites.net/"],
  ["https://orders-a1b2.westeurope-01.azurewebsites.net", "https://orders-a1b2.scm.westeurope-01.azurewebsites.net/"],
  ["https://orders.azurewebsites.us", "https://orders.scm.azurewebsites.us/"],
  ["https://orders.chinacloudsites.cn", "https://orders.scm.chinacloudsites.cn/"],
  ["https://orders.ase.appserviceenvironment.net", "https://orders.scm.ase.appserviceenvironment.net/"],
  ["https://orders.scm.azurewebsites.net", undefined],
  ["https://orders.example.com", undefined],
  ["https://azurewebsites.net.example.com", undefined],
])("the SCM site of %s is %s", (url, scm) => expect(scmUrl(new URL(url))?.href).toBe(scm));

test.each([
  ["https://orders.azurewebsites.net", "https://login.microsoftonline.com"],
  ["https://orders.contoso.com", "https://login.microsoftonline.com"],
  ["https://orders.azurewebsites.us", "https://login.microsoftonline.us"],
  ["https://orders.a.usgovvirginia.azurecontainerapps.us", "https://login.microsoftonline.us"],
  ["https://orders.chinacloudsites.cn/api", "https://login.partner.microsoftonline.cn"],
])("the issuer of a tenant for the app at %s is at %s", (url, host) => {
  const tenant = "6F9619FF-8B86-D011-B42D-00CF4FC964FF";
  const { backends } = targetsOf({ "backend-url": [url], tenant } as VerifyValues, []);
  expect(backends.map(({ issuer }) => issuer)).toEqual([`${host}/${tenant.toLowerCase()}/v2.0`]);
});

test("a container app has no SCM site", () => {
  expect(canHaveScm(new URL("https://hello.niceocean.usgovvirginia.azurecontainerapps.us"))).toBe(false);
  expect(canHaveScm(new URL("https://hello.niceocean.westeurope.azurecontainerapps.io"))).toBe(false);
  expect(canHaveScm(new URL("https://orders.example.com"))).toBe(true);
});

test.each([
  ["ENOTFOUND", "host-not-found", true],
  ["EAI_AGAIN", "host-not-found", true],
  ["TIMEOUT", "no-answer-in-time", true],
  ["ETIMEDOUT", "no-answer-in-time", true],
  ["ECONNREFUSED", "connection-refused", true],
  ["EHOSTUNREACH", "connection-refused", true],
  ["ECONNRESET", "connection-closed", true],
  ["HPE_INVALID_CONSTANT", "answer-unreadable", undefined],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "certificate-of-another-host", undefined],
  ["CERT_HAS_EXPIRED", "certificate-expired", undefined],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "certificate-untrusted", undefined],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "certificate-untrusted", undefined],
  ["EPROTO", "no-tls", undefined],
  ["ERR_SSL_WRONG_VERSION_NUMBER", "no-tls", undefined],
  ["EOTHER", "no-answer", true],
])("%s is %s", (code, id, later) => {
  expect(judgeSilence(code)).toMatchObject({ result: "not checked", diagnosis: { id } });
  expect(judgeSilence(code).later).toBe(later);
});

const answer = (status: number, location?: string): Answer => ({
  status,
  html: false,
  text: "",
  location: location === undefined ? undefined : new URL(location),
});

test.each([
  [401, undefined, "passed"],
  [403, undefined, "passed"],
  [302, "https://login.microsoftonline.com/tenant/oauth2/authorize", "passed"],
  [302, "https://login.microsoftonline.us/tenant/oauth2/authorize", "passed"],
  [302, "https://login.partner.microsoftonline.cn/tenant/oauth2/authorize", "passed"],
  [302, "https://login.microsoftonline.com.example.com/", "failed"],
  [302, "http://login.microsoftonline.com/", "failed"],
  [302, undefined, "failed"],
  [200, undefined, "failed"],
  [404, undefined, "not checked"],
  [503, undefined, "not checked"],
])("an SCM site that answers %d, and leads to %s, has %s", (status, location, result) =>
  expect(judgeScm(answer(status, location)).result).toBe(result),
);

test.each([
  [301, "https://app.example/", "passed"],
  [308, "https://app.example/", "passed"],
  [301, "http://app.example/", "failed"],
  [301, undefined, "failed"],
  [403, undefined, "passed"],
  [426, undefined, "passed"],
  [404, undefined, "failed"],
  [401, undefined, "failed"],
  [200, undefined, "failed"],
  [503, undefined, "not checked"],
])("plain HTTP that is answered with %d, and leads to %s, has %s", (status, location, result) =>
  expect(judgePlainHttp(answer(status, location)).result).toBe(result),
);

test.each([
  ["ECONNREFUSED", "passed"],
  ["ECONNRESET", "passed"],
  ["TIMEOUT", "not checked"],
  ["ENOTFOUND", "not checked"],
])("plain HTTP that ends with %s has %s", (silence, result) => expect(judgePlainHttp({ silence }).result).toBe(result));

test.each([
  [200, "failed"],
  [204, "failed"],
  [302, "not checked"],
  [401, "passed"],
  [405, "passed"],
  [501, "passed"],
  [429, "not checked"],
  [500, "not checked"],
])("TRACE that is answered with %d has %s", (status, result) => expect(judgeTrace(answer(status)).result).toBe(result));

test.each(["", "a.b", "a.b.c", `a.${Buffer.from("7").toString("base64url")}.c`, "a.b.c.d"])("%j is no token", (text) =>
  expect(claimsOf(text)).toBeUndefined(),
);
