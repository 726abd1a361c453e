import { finding } from "../../../core/fail";
import { repeated } from "../../../core/repeated";
import { Content, Part } from "../content";
import { isObject, JsonObject, shown, Trail } from "../json";
import { OpenApiFinding } from "./finding";
import { externalSchemas, recursiveSchemas } from "../references";

/** What API Management ignores, wherever it is. */
const OMISSIONS: readonly { readonly message: string; readonly trails: (content: Content) => Trail[] }[] = [
  {
    message: finding(
      "open-api-security-ignored",
      "API Management does not enforce security.",
      "Add a policy that does, such as PolicyStatement.requireEntraToken({ ... }).",
    ),
    trails: ({ root, operations }) => [
      ...["security", "securityDefinitions"].filter((key) => key in root).map((key) => [key]),
      ...(isObject(root.components) && "securitySchemes" in root.components ? [["components", "securitySchemes"]] : []),
      ...trailsTo(operations, "security"),
    ],
  },
  {
    message: finding(
      "open-api-servers-ignored",
      "API Management ignores the servers of a path or an operation: all requests go to the backend.",
      "To call other backends, use branches of SecureApimBackend.",
    ),
    trails: ({ paths, operations }) => [...trailsTo(paths, "servers"), ...trailsTo(operations, "servers")],
  },
  {
    message: finding(
      "open-api-callbacks-ignored",
      "API Management ignores callbacks.",
      "Remove them, unless other tools need them.",
    ),
    trails: ({ operations }) => trailsTo(operations, "callbacks"),
  },
  {
    message: finding(
      "open-api-body-ignored",
      "API Management ignores the request body of a GET, HEAD or OPTIONS operation.",
      "Use query parameters, or another method.",
    ),
    trails: ({ operations }) => {
      const bodiless = operations.filter(({ method }) => ["get", "head", "options"].includes(method));
      const parameters = bodiless.flatMap((operation) => operation.parameters);
      return [
        ...trailsTo(bodiless, "requestBody"),
        ...parameters.filter(({ body }) => body.in === "body").map(({ trail }) => trail),
      ];
    },
  },
  {
    message: finding(
      "open-api-cookie-ignored",
      "API Management ignores parameters in cookies.",
      "Use a header or a query parameter.",
    ),
    trails: ({ parameters }) => trailsOf(parameters, (body) => body.in === "cookie"),
  },
  {
    message: finding(
      "open-api-form-parameter-ignored",
      "API Management ignores form parameters.",
      "Remove them, unless other tools need them.",
    ),
    trails: ({ parameters }) => trailsOf(parameters, (body) => body.in === "formData"),
  },
  {
    message: finding(
      "open-api-style-ignored",
      "API Management ignores style and explode of query parameters: it reads arrays as style: form with explode: true.",
      "Use this style.",
    ),
    trails: ({ parameters }) => trailsOf(parameters, hasOtherStyle),
  },
  {
    message: finding(
      "open-api-webhooks-ignored",
      "API Management ignores webhooks.",
      "Remove them, unless other tools need them.",
    ),
    trails: ({ root }) => trailsTo([{ trail: [], body: root }], "webhooks"),
  },
  {
    message: finding(
      "open-api-external-schema",
      "API Management reads no other documents, so a schema that refers to another document stays empty.",
      "Bundle the documents into one.",
    ),
    trails: externalSchemas,
  },
  {
    message: finding(
      "open-api-recursive-schema",
      "API Management does not support a schema that contains itself.",
      "Replace the inner reference by an object without properties.",
    ),
    trails: recursiveSchemas,
  },
];

/**
 * What API Management ignores without an error. Of each kind the first place, and how many more there are.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-api-import-restrictions
 */
export function ignoredParts(content: Content): OpenApiFinding[] {
  const ignored = OMISSIONS.flatMap(({ message, trails }) => {
    const [trail, ...others] = trails(content);
    return trail ? [{ trail, ofKey: true, message, repeats: others.length }] : [];
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
export function renamedOperations({ operations }: Content): OpenApiFinding[] {
  return repeated(operations, ({ name }) => name).flatMap(([operation]) => {
    const { operationId } = operation.body;
    if (typeof operationId !== "string") return [];
    const message = finding(
      "open-api-operation-renamed",
      `The operation ID "${shown(operationId)}" becomes the name "${operation.name}", which another operation has, so API Management appends a number.`,
      "Use an operation ID that stays unique in lower case, with hyphens for all but letters and digits.",
    );
    return [{ trail: [...operation.trail, "operationId"], message }];
  });
}

function trailsTo(holders: readonly Part[], key: string): Trail[] {
  return holders.filter(({ body }) => key in body).map(({ trail }) => [...trail, key]);
}

function trailsOf(parameters: readonly Part[], holds: (body: JsonObject) => boolean): Trail[] {
  return parameters.filter(({ body }) => holds(body)).map(({ trail }) => trail);
}

function hasOtherStyle({ in: place, style, explode, collectionFormat }: JsonObject): boolean {
  if (place !== "query") return false;
  return (
    (style !== undefined && style !== "form") ||
    explode === false ||
    (collectionFormat !== undefined && collectionFormat !== "multi")
  );
}
