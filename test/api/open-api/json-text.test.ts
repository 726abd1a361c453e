import { FindingList } from "../../../lib/api/open-api/findings/finding";
import { JsonText } from "../../../lib/api/open-api/json-text";
import { Positions } from "../../../lib/api/open-api/positions";

const placeIn = (text: string, trail: (string | number)[], ofKey = false): string => {
  const { line, column } = new Positions(text).at(new JsonText(text).nodes.offsetOf(trail, ofKey));
  return `${line}:${column}`;
};

describe("the place in JSON", () => {
  test.each<[string, string, (string | number)[], boolean, string]>([
    ["of a value", '{ "a": { "b": 1 } }', ["a", "b"], false, "1:15"],
    ["of a key", '{ "a":\n{ "b": 1 } }', ["a", "b"], true, "2:3"],
    ["of an element", '{"a":[1,-2.5e+3,true,"x",[],{"b":2}]}', ["a", 5, "b"], false, "1:34"],
    ["of nothing is that of its key", '{"a": null}', ["a"], false, "1:2"],
    ["after strings with quotes, brackets and colons", '{"a\\"]}:": "\\\\", "b": 1}', ["b"], false, "1:23"],
    ["of a key with escapes", '{"\\u0061\\n": { "b": 1 }}', ["a\n", "b"], false, "1:21"],
    ["of the last of equal keys", '{"a":1,\n"a":2}', ["a"], true, "2:1"],
    ["of what is in lists inside each other", '{"a":[[[{ "b": 1 }]]]}', ["a", 0, 0, 0, "b"], false, "1:16"],
    ["of a list in a list", '{"a":[[1]]}', ["a", 0], false, "1:7"],
    ["after half a character", '{"a":"\ud800\\ud800","b":1}', ["b"], true, "1:16"],
    ["of the nearest that exists", '{"a":{"b":1}}', ["a", "c", "d"], false, "1:6"],
    ["of the document", ' {"a":1}', [], false, "1:2"],
  ])("%s", (_, text, trail, ofKey, place) => expect(placeIn(text, trail, ofKey)).toBe(place));
});

test("each key that is repeated in an object has a place", () => {
  const text = '{"a":1,"b":{"c":1,"c":2,"a":3},\n"\\u0061":4}';
  const { repeatedKeys, broken } = new JsonText(text);
  const positions = new Positions(text);
  const lines = FindingList.listed("a.json", [repeatedKeys], (offset) => positions.at(offset)).split("\n");
  expect(broken).toBeUndefined();
  expect(lines.map((line) => line.split(" ")[1])).toEqual(["a.json:1:19", "a.json:2:1"]);
});

test.each([
  [200, undefined],
  [201, 200],
])("%d lists inside each other are too deep at %p", (depth, offset) => {
  expect(new JsonText(`${"[".repeat(depth)}${"]".repeat(depth)}`).broken?.offset).toBe(offset);
});
