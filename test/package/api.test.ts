import { readFileSync } from "fs";
import { join } from "path";
import { gunzipSync } from "zlib";
import { toMatchFile } from "jest-file-snapshot";
import { Json } from "../helpers/synth";

/* What the compiled library says of itself, in the assembly that jsii writes. */

expect.extend({ toMatchFile });

const ROOT = join(__dirname, "..", "..");

function assembly(): Json {
  const json: Json = JSON.parse(readFileSync(join(ROOT, ".jsii"), "utf8"));
  if (json.schema !== "jsii/file-redirect") return json;
  return JSON.parse(gunzipSync(readFileSync(join(ROOT, json.filename))).toString());
}

const types = Object.values<Json>(assembly().types);
const membersOf = (type: Json): Json[] => [...(type.properties ?? []), ...(type.methods ?? [])];

test("every public type and member says what it is", () => {
  const silent = types.flatMap((type) => [
    ...(type.docs?.summary ? [] : [type.name]),
    ...membersOf(type)
      .filter((member) => !member.overrides && !member.docs?.summary)
      .map((member) => `${type.name}.${member.name}`),
  ]);
  expect(silent).toEqual([]);
});

test("every optional property says what happens without it", () => {
  const silent = types
    .filter((type) => type.kind === "interface" && type.datatype)
    .flatMap((type) => membersOf(type).map((member) => ({ type, member })))
    .filter(({ member }) => member.optional && !member.docs?.default)
    .map(({ type, member }) => `${type.name}.${member.name}`);
  expect(silent).toEqual([]);
});

/* The public API, a line a member: what a reviewer reads when it changes, and what fails when nobody reviewed it. */

function typeOf(type: Json | undefined): string {
  if (type === undefined) return "void";
  if (type.primitive) return type.primitive;
  if (type.fqn) return type.fqn.split(".").pop();
  const { kind, elementtype } = type.collection;
  return kind === "array" ? `${typeOf(elementtype)}[]` : `{ [key]: ${typeOf(elementtype)} }`;
}

const parametersOf = ({ parameters = [] }: Json): string =>
  parameters
    .map(
      ({ name, type, optional, variadic }: Json) =>
        `${variadic ? "..." : ""}${name}${optional ? "?" : ""}: ${typeOf(type)}`,
    )
    .join(", ");

function linesOf(type: Json): string[] {
  const isStatic = ({ static: yes }: Json): string => (yes ? "static " : "");
  const head = type.kind === "interface" && type.datatype ? "struct" : type.kind;
  const bases = [type.base, ...(type.interfaces ?? [])].filter(Boolean).map((fqn: string) => fqn.split(".").pop());
  return [
    `${head} ${type.name}${bases.length > 0 ? `: ${bases.join(", ")}` : ""}`,
    ...(type.initializer ? [`  new (${parametersOf(type.initializer)})`] : []),
    ...(type.members ?? []).map(({ name }: Json) => `  ${name}`),
    ...(type.properties ?? [])
      .filter(({ overrides }: Json) => !overrides)
      .map((each: Json) => `  ${isStatic(each)}${each.name}${each.optional ? "?" : ""}: ${typeOf(each.type)}`),
    ...(type.methods ?? [])
      .filter(({ overrides }: Json) => !overrides)
      .map((each: Json) => `  ${isStatic(each)}${each.name}(${parametersOf(each)}): ${typeOf(each.returns?.type)}`),
  ];
}

test("the public API is the one that was reviewed: docs/api/members.txt", () => {
  const byName = [...types].sort((a, b) => (a.name < b.name ? -1 : 1));
  const list = byName.map((type) => linesOf(type).join("\n")).join("\n\n") + "\n";
  expect(list).toMatchFile(join(ROOT, "docs", "api", "members.txt"));
});
