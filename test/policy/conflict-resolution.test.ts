import { ConflictResolution, Resolutions } from "../../lib/policy/conflict-resolution";

const { KEEP_BACKEND, REPLACE_BACKEND, KEEP_CORS, REPLACE_CORS, REPLACE_CALLER_HEADERS } = ConflictResolution;

test("a resolution has the same text as its name, which messages show", () => {
  for (const [name, value] of Object.entries(ConflictResolution)) expect(value).toBe(name);
});

test("of two for the same conflict, the later one counts", () => {
  const resolutions = Resolutions.NONE.with(KEEP_BACKEND, REPLACE_BACKEND).with(REPLACE_CORS, KEEP_CORS);
  expect(Object.values(ConflictResolution).filter((each) => resolutions.include(each))).toEqual([
    REPLACE_BACKEND,
    KEEP_CORS,
  ]);
});

test("of two documents, that of the other one counts, and nothing is lost", () => {
  const both = Resolutions.NONE.with(KEEP_BACKEND, REPLACE_CALLER_HEADERS).and(Resolutions.NONE.with(REPLACE_BACKEND));
  expect(Object.values(ConflictResolution).filter((each) => both.include(each))).toEqual([
    REPLACE_BACKEND,
    REPLACE_CALLER_HEADERS,
  ]);
});

test("the same resolutions have the same key in any order, and others have another one", () => {
  const keyOf = (...resolutions: ConflictResolution[]): string => Resolutions.NONE.with(...resolutions).key;
  expect(keyOf(KEEP_CORS, KEEP_BACKEND)).toBe(keyOf(KEEP_BACKEND, KEEP_CORS));
  expect(keyOf(REPLACE_CORS, KEEP_BACKEND)).not.toBe(keyOf(KEEP_CORS, KEEP_BACKEND));
  expect(keyOf()).not.toBe(keyOf(KEEP_CORS));
});
