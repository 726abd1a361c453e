/* OpenAPI documents of a size. */
import { stringify } from "yaml";

/** An OpenAPI document in YAML with as many operations, each with a schema of its own, as fit into the size. */
export function thingsAsYaml(bytes: number): string {
  return documentOf(bytes, (document) => stringify(document, { aliasDuplicateObjects: false }));
}

/** The same in JSON. */
export function thingsAsJson(bytes: number): string {
  return documentOf(bytes, (document) => JSON.stringify(document, null, 2));
}

function documentOf(bytes: number, text: (document: object) => string): string {
  const some = (count: number): string => text(documentWith(count));
  const perOperation = (some(200).length - some(100).length) / 100;
  let count = Math.max(1, Math.floor(bytes / perOperation));
  while (count > 1 && some(count).length > bytes) count -= Math.min(10, count - 1);
  return some(count);
}

function documentWith(count: number): object {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const operation = (index: number): object => ({
    operationId: `get-thing-${index}`,
    summary: "Show a thing",
    description: "It is shown with all that there is to know of it. ".repeat(4),
    parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
    responses: {
      200: {
        description: "The thing",
        content: { "application/json": { schema: { $ref: `#/components/schemas/Thing${index}` } } },
      },
    },
  });
  const schema = { type: "object", properties: { id: { type: "string" }, parts: { type: "integer", minimum: 1 } } };
  return {
    openapi: "3.0.3",
    info: { title: "Things", version: "1.0" },
    paths: Object.fromEntries(indexes.map((index) => [`/things${index}/{id}`, { get: operation(index) }])),
    components: { schemas: Object.fromEntries(indexes.map((index) => [`Thing${index}`, schema])) },
  };
}
