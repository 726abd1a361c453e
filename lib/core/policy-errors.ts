import type { PlannedInsertion, PolicyFinding } from "../policy/private/finding";
import type { PolicyConflict } from "../policy/policy-conflict";

/*
 * Every message about policy documents. `line:column` count from 1. A function that returns an `Error` is thrown as it is;
 * one that returns a text says a part of it, which the reader of a document completes with the place.
 */

function at(source: string, message: string): Error {
  return new Error(`[${source}] ${message}`);
}

// What cannot be read

export function unreadable(source: string, line: number, column: number, problem: string): string {
  return `[${source}:${line}:${column}] ${problem}`;
}

export function unclosedElement(name: string): string {
  return `The element <${name}> is never closed. Write </${name}> where it ends, or <${name} /> if it is empty.`;
}

export function wrongEndTag(name: string, open: string, line: number, column: number): string {
  return `</${name}> stands where </${open}> is due, which closes the <${open}> at ${line}:${column}. Write </${open}>.`;
}

export function strayEndTag(name: string): string {
  return `</${name}> closes nothing. Remove it, or write <${name}> where the element begins.`;
}

export function unclosedTag(name: string): string {
  return `The tag <${name}> is never closed. Write > at its end.`;
}

export function strayCharacter(character: string, tag: string): string {
  return (
    `There is a ${character} in the tag <${tag}> where a space or its end is due. Write a space between two attributes, and ` +
    `a quote within an attribute as &quot;, unless it is part of an expression that fills the attribute.`
  );
}

export function missingName(): string {
  return "A name is missing here. Write &lt; for a < that begins no element.";
}

export function attributeWithoutValue(name: string): string {
  return `The attribute ${name} has no value in quotes. Write ${name}="...".`;
}

export function repeatedAttribute(name: string, tag: string): string {
  return `The element <${tag}> has the attribute ${name} twice. Remove one of them.`;
}

export function unclosedAttribute(name: string): string {
  return `The value of the attribute ${name} is never closed. Write the quote at its end.`;
}

export function markupInAttribute(name: string): string {
  return (
    `There is a < in the value of the attribute ${name}. Write &lt; instead, or close the value before it; only an expression, ` +
    `@(...) or @{...}, that fills the whole attribute may hold it as it is.`
  );
}

export function textAfterExpression(name: string): string {
  return (
    `The expression in the attribute ${name} ends here, and the attribute goes on. ` +
    `Write one expression for the whole value: @(... + "text").`
  );
}

export function unclosedExpression(what: string): string {
  return `A ${what} within a policy expression begins here and has no end before that of the expression. Close it.`;
}

export function bareAmpersand(): string {
  return "There is a & that begins no reference. Write &amp; instead.";
}

export function declaration(): string {
  return "API Management accepts no <!DOCTYPE ...> or other declaration. Remove it.";
}

export function unclosedConstruct(what: string): string {
  return `The ${what} that begins here is never closed. Close it.`;
}

export function textOutside(): string {
  return "There is text outside of any element. Write policies within <policies>...</policies>.";
}

export function unreadableFile(path: string, reason: string): Error {
  return at(
    path,
    `The policy document cannot be read: ${reason}. Write the path of a file, relative to the directory the app runs in.`,
  );
}

export function notUtf8(path: string): Error {
  return at(path, "The policy document is not encoded in UTF-8. Save it as UTF-8.");
}

export function emptyDocument(path: string): string {
  return `[${path}] The file is empty. Write a policy document into it: <policies>...</policies>.`;
}

export function tokenForDocument(): Error {
  return new Error(
    "A policy document is needed to merge into, but this one is known to Terraform only. " +
      'Write PolicyDocument.fromFile("policy.xml") or PolicyDocument.fromXml("<policies>...") with the text itself.',
  );
}

// What statements may not be

export function invalidKind(kind: string): Error {
  return new Error(
    `The kind "${kind}" of a policy statement cannot be part of an id. Write it in kebab-case, such as "set-header".`,
  );
}

export function emptyStatement(kind: string): Error {
  return at(
    `statement ${kind}`,
    'The policy statement has no element. Write at least one, such as <set-header name="..." ... />.',
  );
}

export function textBesideStatement(kind: string): Error {
  return at(
    `statement ${kind}`,
    "The policy statement has text or a comment beside its elements, which could not be found again to be removed. Write it within an element.",
  );
}

export function statementWithId(kind: string, element: string): Error {
  return at(
    `statement ${kind}`,
    `The element <${element}> has an id of its own, and gets one by which it is found again. Remove the attribute id.`,
  );
}

export function severalInBackend(kind: string): Error {
  return at(
    `statement ${kind}`,
    "API Management accepts one element in the section <backend>, and the policy statement has several. Write one, with the others in it, such as <retry>.",
  );
}

// What a merge meets

export function noRoot(): string {
  return "The document has no element.";
}

export function secondRoot(name: string): string {
  return `<${name}> stands beside the document's first element, and a document has one.`;
}

export function otherRoot(name: string): string {
  return `The document is a <${name}>, and not a policy document.`;
}

export function writePolicies(): string {
  return "write <policies> around the sections <inbound>, <backend>, <outbound> and <on-error>";
}

export function fragmentRoot(): string {
  return "The document is a policy fragment, which has no sections to merge into.";
}

export function includeFragment(): string {
  return 'publish it as a fragment, and write PolicyStatement.includeFragment("...") to include it';
}

export function repeatedSection(name: string): string {
  return `The document has a second section <${name}>, and API Management accepts one.`;
}

export function oneSection(name: string): string {
  return `move what it holds into the first <${name}>`;
}

export function missingSection(name: string): string {
  return `The document has no section <${name}>. None is added, since an added section would change what the document inherits.`;
}

export function writeSection(name: string): string {
  return `write <${name}><base /></${name}> within <policies>`;
}

export function severalForwardings(first: string, second: string, line: number, column: number): string {
  return `The section <backend> holds <${second}> beside <${first}> at ${line}:${column}, and API Management accepts one element in it.`;
}

export function oneForwarding(): string {
  return "keep one of them, with the others in it, or move the others to <inbound>";
}

const CONFLICTS: Record<PolicyConflict, (element: string, ours: string) => string> = {
  BACKEND: (element, ours) => `<${element}> chooses a backend, and ${ours}, is made for another one.`,
  CALLER_HEADERS: (element) =>
    `<${element}> sets an X-Caller-* header, which the backend trusts to come from a validated token.`,
  MANAGED_IDENTITY: (element, ours) =>
    `<${element}> puts a token of an identity into Authorization, and so does ${ours}.`,
  AUTHORIZATION: (element, ours) => `<${element}> sets Authorization, and so does ${ours}.`,
  CREDENTIALS: (element, ours) => `<${element}> signs in at the backend, and so does ${ours}.`,
  TOKEN_VALIDATION: (element, ours) => `<${element}> validates the consumer's token, and so does ${ours}.`,
  EARLY_RESPONSE: (element, ours) => `<${element}> answers every request, and nothing after it runs: not even ${ours}.`,
  CORS: (element, ours) => `<${element}> is there already, and a section may hold one: ${ours}, would be another.`,
  FORWARDING: (element, ours) =>
    `<${element}> is in the section <backend>, which may hold one element: ${ours}, would be another.`,
};

export function conflict(kind: PolicyConflict, element: string, nested: boolean, ours?: PlannedInsertion): string {
  const statement = ours
    ? `the statement "${ours.statement}", to be inserted at ${ours.line}:${ours.column}`
    : "another statement";
  const scope = nested ? " It stands within another policy, and may take effect on some requests only." : "";
  return CONFLICTS[kind](element, statement) + scope;
}

export function replaceExisting(kind: PolicyConflict, nested: boolean): string {
  return `write .replaceExisting(PolicyConflict.${kind}) to have it ${nested ? "overridden" : "removed"}`;
}

const KEPT: Partial<Record<PolicyConflict, string>> = {
  BACKEND: "to have requests go where it says",
  AUTHORIZATION: "to leave it there, although the gateway's token replaces its value",
  CREDENTIALS: "to leave it there beside the gateway's token",
  EARLY_RESPONSE: "to leave it there, and the backend uncalled",
};

export function keepExisting(kind: PolicyConflict): string {
  return `write .keepExisting(PolicyConflict.${kind}) ${KEPT[kind] ?? "to leave out what is to be inserted"}`;
}

export function editDocument(element: string): string {
  return `remove <${element}> from the document`;
}

export function removeFromStatement(kind: string): string {
  return `leave out the statement ${kind}`;
}

export function cannotKeep(kind: PolicyConflict): Error {
  return new Error(
    `keepExisting(PolicyConflict.${kind}) would leave the request without the gateway's token. ` +
      `Write replaceExisting(PolicyConflict.${kind}), or give the existing element an output-token-variable-name.`,
  );
}

export function ignoredError(): string {
  return '<authentication-managed-identity> has ignore-error="true": where it gets no token, the consumer\'s own goes to the backend.';
}

export function doNotIgnore(): string {
  return "remove the attribute ignore-error";
}

export function onceInADocument(element: string): string {
  return `A document can have <${element}> once, and this is the second one.`;
}

export function writeOnce(element: string): string {
  return `remove one <${element}>, or write this one in the policy of a product or of an operation`;
}

export function repeatedBase(section: string): string {
  return `The section <${section}> has <base /> twice: the parent policies would run twice.`;
}

export function oneBase(): string {
  return "remove one <base />";
}

export function tokenReplacedLater(element: string): string {
  return `<${element}> in the section <backend> changes Authorization after the gateway's token was put there.`;
}

export function moveToInbound(element: string): string {
  return `move <${element}> to the section <inbound>, or remove it`;
}

export function opaqueFragment(id: string): string {
  return `What the fragment "${id}" holds cannot be seen here. It must neither choose the backend nor set Authorization.`;
}

export function conditionalValidation(element: string): string {
  return `<${element}> validates the token of some requests once more, after the validation that is inserted.`;
}

export function keptBackend(): string {
  return "The backend chosen here is kept, and receives the gateway's token. It must be the one that the token is for.";
}

export function headerRemoved(name: string): string {
  return `The header ${name} is set here, and removed again before the backend is called.`;
}

export function lostVariable(element: string, variable: string): string {
  return `<${element}> is removed, and with it the variable "${variable}", which the document names elsewhere. Give the statement that replaces it this name.`;
}

export function noBase(): string {
  return "The section <inbound> has no <base />: it inherits nothing, token validation of the product or the service included.";
}

export function noForwarding(): string {
  return "The section <backend> is empty: no request is forwarded, and consumers get an empty answer. Write <base /> in it.";
}

export function lateCors(): string {
  return "<cors> comes after other policies, and preflight requests run into them first. Write it before <base />.";
}

/** A finding as one line: the place, what is the matter, and what to write instead. */
export function findingLine({ line, column, message, resolutions }: PolicyFinding): string {
  return `${line}:${column} ${message}${resolutions.length > 0 ? ` ${sentence(resolutions)}` : ""}`;
}

function sentence(resolutions: readonly string[]): string {
  const text = resolutions.join("; or ");
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

export function conflicts(source: string, findings: readonly PolicyFinding[]): Error {
  const lines = findings.map(
    (finding) => `- ${finding.source === source ? "" : `${finding.source} `}${findingLine(finding)}`,
  );
  return at(source, ["The policy statements cannot be merged into this document:", ...lines].join("\n"));
}

export function twoDocuments(first: string, second: string): Error {
  return new Error(
    `Two policy documents cannot be merged with each other, since nobody can tell in what order their policies belong: ` +
      `[${first}] and [${second}]. Write both into one document, or give the second as statements: PolicyDocument.of(...).`,
  );
}

export function readDifferently(): string {
  return "What is inserted or removed changes how the rest of the document is read.";
}

export function escapeExpressions(): string {
  return 'write the expressions escaped, with &quot;, &lt; and &amp; for the characters ", < and &';
}

export function notInFragment(kind: string): Error {
  return new Error(
    `The statement ${kind} cannot stand in a policy fragment, which is included in the inbound section after <base />. ` +
      `Write it into the policy that includes the fragment.`,
  );
}

export function writtenDocumentInFragment(source: string): Error {
  return at(
    source,
    "A whole policy document cannot stand in a policy fragment. Write PolicyDocument.of(...statements).",
  );
}

export function brokenCode(): string {
  return "The code of this expression is broken: a string or a bracket in it is never closed. API Management will refuse it.";
}

export function brokenCodeInTheWay(): string {
  return (
    "The code of this expression is broken: a string or a bracket in it is never closed. " +
    "With anything inserted, nobody can tell where the expressions around it end."
  );
}

export function closeCode(): string {
  return "close the string or the bracket";
}

export function fragmentInFragment(kind: string): Error {
  return new Error(
    `The statement ${kind} includes a policy fragment, which cannot stand in another one. ` +
      `Write it into the policy that includes the fragment.`,
  );
}

export function cannotKeepCallerHeaders(): Error {
  return new Error(
    "keepExisting(PolicyConflict.CALLER_HEADERS) would let a header that the backend trusts be set from anything. " +
      "Write PolicyStatement.forwardCallerIdentity(), which sets it from the validated token, or give yours another name.",
  );
}

export function copiedToken(element: string): string {
  return `<${element} mode="copy"> here sends a copy of the request, the gateway's token included. Write mode="new", or remove Authorization in it.`;
}

export function followedRedirects(element: string): string {
  return `<${element}> follows redirects: the gateway's token goes wherever the backend points to. Write follow-redirects="false".`;
}

export function unknownHeader(element: string): string {
  return `<${element}> sets a header whose name cannot be seen here. If it is Authorization, the gateway's token is lost.`;
}
