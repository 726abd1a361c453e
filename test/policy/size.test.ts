import { inKib, POLICY_LIMITS, sizeOf } from "../../lib/policy/size";

test.each([
  [16384, "16.0 KiB"],
  [16385, "16.1 KiB"],
  [1, "0.1 KiB"],
  [0, "0.0 KiB"],
])("a size of %d bytes reads %s", (bytes, words) => {
  expect(inKib(bytes)).toBe(words);
});

test("a size is that of the text in UTF-8, and has a limit in each tier", () => {
  expect(sizeOf("Köln €")).toBe(9);
  expect(POLICY_LIMITS).toEqual({ consumption: 16384, otherTiers: 262144 });
});
