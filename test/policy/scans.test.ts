import { Aspects } from "cdktf";
import {
  ApimGateway,
  ApimSecurityRules,
  ApiSurface,
  HttpMethod,
  PolicyDocument,
  PolicySection,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
  SecureApimBackendProps,
  SecurePolicyFragment,
} from "cdktf-secure-apim-backend";
import { NEW } from "../backends/gateways";
import { elsewhere } from "../gateway/everything";
import { PolicyReading, readingsOf } from "../helpers/readings";
import { stackWithProviders, synth } from "../helpers/synth";

/*
 * Each text is read once at construction, and none is read again at validation or when the stack is written. A text with code that a parser
 * of XML could read differently is read twice: as XML, and as API Management reads it.
 */

/** What each API has of its own. */
const GATEWAY = ["set-backend-service as XML", "authentication-managed-identity as XML"];
const stack = stackWithProviders();
const gateway = new ApimGateway(stack, "Gateway", NEW);
let apis = 0;

/** A document with a statement of its own. */
function header(name: string): PolicyDocument {
  return PolicyDocument.of(PolicyStatement.setHeader(name, PolicyValue.literal("a")));
}

/** Raw XML as a statement. */
function raw(xml: string): PolicyDocument {
  return PolicyDocument.of(PolicyStatement.raw(PolicySection.OUTBOUND, xml));
}

/** Makes an API whose texts no other one has. */
function api(props: Partial<SecureApimBackendProps> = {}): void {
  const name = `Orders${apis++}`;
  new SecureApimBackend(stack, name, { gateway, backend: elsewhere(name), ...props });
}

/** An existing document with this in its inbound section. */
function written(content: string): PolicyDocument {
  return PolicyDocument.fromXml(`<policies><inbound>${content}<base /></inbound></policies>`);
}

function apiWithOperation(policy: PolicyDocument): void {
  const surface = ApiSurface.operations([{ method: HttpMethod.GET, urlTemplate: "/orders", operationId: "get" }]);
  api({ surface, operationPolicies: [{ operationId: "get", policy }] });
}

function fragment(id: string): void {
  new SecurePolicyFragment(stack, id, { gateway, backend: elsewhere(id), policy: header("X-C") });
}

/** The first element of the text, and the way of reading. */
function shown({ text, way }: PolicyReading): string {
  return `${/<([\w-]+)/.exec(text)?.[1]} as ${way}`;
}

/** What is read a second time in the same way. */
function readAgain(readings: readonly PolicyReading[]): string[] {
  const all = readings.map(({ text, way }) => `${way}: ${text}`);
  return all.filter((each, index) => all.indexOf(each) < index);
}

test("the constant statements of an API are read with the first one, and no more", () => {
  const removed = [...Array<string>(5).fill("set-header as XML"), "set-query-parameter as XML"];
  expect(readingsOf(api).map(shown)).toEqual([...removed, ...GATEWAY, "policies as XML"]);
  expect(readingsOf(api).map(shown)).toEqual([...GATEWAY, "policies as XML"]);
});

test.each<[what: string, action: () => void, readings: string[]]>([
  ["a statement", () => api({ policy: header("X-A") }), ["set-header as XML", ...GATEWAY, "policies as XML"]],
  ["a statement of raw XML", () => api({ policy: raw("<trace />") }), ["trace as XML", ...GATEWAY, "policies as XML"]],
  [
    "an existing document",
    () => api({ policy: written('<trace source="a" />') }),
    ["policies as XML", ...GATEWAY, "policies as XML"],
  ],
  [
    "an existing document with code",
    () => api({ policy: written('<trace source="@(1 < 2)" />') }),
    ["policies as XML", "policies as code", ...GATEWAY, "policies as XML", "policies as code"],
  ],
  [
    "an existing document with code that is the same to a parser of XML",
    () => api({ policy: written('<trace source="@(1 + 2)" />') }),
    ["policies as XML", ...GATEWAY, "policies as XML"],
  ],
  [
    "an existing document with code that is escaped",
    () => api({ policy: written('<trace source="@(1 &lt; 2)" />') }),
    ["policies as XML", ...GATEWAY, "policies as XML"],
  ],
  [
    "an existing document with code that is XML, but contains markup",
    () => api({ policy: written('<trace>@("<b />")</trace>') }),
    ["policies as XML", "policies as code", ...GATEWAY, "policies as XML", "policies as code"],
  ],
  [
    "an existing document with a reference, which is escaped",
    () => api({ policy: written(`<trace source="${gateway.apimName}" />`) }),
    ["policies as XML", "policies as XML", ...GATEWAY, "policies as XML"],
  ],
  [
    "statements for an operation",
    () => apiWithOperation(header("X-B")),
    ["set-header as XML", ...GATEWAY, "policies as XML", "policies as XML", "policies as XML"],
  ],
  [
    "an existing document for an operation",
    () => apiWithOperation(written('<trace source="b" />')),
    ["policies as XML", ...GATEWAY, "policies as XML"],
  ],
  ["a fragment", () => fragment("Stock"), ["set-header as XML", ...GATEWAY, "policies as XML"]],
])("%s", (_, action, readings) => {
  const all = readingsOf(action);
  expect(readAgain(all)).toEqual([]);
  expect(all.map(shown)).toEqual(readings);
});

test("nothing is read at validation, and when the stack is written", () => {
  expect(readingsOf(() => synth(stack)).map(shown)).toEqual([]);
});

test("rules read the text of each policy once more, when the stack is written", () => {
  Aspects.of(stack).add(new ApimSecurityRules());
  const readings = readingsOf(() => synth(stack));
  expect(readAgain(readings)).toEqual([]);
  const all = readings.map(shown);
  const countOf = (what: string): number => all.filter((each) => each === what).length;
  const [ofOperations, withCode, fragments] = [2, 2, 1];
  expect(countOf("policies as XML")).toBe(apis + ofOperations);
  expect(countOf("policies as code")).toBe(withCode);
  expect(countOf("fragment as XML")).toBe(fragments);
  expect(all).toHaveLength(apis + ofOperations + withCode + fragments);
});
