import { remembered } from "../../core/remembered";

/** How long a name of an operation is at most. */
const MAX_LENGTH = 76;

/**
 * The names that API Management gives to operations. Operations can share a long operation ID or path, which is read once.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-api-import-restrictions#add-new-api-via-openapi-import
 */
export class OperationNames {
  private readonly ofIds = new Map<string, string>();
  private readonly endsOfPaths = new Map<string, string>();

  public of(method: string, path: string, operationId: unknown): string {
    if (typeof operationId === "string" && operationId !== "")
      return remembered(this.ofIds, operationId, () => dashed(operationId).replace(/^-/, "").slice(0, MAX_LENGTH));
    const end = remembered(this.endsOfPaths, path, () => dashed(`-${path}`).slice(0, MAX_LENGTH));
    return `${method}${end}`.slice(0, MAX_LENGTH);
  }
}

function dashed(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/-$/, "");
}
