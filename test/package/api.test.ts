import { execFileSync } from "child_process";
import { readFileSync } from "fs";
import { join } from "path";
import { gunzipSync } from "zlib";
import { Json } from "../helpers/synth";

/* What the compiled library says of itself, in the assembly that jsii writes. */

const ROOT = join(__dirname, "..", "..");

function assembly(): Json {
  execFileSync("npm", ["run", "build"], { cwd: ROOT, stdio: "pipe" });
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
