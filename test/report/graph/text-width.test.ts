import { shortened, widthOf, wrapped } from "../../../lib/report/graph/text-width";

const FONT = { size: 10 };

test("a text that fits stays", () => expect(shortened("orders", 100, FONT)).toBe("orders"));

test("a long text loses its middle, because names differ at their ends", () => {
  expect(shortened("func-orders-production-westeurope-01", 120, FONT)).toBe("func-order…europe-01");
});

test.each([["i"], ["W"], ["注"], ["😀"], ["\u0301"]])("what is shortened fits: %s", (character) => {
  for (const width of [0, 5, 11, 60, 200]) {
    const text = shortened(character.repeat(5000), width, FONT);
    expect(text === "…" || widthOf(text, FONT) <= width).toBe(true);
  }
});

test("bold text is wider", () => {
  expect(widthOf("orders", { size: 10, bold: true })).toBeGreaterThan(widthOf("orders", FONT));
});

test("a name breaks behind a sign that separates words", () => {
  const lines = wrapped("func-orders-production-westeurope-01", 120, FONT, 3);
  expect(lines).toEqual(["func-orders-", "production-", "westeurope-01"]);
});

test("lines that are too many end in the last one", () => {
  const lines = wrapped("one-two-three-four-five-six-seven-eight-nine-ten", 60, FONT, 2);
  expect(lines).toEqual(["one-two-", "thre…-ten"]);
  for (const line of lines) expect(widthOf(line, FONT)).toBeLessThanOrEqual(60);
});

test("a word that is too long for a line is shortened", () => {
  const [first, second, ...more] = wrapped(`${"a".repeat(100)} orders`, 60, FONT, 3);
  expect([first, second, more]).toEqual(["aaaa…aaa", "orders", []]);
});

test("no text is one empty line", () => expect(wrapped("", 60, FONT, 2)).toEqual([""]));
