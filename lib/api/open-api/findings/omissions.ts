import { finding } from "../../../core/fail";
import { repeated } from "../../../core/repeated";
import { Content, Part } from "../content";
import { isObject, JsonObject, shown, Trail } from "../json";
import { OpenApiFinding } from "./finding";
import { externalSchemas, recursiveSchemas } from "../references";

/** Something at a place in a document. */
interface Placed {
  readonly trail: Trail;
}

/** What API Management ignores, wherever it is. */
const OMISSIONS: readonly { readonly message: string; readonly places: (content: Content) => readonly Placed[] }[] = [
  {
    message: finding(
      "open-api-security-ignored",
      "API Management does not enforce security.",
      "Add a policy that does, such as PolicyStatement.requireEntraToken({ ... }).",
    ),
    places: ({ root, operations }) => [
      ...["security", "securityDefinitions"].flatMap((key) => placesOf([{ trail: [], body: root }], key)),
      ...(isObject(root.components)
        ? placesOf([{ trail: ["components"], body: root.components }], "securitySchemes")
        : []),
      ...placesOf(operations, "security"),
    ],
  },
  {
    message: finding(
      "open-api-servers-ignored",
      "API Management ignores the servers of a path or an operation: all requests go to the backend.",
      "To call other backends, use branches of SecureApimBackend.",
    ),
    places: ({ paths, operations }) => [...placesOf(paths, "servers"), ...placesOf(operations, "servers")],
  },
  {
    message: finding(
      "open-api-callbacks-ignored",
      "API Management ignores callbacks.",
      "Remove them, unless other tools need them.",
    ),
    places: ({ operations }) => placesOf(operations, "callbacks"),
  },
  {
    message: finding(
      "open-api-body-ignored",
      "API Management ignores the request body of a GET, HEAD or OPTIONS operation.",
      "Use query parameters, or another method.",
    ),
    places: ({ operations }) => {
      const bodiless = operations.filter(({ method }) => ["get", "head", "options"].includes(method));
      const parameters = bodiless.flatMap((operation) => operation.parameters);
      return [...placesOf(bodiless, "requestBody"), ...parameters.filter(({ body }) => body.in === "body")];
    },
  },
  {
    message: finding(
      "open-api-cookie-ignored",
      "API Management ignores parameters in cookies.",
      "Use a header or a query parameter.",
    ),
    places: ({ parameters }) => parameters.filter(({ body }) => body.in === "cookie"),
  },
  {
    message: finding(
      "open-api-form-parameter-ignored",
      "API Management ignores form parameters.",
      "Remove them, unless other tools need them.",
    ),
    places: ({ parameters }) => parameters.filter(({ body }) => body.in === "formData"),
  },
  {
    message: finding(
      "open-api-style-ignored",
      "API Management ignores style and explode of query parameters: it reads arrays as style: form with explode: true.",
      "Use this style.",
    ),
    places: ({ parameters }) => parameters.filter(({ body }) => hasOtherStyle(body)),
  },
  {
    message: finding(
      "open-api-webhooks-ignored",
      "API Management ignores webhooks.",
      "Remove them, unless other tools need them.",
    ),
    places: ({ root }) => placesOf([{ trail: [], body: root }], "webhooks"),
  },
  {
    message: finding(
      "open-api-external-schema",
      "API Management reads no other documents, so a schema that refers to another document stays empty.",
      "Bundle the documents into one.",
    ),
    places: externalSchemas,
  },
  {
    message: finding(
      "open-api-recursive-schema",
      "API Management does not support a schema that contains itself.",
      "Replace the inner reference by an object without properties.",
    ),
    places: recursiveSchemas,
  },
];

/**
 * What API Management ignores without an error. Of each kind the first place, and how many more there are.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-api-import-restrictions
 */
export function ignoredParts(content: Content): OpenApiFinding[] {
  const ignored = OMISSIONS.flatMap(({ message, places }) => {
    const found = places(content);
    return found.length > 0 ? [{ trail: found[0].trail, ofKey: true, message, repeats: found.length - 1 }] : [];
  });
  return [...newerVersion(content), ...ignored];
}

function newerVersion({ root: { openapi } }: Content): OpenApiFinding[] {
  if (typeof openapi !== "string" || /^3\.0\.[0-3]$/.test(openapi)) return [];
  const message = finding(
    "open-api-newer-version",
    `API Management imports version ${openapi} as 3.0.3, and ignores what later versions added.`,
    "Use only what 3.0.3 has.",
  );
  return [{ trail: ["openapi"], message }];
}

/** Operations whose names API Management changes, because another one has it. */
export function* renamedOperations({ operations }: Content): Iterable<OpenApiFinding> {
  for (const [operation] of repeated(operations, ({ name }) => name)) {
    const { operationId } = operation.body;
    if (typeof operationId !== "string") continue;
    const message = finding(
      "open-api-operation-renamed",
      `The operation ID "${shown(operationId)}" becomes the name "${operation.name}", which another operation has, so API Management appends a number.`,
      "Use an operation ID that stays unique in lower case, with hyphens for all but letters and digits.",
    );
    yield { trail: [...operation.trail, "operationId"], message };
  }
}

/** Where the parts have a key. */
function placesOf(parts: readonly Part[], key: string): Placed[] {
  return parts.filter(({ body }) => key in body).map(({ trail }) => ({ trail: [...trail, key] }));
}

function hasOtherStyle({ in: place, style, explode, collectionFormat }: JsonObject): boolean {
  if (place !== "query") return false;
  return (
    (style !== undefined && style !== "form") ||
    explode === false ||
    (collectionFormat !== undefined && collectionFormat !== "multi")
  );
}
