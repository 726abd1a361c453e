import * as fc from "fast-check";
import { writtenKeys } from "../../../lib/api/open-api/written-keys";

function keysIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, each) => sum + keysIn(each), own);
}

test("the keys of JSON are counted, whatever is in it", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, " ", "\t", 2), (value, space) => {
      expect(writtenKeys(JSON.stringify(value, undefined, space))).toBe(keysIn(JSON.parse(JSON.stringify(value))));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["a string with what looks like keys", '{"a":"\\"b\\": {, ]"}', 1],
  ["a string that ends with a backslash", '{"a\\\\": "\\\\"}', 1],
  ["other letters in strings", '{"ä":"// é"}', 1],
  ["a key twice", '{"a":1,"a":2}', 2],
  ["literals and white space", '\r\n[true,\tfalse, null,-1.5E+3,2e-1,{}]\n', 0],
])("the keys are counted: %s", (_, text, count) => {
  expect(() => void JSON.parse(text)).not.toThrow();
  expect(writtenKeys(text)).toBe(count);
});

test.each([
  ["YAML", "openapi: 3.0.3\n"],
  ["a comma before a bracket", '{"a":[1,\n]}'],
  ["a comma at the end", '{"a":1,}'],
  ["a comma at the beginning", "[,1]"],
  ["a comma too few after a string", '["a" "b"]'],
  ["a comma too few after a number", '{"a":1 "b":2}'],
  ["a comma too few after a bracket", '{"a":{} "b":2}'],
  ["a comma too few before a bracket", '["a" {}]'],
  ["a bracket that is not closed", '{"a":{"b":1}'],
  ["a bracket that was not opened", '{"a":1}}'],
  ["a comment", '{"a":1} // b'],
  ["a key without quotes", '{"a":1,b:2}'],
  ["single quotes", "{'a':1}"],
  ["a byte order mark", '\ufeff{"a":1}'],
  ["a space that is none in JSON", '{"a":\u00a01}'],
  ["an object that a string without end hides", '{"a":"b}'],
])("what is no JSON is known without reading its values: %s", (_, text) => {
  expect(() => void JSON.parse(text)).toThrow();
  expect(writtenKeys(text)).toBeUndefined();
});
