import { mkdirSync, mkdtempSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { dirname, join, resolve } from "path";
import { Construct } from "constructs";
import { fail, finding, within } from "../../lib/core/fail";
import { checkWholeNumber } from "../../lib/core/literal";
import { readUtf8 } from "../../lib/core/text-file";
import { refusal } from "../helpers/refusal";
import { stackWithProviders, thrown } from "../helpers/synth";

const LIBRARY = resolve(__dirname, "../../lib");

function frames({ stack = "", message }: Error): string[] {
  return stack
    .slice(stack.indexOf(message) + message.length + 1)
    .split("\n")
    .filter((line) => line !== "");
}

/** A module at a path in a new directory, which calls its first argument with the others. */
function callerAt(path: string): { readonly file: string; readonly call: (...args: unknown[]) => unknown } {
  const file = join(mkdtempSync(join(tmpdir(), "fail-")), path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "module.exports = (action, ...args) => action(...args);");
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- made a moment ago
  return { file, call: require(file) };
}

let scope: Construct;

beforeEach(() => {
  scope = new Construct(stackWithProviders(), "Orders");
});

test("an error has the place, the text, the remedy and the id", () => {
  expect(thrown(() => fail(scope, "some-id", "It is wrong.", "Write another.")).message).toBe(
    "[app/Orders] It is wrong. Write another. (some-id)",
  );
  expect(thrown(() => fail("Some.call", "some-id", "It is wrong.", "Write another.")).message).toBe(
    "[Some.call] It is wrong. Write another. (some-id)",
  );
  expect(thrown(() => fail(undefined, "some-id", "It is wrong.", "Write another.")).message).toBe(
    finding("some-id", "It is wrong.", "Write another."),
  );
});

test.each<[string, () => unknown]>([
  ["a construct", () => checkWholeNumber(scope, "count", 0, 1, 2)],
  ["a call", () => readUtf8({ path: "missing.xml", what: "The policy document", place: "PolicyDocument.fromFile" })],
  ["a list that the library goes through", () => [0].map(checkWholeNumber.bind(undefined, scope, "count", 0, 1))],
  [
    "a message of several lines, one of which looks like a frame",
    () => fail(scope, "some-id", "A:\n    at B (c:1:2)\n", "Write."),
  ],
])("the stack of an error at %s begins at the user's line", (_, action) => {
  const error = thrown(action);
  expect(frames(error)[0]).toContain(__filename);
  expect(error.stack).toMatch(/^Error: \[/);
  expect(frames(error).join("\n")).not.toContain(LIBRARY);
});

test("the stack begins at the user's line below any number of library frames", () => {
  let action: () => unknown = fail.bind(undefined, scope, "some-id", "It is wrong.", "Write another.");
  for (let depth = 0; depth < 200; depth++) action = within.bind(undefined, scope, action);
  expect(frames(thrown(() => action()))[0]).toContain(__filename);
});

test.each([
  ["the framework", "constructs/lib/construct.js"],
  ["another copy of the library", "cdktf-secure-apim-backend/lib/secure-apim-backend.js"],
])("the stack has no frames of %s above the user's line, and none is lost below it", (_, file) => {
  const framework = callerAt(`node_modules/${file}`);
  const error = thrown(() => framework.call(fail, scope, "some-id", "It is wrong.", "Write another."));
  expect(frames(error)[0]).toContain(__filename);

  const user = callerAt("main.js");
  const below = thrown(() => framework.call(user.call, fail, scope, "some-id", "It is wrong.", "Write another."));
  expect(frames(below).slice(0, 2)).toEqual([
    expect.stringContaining(user.file),
    expect.stringContaining(framework.file),
  ]);
});

test.each([
  ["contains the library's", join(LIBRARY, "main.js")],
  ["has parentheses", "my (first) app/main.js"],
  ["has a colon", "a:1:2/main.js"],
])("the user's line is found in a file whose path %s", (_, path) => {
  const user = callerAt(path);
  expect(frames(thrown(() => user.call(fail, scope, "some-id", "It is wrong.", "Write.")))[0]).toContain(user.file);
});

test("frames of ES modules are the library's, too", () => {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (error) =>
    `${error}\n    at file://${LIBRARY}/core/fail.ts:1:2\n    at async file:///main.mjs:3:4`;
  try {
    expect(frames(thrown(() => fail(scope, "some-id", "It is wrong.", "Write another.")))).toEqual([
      "    at async file:///main.mjs:3:4",
    ]);
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
});

test("the whole stack stays if the user's line is not in it", () => {
  const framework = callerAt("node_modules/cdktf/lib/app.js");
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (error) =>
    `${error}\n    at fail (file://${LIBRARY}/core/fail.ts:1:2)\n    at call (${framework.file}:3:4)`;
  try {
    expect(frames(thrown(() => fail(scope, "some-id", "It is wrong.", "Write another.")))).toHaveLength(2);
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
});

describe("the limit of stack traces", () => {
  const limit = Error.stackTraceLimit;
  const { prepareStackTrace } = Error;

  afterEach(() => {
    Error.stackTraceLimit = limit;
    Error.prepareStackTrace = prepareStackTrace;
  });

  test.each([1, 2])("is the user's: %d", (few) => {
    Error.stackTraceLimit = few;
    const error = thrown(() => checkWholeNumber(scope, "count", 0, 1, 2));
    expect(Error.stackTraceLimit).toBe(few);
    expect(frames(error)).toHaveLength(few);
    expect(frames(error)[0]).toContain(__filename);
  });

  test("may be none", () => {
    Error.stackTraceLimit = 0;
    expect(thrown(() => fail(scope, "some-id", "It is wrong.", "Write another."))).toEqual(refusal("some-id"));
    expect(Error.stackTraceLimit).toBe(0);
  });

  test("may be fixed", () => {
    Object.defineProperty(Error, "stackTraceLimit", { writable: false });
    try {
      expect(thrown(() => fail(scope, "some-id", "It is wrong.", "Write another."))).toEqual(refusal("some-id"));
    } finally {
      Object.defineProperty(Error, "stackTraceLimit", { writable: true });
    }
  });

  test("is restored where the stack cannot be written", () => {
    Error.prepareStackTrace = () => {
      throw new TypeError("no stack");
    };
    expect(thrown(() => fail(scope, "some-id", "It is wrong.", "Write another.")).message).toBe("no stack");
    expect(Error.stackTraceLimit).toBe(limit);
  });

  test("is restored where the stack is no text", () => {
    Error.prepareStackTrace = (_, sites) => sites;
    expect(thrown(() => fail(scope, "some-id", "It is wrong.", "Write another."))).toEqual(refusal("some-id"));
    expect(Error.stackTraceLimit).toBe(limit);
  });
});
