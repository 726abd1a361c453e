import { possibleRepeats } from "../../../lib/api/open-api/possible-repeats";

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `key${index}`);

test.each([1, 2, 1000, 1001, 4096, 100_000])("of %d texts, those that are there twice are found, in order", (count) => {
  const texts = [...names(count), "key0", "other", `key${count - 1}`, "key0"];
  const found = [...possibleRepeats(texts)];
  expect(found).toEqual([...found].sort((a, b) => a - b));
  expect(found).toEqual(expect.arrayContaining([0, count - 1, count, count + 2, count + 3]));
});

test("of many different texts, few have to be compared", () => {
  expect([...possibleRepeats(names(100_000))].length).toBeLessThan(10_000);
});
