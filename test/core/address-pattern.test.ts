import { addressPattern } from "../../lib/core/address-pattern";

const V = "${var.value}";

test.each<[string, string[], string[]]>([
  [`https://${V}`, ["https://a.b", "https://a.b:1/c"], ["http://a.b", "https://", "https://a@b", "https://a.b?c"]],
  [`https://${V}/v1`, ["https://a.b/v1", "https://a.b:1/v1"], ["https://a.b/c/v1", "https://a.b?/v1"]],
  [`https://a.${V}.b/v1`, ["https://a.c.b/v1", "https://a.c.d.b/v1"], ["https://a.c/.b/v1", "https://a.c:1.b/v1"]],
  [`https://a.b${V}`, ["https://a.b", "https://a.b/c", "https://a.b:1"], ["https://a.bc", "https://a.b.c"]],
  [`https://a.${V}`, ["https://a.b", "https://a.b:1/c"], ["https://a.b?c", "https://c.b"]],
  [`https://a:${V}/b`, ["https://a:1/b"], ["https://a:1@c/b"]],
  [`https://a/${V}/b`, ["https://a/c/b", "https://a//b"], ["https://a/c?/b", "https://b/c/b"]],
  [`${V}/v1`, ["https://a.b/v1", "https://a.b/c/v1"], ["http://a.b/v1", "a.b/v1"]],
  [`${V}.b/v1`, ["https://a.b/v1"], ["https://a/.b/v1"]],
  [`${V}://a/v1`, ["https://a/v1", "HTTPS://A/v1"], ["http://a/v1"]],
  [`${V}${V}`, ["https://a", "https://a/v1"], ["a"]],
  [`HTTPS://a.b+c/(${V})`, ["https://a.b+c/(d)"], ["https://axb+c/(d)"]],
])("%s", (url, right, wrong) => {
  const pattern = addressPattern(url);
  expect(right.filter((each) => !pattern.test(each))).toEqual([]);
  expect(wrong.filter((each) => pattern.test(each))).toEqual([]);
  // Fn escapes no backslash.
  expect(pattern.source).not.toContain("\\");
});

test("a part of a path can have a form of its own", () => {
  const pattern = addressPattern(`https://a/${V}/b`, "[0-9]+");
  expect([pattern.test("https://a/1/b"), pattern.test("https://a/x/b")]).toEqual([true, false]);
});
