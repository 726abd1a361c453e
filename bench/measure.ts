/* What the benchmarks have in common. */
import { stringify } from "yaml";

export function milliseconds(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/**
 * How many milliseconds each of two actions takes, and the first as a ratio to the second: medians over rounds. They take turns, so that
 * other work on the machine slows both down.
 */
export function compare(
  rounds: number,
  first: () => void,
  second: () => void,
): [first: number, second: number, ratio: number] {
  const times = Array.from({ length: rounds }, () => [milliseconds(first), milliseconds(second)]);
  return [
    median(times.map(([one]) => one)),
    median(times.map(([, other]) => other)),
    median(times.map(([one, other]) => one / other)),
  ];
}

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
  let count = Math.floor(bytes / perOperation);
  while (some(count).length > bytes) count -= 10;
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
