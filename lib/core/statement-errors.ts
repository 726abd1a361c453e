import type { NameRule } from "./names";

/*
 * Messages of the policy statements. A statement is a value that belongs to no construct: each message begins with the
 * factory that was called.
 */

function from(call: string, message: string): Error {
  return new Error(`${call}: ${message}`);
}

// Numbers, names and ids

export function numberOutOfRange(call: string, name: string, value: number, min: number, max: number): Error {
  return from(
    call,
    `${name} is ${value}, but API Management takes whole numbers from ${min} to ${max}. Write one of these.`,
  );
}

export function invalidPolicyName(call: string, rule: NameRule, value: string): Error {
  return from(call, `the ${rule.what} "${value}" is refused by API Management. Write one of ${rule.allowed}.`);
}

export function tokenInName(call: string, rule: NameRule): Error {
  return from(
    call,
    `the ${rule.what} is a value that only Terraform knows, but it is needed while the policy is written. ` +
      `Write the text itself, not a variable or an attribute of a resource.`,
  );
}

export function notAGuid(call: string, name: string, value: string): Error {
  return from(
    call,
    `${name} has "${value}", which is no GUID. Write one such as "00000000-0000-0000-0000-000000000000".`,
  );
}

export function notATenant(call: string, tenantId: string): Error {
  return from(
    call,
    `tenantId is "${tenantId}", which does not name one tenant. ` +
      `Write its GUID, or a domain of it such as "contoso.onmicrosoft.com".`,
  );
}

export function notHttps(call: string, name: string, url: string): Error {
  return from(
    call,
    `${name} is "${url}", but the keys that tokens are checked with must come over HTTPS. ` +
      `Write an address such as "https://login.microsoftonline.com/<tenant id>/v2.0/.well-known/openid-configuration".`,
  );
}

// Lists

export function tokenList(call: string, name: string): Error {
  return from(
    call,
    `${name} is a list that only Terraform knows, but each entry is written into the policy. ` +
      `Write the list itself, whose entries may be values of Terraform: ["...", "..."].`,
  );
}

export function emptyList(call: string, name: string, example: string): Error {
  return from(call, `${name} is empty, and API Management needs one entry at least. Write ${name}: ${example}.`);
}

export function tokenForAnybody(call: string): Error {
  return from(
    call,
    "neither audiences nor clientIds is given, so that any token of the tenant would do. " +
      "Write audiences: [...] with the ids of your API, or clientIds: [...] with those of the apps that may call it.",
  );
}

// Literals

/** Where something else than a text is taken, it has a factory; elsewhere only XML can hold it. */
function otherThanText(call: string, factory: string): string {
  if (call === "PolicyValue.literal") return `${factory} Otherwise write another text.`;
  return 'Write another text, or the whole statement as XML: PolicyStatement.raw(PolicySection.INBOUND, "...").';
}

export function literalIsEmpty(call: string, what: string): Error {
  return from(
    call,
    `${what} is empty, and API Management does not say what it does with an empty value. ` +
      `Write another text. To remove a header or a query parameter, write PolicyStatement.removeHeader or .removeQueryParameter.`,
  );
}

export function literalIsExpression(call: string, what: string, text: string): Error {
  return from(
    call,
    `${what} "${text}" has "@(" or "@{" in it, which API Management may run as code. ` +
      otherThanText(call, 'If code is meant, write PolicyValue.expression("..."), without @( and ).'),
  );
}

export function literalIsNamedValue(call: string, what: string, text: string): Error {
  return from(
    call,
    `${what} "${text}" has "{{" or "}}" in it, which API Management replaces by a named value. ` +
      otherThanText(call, 'If a named value is meant, write PolicyValue.namedValue("name").'),
  );
}

export function literalIsUnwritable(call: string, what: string, text: string): Error {
  return from(
    call,
    `${what} ${JSON.stringify(text)} has a line break or another character in it that a policy does not keep. ` +
      `Write it on one line, in printable characters.`,
  );
}

export function literalHasOuterSpace(call: string, what: string, text: string): Error {
  return from(
    call,
    `${what} "${text}" begins or ends with white space, which is lost on its way. Write "${text.trim()}".`,
  );
}

export function tokenBesideMarkup(call: string, what: string): Error {
  return from(
    call,
    `${what} puts a value that only Terraform knows beside "@", "{" or "}", which together may become code or a named value. ` +
      `Write another character between them, or the value alone.`,
  );
}

export function listTokenInText(call: string, what: string): Error {
  return from(
    call,
    `${what} has an entry of a list in it that only Terraform knows, and that cdktf cannot write. ` +
      `Write Fn.element(list, 0) in place of list[0].`,
  );
}

// Expressions

export function expressionIsBlank(call: string): Error {
  return from(
    call,
    'the expression is empty. Write C#, for example PolicyValue.expression("context.Request.IpAddress").',
  );
}

export function expressionIsWrapped(call: string, code: string): Error {
  return from(
    call,
    `"${code}" begins with the @ that is added to it. Write the C# alone, without @( and ) or @{ and }.`,
  );
}

export function expressionIsNotWhole(call: string, code: string): Error {
  return from(
    call,
    `"${code}" is not whole: the bracket that is added at its end would not be its end. ` +
      `Close every bracket, string and comment in it, none of them twice, and write /* */ in place of //.`,
  );
}

export function expressionIsUnwritable(call: string, code: string): Error {
  return from(
    call,
    `${JSON.stringify(code)} has a line break or another control character in it, which an attribute does not keep. ` +
      `Write it on one line, with /* */ in place of //, or put it into a policy fragment: PolicyStatement.includeFragment("...").`,
  );
}

export function tokenInExpression(call: string): Error {
  return from(
    call,
    "the C# has a value in it that only Terraform knows, and that could change what the code means. " +
      'Put it into a named value, and write its name into the C#: "{{name}}" where a string is due.',
  );
}

export function codeBlockWithoutReturn(call: string, code: string): Error {
  return from(
    call,
    `"${code}" returns nothing. Write return ...; at its end, or PolicyValue.expression("...") for one expression.`,
  );
}

export function conditionIsLiteral(call: string, name: string): Error {
  return from(
    call,
    `${name} is a literal, the same for every request. ` +
      `Write ${name}: PolicyValue.expression("context.Response.StatusCode == 429").`,
  );
}

// Headers

export function headerNotAscii(call: string, name: string, value: string): Error {
  return from(
    call,
    `the value "${value}" of the header "${name}" has characters in it that HTTP headers do not carry. ` +
      `Write it in ASCII, for example percent-encoded: PolicyValue.literal("${encodeURI(value)}").`,
  );
}

export function headerOfTheGateway(call: string, name: string): Error {
  return from(
    call,
    `the header "${name}" takes the gateway's own token to the backend, and what is set here would be lost. Write another name.`,
  );
}

export function headerOfTheCaller(call: string, name: string): Error {
  return from(
    call,
    `the header "${name}" tells the backend who calls, and is set from a validated token only. ` +
      `Write PolicyStatement.forwardCallerIdentity(), or another name.`,
  );
}

export function headerOfTheConnection(call: string, name: string): Error {
  return from(
    call,
    `the header "${name}" belongs to the connection, and API Management does not change it. Write another name.`,
  );
}

export function notInBackendSection(call: string): Error {
  return from(
    call,
    "the backend section holds one statement, the one that forwards the request. " +
      "Write section: PolicySection.INBOUND, PolicySection.OUTBOUND or PolicySection.ON_ERROR.",
  );
}

// Single statements

export function templateWithoutSlash(call: string, template: string): Error {
  return from(call, `the template "${template}" is no path. Write one that begins with a slash: "/${template}".`);
}

export function invalidOrigin(call: string, origin: string): Error {
  return from(
    call,
    `allowedOrigins has "${origin}", which no browser sends. ` +
      `Write scheme, host and, where it is not the usual one, port: "https://app.contoso.com". Or "*" alone, for all.`,
  );
}

export function credentialsForEveryone(call: string): Error {
  return from(
    call,
    'allowCredentials is true while allowedOrigins has "*": any site could act as its visitor. ' +
      'Write the origins that may: allowedOrigins: ["https://app.contoso.com"].',
  );
}

export function invalidHttpMethod(call: string, method: string): Error {
  return from(
    call,
    `allowedMethods has "${method}", which is no HTTP method. Write it in capital letters, such as "GET", or "*".`,
  );
}

export function invalidIpAddress(call: string, address: string): Error {
  return from(
    call,
    `"${address}" is no IP address. Write one such as "13.66.201.169"; ` +
      `for a network, addressRanges: [{ from: "13.66.140.128", to: "13.66.140.143" }].`,
  );
}

export function invalidIpRange(call: string, first: string, last: string): Error {
  return from(
    call,
    `the range from "${first}" to "${last}" holds no address. Write the lower address first, both of the same kind.`,
  );
}

export function quotaOfNothing(call: string): Error {
  return from(call, "neither calls nor bandwidthKilobytes is given. Write one of them, or both: calls: 10000.");
}

export function quotaPeriodTooShort(call: string, seconds: number): Error {
  return from(
    call,
    `renewalPeriodSeconds is ${seconds}, but a quota runs for 300 seconds at least. ` +
      `Write 300 or more, 0 for a quota that never renews, or PolicyStatement.rateLimitByKey for shorter periods.`,
  );
}

export function ratePeriodTooLong(call: string, seconds: number): Error {
  return from(
    call,
    `renewalPeriodSeconds is ${seconds}, but a rate limit runs for 1 to 300 seconds. ` +
      `Write a whole number of at most 300, or PolicyStatement.quotaByKey for longer periods.`,
  );
}

export function rawNotAStatement(call: string, xml: string): Error {
  const start = xml.trim().slice(0, 40);
  return from(
    call,
    `"${start}" does not begin with an element. Write statements as they stand in a section: "<set-status code=\\"418\\" />".`,
  );
}

export function rawBeginsWithComment(call: string): Error {
  return from(
    call,
    "a comment stands before the first element, and could not be found again to be removed. Write it within an element.",
  );
}

export function rawIsDocument(call: string, element: string): Error {
  return from(
    call,
    `<${element}> is not a statement but what statements stand in. ` +
      `Write its content alone, or PolicyDocument.fromXml("...") for a whole document.`,
  );
}

export function rawHasBase(call: string): Error {
  return from(call, "<base /> is written by the document, once in each section. Leave it out.");
}

export function claimWithoutValues(call: string, claim: string): Error {
  return from(call, `the required claim "${claim}" has no values, so that nothing is required. Write values: ["..."].`);
}

export function invalidBranchValue(call: string, value: string): Error {
  return from(
    call,
    `"${value}" holds more than letters, digits, spaces and _ . - /. ` +
      `Write BranchCondition.expression("...") for anything else, with the C# that you mean.`,
  );
}

export function inheritedWithoutReason(call: string): Error {
  return from(
    call,
    'the reason is empty. Write which policy validates the token, for example "the policy of the product validates it".',
  );
}
