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
  aliases: (n) => `${HEAD}${PATHS}x-a: &a [1]\nx-b:\n${lines(n / 40, () => "  - [*a, *a, *a, *a, *a, *a, *a, *a]\n")}`,
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
  "dollars in a title": (n) => json({ info: { title: `${"$".repeat(n)}T`, version: "1" } }),
  "hyphens in an operationId": (n) =>
    json({ paths: { "/a": { get: { operationId: `a${"-".repeat(n)}b`, responses: {} } } } }),
  "white space": (n) => `${HEAD}${PATHS}${lines(n / 8, () => "  #    \n")}x-a: 1\n`,
  "a key without end": (n) => `${HEAD}${PATHS}? ${"a ".repeat(n / 2)}`,
  // A little below the limits of operations and of values.
  "nearly too many operations": (n) =>
    `${HEAD}paths:\n${lines(n / 410, (i) => `  o${i}: { get: { ${`parameters: [ { name: p, in: path }, { name: q, in: path }, { name: r, in: cookie } ], x-a: [ ${"1, ".repeat(40)} ], `}security: [], callbacks: {}, servers: [], requestBody: {}, operationId: A.${i % 2}, responses: {} } }\n`)}`,
  "nearly too many values": (n) =>
    `${HEAD}${PATHS}components:\n  schemas:\n    S: { enum: [ ${"abc, ".repeat(n / 5.2)} ] }\n    T: { $ref: "#/nothing" }\n`,
  "nearly too many values in JSON": (n) =>
    json({
      components: { schemas: { S: { enum: Array.from({ length: n / 3 }, () => 10) }, T: { $ref: "#/nothing" } } },
    }),
  "a mistake at the end": (n) =>
    `${HEAD}${PATHS}components:\n  schemas:\n${lines(n / 130, (i) => `    Order${i}:\n      type: object\n      properties:\n        id:\n          type: string\n          description: The number of an order\n`)}    T: { $ref: "#/nothing" }\n`,
  anchors: (n) => `${HEAD}${PATHS}x-a: [ ${lines(n / 12, (i) => `&a${i} 1, `)}]\n`,
};
