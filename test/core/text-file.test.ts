import { execFileSync } from "child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join, resolve } from "path";
import { readUtf8 } from "../../lib/core/text-file";
import { refusal } from "../helpers/refusal";

const directory = mkdtempSync(join(tmpdir(), "text-file-"));
const file = join(directory, "text.txt");
const pipe = join(directory, "pipe");

beforeAll(() => {
  writeFileSync(file, "\uFEFFähm\r\n");
  execFileSync("mkfifo", [pipe]);
});
afterAll(() => rmSync(directory, { recursive: true }));

const read = (path: string, maxBytes?: number): string => readUtf8({ path, what: "The text", place: "test", maxBytes });

test("a text arrives as it is, with its byte order mark and its line breaks", () => {
  expect(read(file)).toBe("\uFEFFähm\r\n");
});

test.each([
  ["a pipe that nobody writes to", pipe, "a pipe or a device"],
  ["a device that never ends", "/dev/zero", "a pipe or a device"],
  ["a directory", directory, "a directory"],
])("%s is refused, and not waited for", (_, path, kind) => {
  expect(() => read(path)).toThrow(refusal("not-a-file", `The text "${path}" is ${kind}.`));
});

test("a path is said to resolve to another one only if it does", () => {
  const missing = join(directory, "missing.txt");
  expect(() => read(missing)).toThrow(
    refusal("unreadable-file", `Write the path of an existing file. (unreadable-file)`),
  );
  expect(() => read("missing.txt")).toThrow(
    refusal("unreadable-file", `"missing.txt" resolves to "${resolve("missing.txt")}".`),
  );
  expect(() => read(directory)).toThrow(refusal("not-a-file", "Write the path of a file. (not-a-file)"));
  expect(() => read(".")).toThrow(refusal("not-a-file", `"." resolves to "${resolve(".")}".`));
});

// Its size is 0 for the system.
(existsSync("/proc/self/maps") ? test : test.skip)(
  "a file with more bytes than its size says is read to the limit",
  () => {
    expect(() => read("/proc/self/maps", 100)).toThrow(refusal("file-too-large", "at most 100 are read"));
  },
);

test("a file above the limit is refused before it is read", () => {
  expect(read(file, 9)).toHaveLength(6);
  expect(() => read(file, 8)).toThrow(refusal("file-too-large", `"${file}" has 9 bytes, but at most 8 are read`));
});
