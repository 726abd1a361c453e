/* OpenAPI documents, well-formed or not, that take more work than others of their length. */

const HEAD = 'openapi: 3.0.3\ninfo: { title: Orders, version: "1" }\n';
const LIST = 'get: { responses: { "200": { description: All } } }';
const PATHS = `paths:\n  /orders:\n    ${LIST}\n`;

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("");
const json = (parts: object): string =>
  JSON.stringify({
    openapi: "3.0.3",
    info: { title: "T", version: "1" },
    paths: { "/a": { get: { responses: {} } } },
    ...parts,
  });

/** A short name. */
const short = (index: number): string => index.toString(36);

/** A value in objects, or a list in lists, that are nested. */
const below = (depth: number, value: unknown[]): unknown =>
  Array.from({ length: depth }).reduce<unknown>((inner) => (value.length > 0 ? { a: inner } : [inner]), value);

/** A document of many paths that share an item. */
const shared = (length: number, item: object): string =>
  json({
    paths: Object.fromEntries(
      Array.from({ length: Math.min(length / 64, 9_900) }, (_, index) => [
        `/${short(index)}/{a}`,
        { $ref: "#/x-item" },
      ]),
    ),
    "x-item": item,
  });

const METHODS = Object.fromEntries(
  ["get", "put", "post", "delete", "head", "patch"].map((method) => [method, { responses: { 200: {} } }]),
);

/** Objects in JSON, each of some keys that no other one has. */
const otherKeys = (objects: number, keys: number): string =>
  lines(objects, (i) => `,"${short(i)}":{"a${short(i)}":1${lines(keys - 1, (j) => `,"b${short(i * keys + j)}":1`)}}`);

/** Hostile documents by name, each of about the given length. */
export const HOSTILE_DOCUMENTS: Record<string, (length: number) => string> = {
  "many operations": (n) =>
    `${HEAD}paths:\n${lines(n / 80, (i) => `  /o${i}/{id}: { get: { parameters: [ { name: id, in: path } ], responses: {} } }\n`)}`,
  "many findings": (n) => `${HEAD}paths:\n${lines(n / 70, (i) => `  o${i}: { ${LIST} }\n`)}`,
  "many omissions": (n) =>
    `${HEAD}paths:\n${lines(n / 90, (i) => `  /o${i}: { get: { security: [], callbacks: {}, operationId: A.${i % 2}, responses: {} } }\n`)}`,
  "keys written twice": (n) => `${HEAD}${PATHS}x-a:\n${lines(n / 7, () => "  a: 1\n")}`,
  "keys written twice in JSON": (n) =>
    json({ "x-a": 0 }).replace('"x-a":0', `"x-a":{${lines(n / 6, () => '"a":1,')}"b":1}`),
  "chains of references": (n) =>
    `${HEAD}paths:\n${lines(n / 160, (i) => `  /o${i}: { get: { parameters: [ { $ref: "#/components/parameters/p${i}" } ], responses: {} } }\n`)}components:\n  parameters:\n${lines(n / 160, (i) => `    p${i}: { $ref: "#/components/parameters/p${i + 1}" }\n`)}`,
  "chains of schemas": (n) =>
    `${HEAD}${PATHS}components:\n  schemas:\n${lines(n / 50, (i) => `    S${i}: { $ref: "#/components/schemas/S${i + 1}" }\n`)}    S${Math.ceil(n / 50)}: { $ref: "#/components/schemas/S0" }\n`,
  "one path of many parameters": (n) =>
    json({
      paths: {
        [`/${lines(n / 60, (i) => `{p${i}}`)}`]: {
          get: {
            parameters: Array.from({ length: n / 60 }, (_, i) => ({ name: `p${i}`, in: "path" })),
            responses: { 200: {} },
          },
        },
      },
    }),
  "paths that share an item": (n) =>
    json({
      paths: Object.fromEntries(Array.from({ length: n / 45 }, (_, i) => [`/${i}`, { $ref: "#/x-item" }])),
      "x-item": {
        get: {
          parameters: Array.from({ length: n / 110 }, (_, i) => ({ name: `p${i}`, in: "query" })),
          responses: { 200: {} },
        },
      },
    }),
  "a large operation that many paths share": (n) =>
    shared(n, { get: { ...Object.fromEntries(Array.from({ length: n / 14 }, (_, i) => [`x-${short(i)}`, 1])) } }),
  "a long operationId that many paths share": (n) => shared(n, { get: { operationId: "A-".repeat(n / 2.2) } }),
  "long references that many paths share": (n) =>
    shared(n, { get: { parameters: [..."abcd"].map((name) => ({ $ref: `#/${name.repeat(n / 5)}` })), responses: {} } }),
  "long names that many paths share": (n) =>
    shared(n, {
      get: {
        parameters: [..."abcd"].map((name) => ({ in: "query", name: "n".repeat(n / 5) + name, required: true })),
        responses: {},
      },
    }),
  "a list as a name that many paths share": (n) =>
    shared(n, {
      get: { parameters: [{ in: "query", name: Array.from({ length: n / 2.2 }, () => 1) }], responses: {} },
    }),
  "one long path of many operations": (n) => json({ paths: { [`/${"-a".repeat(n / 2)}`]: METHODS } }),
  "one path of many parameters and operations": (n) => json({ paths: { [`/${"{a}".repeat(n / 3)}`]: METHODS } }),
  "a dangling parameter of a long path": (n) => {
    const parameters = [{ in: "query", name: "q", required: true }, { $ref: "#/nothing" }];
    return json({
      paths: { [`/${lines(n / 7, (i) => `{${short(i)}}`)}`]: { parameters, ...METHODS } },
    });
  },
  "objects in objects, all with other keys": (n) =>
    `{"openapi":"3.0.3","info":{"title":"T","version":"1"},"paths":{"/a":{"get":{"responses":{}}}},"x":[${lines(
      n / 1330,
      (i) => `${lines(150, (j) => `{"${short(i * 150 + j)}":`)}1${"}".repeat(150)},`,
    )}1]}`,
  aliases: (n) =>
    `${HEAD}${PATHS}x-a: &a [1, 1, 1, 1, 1, 1, 1, 1]\nx-b: [ ${"*a, ".repeat(n / 40)} ]\nx-c: "${"b".repeat(n * 0.85)}"\n`,
  "many documents": (n) => lines(n / 6, () => "---\na\n"),
  brackets: (n) => `${HEAD}${PATHS}x-a: [${"[], ".repeat(n / 4)}]\n`,
  "a text without end": (n) => `${HEAD}x-a: "${'\\"'.repeat(n / 2)}`,
  "JSON with a comment at its end": (n) => `{"a":"${'\\"'.repeat(n / 2)}", // b\n`,
  "JSON without end": (n) => `{"a":"${'\\"'.repeat(n / 2)}`,
  quotes: (n) => `{"a":${'"'.repeat(n)}`,
  "braces in a path": (n) => json({ paths: { [`/${"{".repeat(n)}`]: { get: { responses: { 200: {} } } } } }),
  "slashes of a server": (n) => json({ servers: [{ url: `https://a${"/".repeat(n)}b` }] }),
  "dots of a server": (n) => json({ servers: [{ url: "./".repeat(n / 2) }] }),
  "an email address": (n) =>
    json({ info: { title: "T", version: "1", contact: { email: `a@${"a.".repeat(n / 2)}@` } } }),
  "terms of service": (n) => json({ info: { title: "T", version: "1", termsOfService: `https://${"a".repeat(n)} b` } }),
  "dollars in a description": (n) => json({ info: { title: "T", version: "1", description: `${"$".repeat(n)}T` } }),
  "hyphens in an operationId": (n) =>
    json({ paths: { "/a": { get: { operationId: `a${"-".repeat(n)}b`, responses: {} } } } }),
  "white space": (n) => `${HEAD}${PATHS}${lines(n / 8, () => "  #    \n")}x-a: 1\n`,
  "a key without end": (n) => `${HEAD}${PATHS}? ${"a ".repeat(n / 2)}`,
  // A little below the limits of operations and of values.
  "nearly too many operations": (n) =>
    `${HEAD}paths:\n${lines(n / 410, (i) => `  o${i}: { get: { ${`parameters: [ { name: p, in: path }, { name: q, in: path }, { name: r, in: cookie } ], x-a: [ ${"1, ".repeat(8)} ], x-b: "${"b".repeat(165)}", `}security: [], callbacks: {}, servers: [], requestBody: {}, operationId: A.${i % 2}, responses: {} } }\n`)}`,
  "nearly too many values": (n) =>
    `${HEAD}${PATHS}components:\n  schemas:\n    S: { enum: [ ${"abcde, ".repeat(n / 7.5)} ] }\n    T: { $ref: "#/nothing" }\n`,
  "nearly too many values in JSON": (n) =>
    json({
      components: { schemas: { S: { enum: Array.from({ length: n / 3 }, () => 10) }, T: { $ref: "#/nothing" } } },
    }),
  "a mistake at the end": (n) =>
    `${HEAD}${PATHS}components:\n  schemas:\n${lines(n / 130, (i) => `    Order${i}:\n      type: object\n      properties:\n        id:\n          type: string\n          description: The number of an order\n`)}    T: { $ref: "#/nothing" }\n`,
  "keys without values": (n) => `${HEAD}${PATHS}x-a: { ${lines(n / 7, (i) => `${short(i)}, `)}}\n`,
  "nearly too many keys without values": (n) =>
    `${HEAD}${PATHS}x-a:\n${lines(n / 8.1, (i) => ` ? ${short(i)}\n`)} ? "0"\n`,
  "nearly too many different keys without values": (n) =>
    `${HEAD}${PATHS}x-a:\n${lines(n / 9.1, (i) => ` ? a${short(i)}\n`)}`,
  "nearly too many schemas without values": (n) =>
    `${HEAD}${PATHS}components:\n schemas:\n${lines(n / 10.1, (i) => `  ? a${short(i)}\n`)}`,
  "nearly too many keys of the document without values": (n) =>
    `${HEAD}${PATHS}${lines(n / 8.1, (i) => `? a${short(i)}\n`)}`,
  "nearly too many keys without values, the last one twice": (n) =>
    `${HEAD}${PATHS}x-a:\n${lines(n / 9.1, (i) => ` ? a${short(i)}\n`)} ? a0\n`,
  "many keys in JSON": (n) =>
    json({ components: { schemas: Object.fromEntries(Array.from({ length: n / 11 }, (_, i) => [short(i), {}])) } }),
  "many names that are not allowed": (n) =>
    json({
      components: { schemas: Object.fromEntries(Array.from({ length: n / 12 }, (_, i) => [` ${short(i)}`, {}])) },
    }),
  "many keys and a mistake": (n) =>
    json({ x: Object.fromEntries(Array.from({ length: n / 11 }, (_, i) => [short(i), 1])), y: { $ref: "#/nothing" } }),
  "many keys of which the last is written twice": (n) =>
    `${json({ x: Object.fromEntries(Array.from({ length: n / 11 }, (_, i) => [`${short(i)}a`, 1])) }).slice(0, -2)},"0a":1}}`,
  "extensions among paths": (n) =>
    json({ paths: Object.fromEntries(Array.from({ length: n / 12 }, (_, i) => [`x-${short(i)}`, 1])) }),
  "references far down": (n) =>
    json({
      x: below(
        190,
        Array.from({ length: n / 15 }, () => ({ $ref: "#/x" })),
      ),
    }),
  "references to one schema": (n) =>
    `${HEAD}${PATHS}components:\n  schemas:\n    S: {}\n${lines(n / 49, (i) => `    S${i}: { $ref: "#/components/schemas/S" }\n`)}`,
  "chains of a hundred schemas": (n) =>
    json({
      components: {
        schemas: Object.fromEntries(
          Array.from({ length: n / 47 }, (_, i) => [
            `S${i}`,
            i % 100 ? { $ref: `#/components/schemas/S${i - 1}` } : {},
          ]),
        ),
      },
    }),
  "schemas that refer to themselves": (n) =>
    json({
      components: {
        schemas: Object.fromEntries(
          Array.from({ length: n / 50 }, (_, i) => [short(i), { a: { $ref: `#/components/schemas/${short(i)}` } }]),
        ),
      },
    }),
  "references to other documents": (n) =>
    json({ components: { schemas: { S: Array.from({ length: n / 13 }, () => ({ $ref: "" })) } } }),
  "lists in lists": (n) => json({ x: Array.from({ length: n / 301 }, () => below(150, [])) }),
  "parameters of a path": (n) => json({ paths: { [`/${"{a}".repeat(n / 3)}`]: { get: { responses: {} } } } }),
  "templates in a title": (n) => json({ info: { title: "${".repeat(n / 2), version: "1" } }),
  "templates in a description": (n) => json({ info: { title: "T", version: "1", description: "${".repeat(n / 2) } }),
  "tags of integers": (n) => `${HEAD}${PATHS}x-a:\n${lines(n / 10, () => "- !!int 1\n")}`,
  "lists in lists beside an alias": (n) =>
    `${HEAD}${PATHS}x-a: &a 1\nx-b: *a\nx-c:\n${lines(n / 53, () => `- - - - - - - ${"a".repeat(36)}\n`)}`,
  anchors: (n) => `${HEAD}${PATHS}x-a: [ ${lines(n / 12, (i) => `&a${i} 1, `)}]\n`,
  "keys of the document in braces, without values": (n) =>
    `{ openapi: 3.0.3, info: { title: T, version: "1" }, paths: { /a: { ${LIST} } }, ${lines(n / 8.1, (i) => `a${short(i)}, `)}}\n`,
  "keys of the document that are numbers, without values": (n) =>
    `${HEAD}${PATHS}${lines(n / 10.6, (i) => `? ${i}.5\n`)}`,
  "keys of info without values": (n) =>
    `openapi: 3.0.3\ninfo:\n title: T\n version: "1"\n${lines(n / 9.1, (i) => ` ? a${short(i)}\n`)}${PATHS}`,
  "objects of one key without a value": (n) =>
    `${HEAD}${PATHS}components:\n schemas:\n  S:\n${lines(n / 15.5, (i) => `  - {a${short(i)}}\n`)}`,
  "objects of 14 keys without values": (n) =>
    `${HEAD}${PATHS}components:\n schemas:\n${lines(n / 130, (i) => `  S${i}: { ${lines(14, (j) => `a${short(i * 14 + j)}, `)}}\n`)}`,
  "objects of 30 keys without values": (n) =>
    `${HEAD}${PATHS}components:\n schemas:\n${lines(n / 250, (i) => `  S${i}: { ${lines(30, (j) => `a${short(i * 30 + j)}, `)}}\n`)}`,
  "objects of 30 keys": (n) =>
    `${HEAD}${PATHS}components:\n schemas:\n${lines(n / 480, (i) => `  S${i}: { ${lines(30, (j) => `a${short(i * 30 + j)}: 1, `)}}\n`)}`,
  "keys without values that are converted to JSON": (n) =>
    `swagger: "2.0"\n${HEAD.slice(HEAD.indexOf("info"))}${PATHS}${lines(n / 8.1, (i) => `? a${short(i)}\n`)}`,
  "nearly too many keys beside merged ones": (n) =>
    `${HEAD}${PATHS}x-a: &a { b: 1 }\n<<: *a\n${lines(n / 15.4, (i) => `a${short(i)}: 1\n`)}`,
  "keys behind a wide character": (n) => `${HEAD}${PATHS}# \u{1f600}\n${lines(n / 8.1, (i) => `? a${short(i)}\n`)}`,
  "a reference of many parts that are not encoded well": (n) =>
    json({ components: { schemas: { S: { $ref: `#${"/%".repeat(n / 2)}` } } } }),
  "objects of 100 other keys in JSON": (n) => json({ x: 0 }).replace('"x":0', `"x":{"-":1${otherKeys(n / 1070, 100)}}`),
  "objects of 20 other keys in JSON that ends with a comma": (n) =>
    json({ x: 0 }).replace('"x":0}', `"x":{"-":"${"b".repeat(n / 3)}"${otherKeys(n / 340, 20)}},}`),
};
