import { TextLimits } from "../core/text-limits";

const REVISION = { min: 0, max: 256 } as const;

/**
 * How long API Management accepts the texts that it shows. It documents no limit for others, such as the description of an API.
 *
 * @see https://learn.microsoft.com/rest/api/apimanagement/apis/create-or-update
 * @see https://learn.microsoft.com/rest/api/apimanagement/api-operation/create-or-update
 * @see https://learn.microsoft.com/rest/api/apimanagement/api-version-set/create-or-update
 * @see https://learn.microsoft.com/rest/api/apimanagement/product/create-or-update
 * @see https://learn.microsoft.com/rest/api/apimanagement/tag/create-or-update
 */
export const TEXT_LIMITS = {
  api: { of: "API", limits: { displayName: { min: 1, max: 300 }, revisionDescription: REVISION } },
  mcpServer: { of: "MCP server", limits: { displayName: { min: 1, max: 300 } } },
  operation: {
    of: "operation",
    limits: {
      displayName: { min: 1, max: 300 },
      description: { min: 0, max: 1000 },
      urlTemplate: { min: 0, max: 1000 },
    },
  },
  product: { of: "product", limits: { displayName: { min: 1, max: 300 }, description: { min: 0, max: 1000 } } },
  tag: { of: "tag", limits: { displayName: { min: 1, max: 160 } } },
  version: { of: "version", limits: { description: REVISION } },
  versionSet: { of: "version set", limits: { displayName: { min: 1, max: 100 } } },
} satisfies Record<string, TextLimits>;
