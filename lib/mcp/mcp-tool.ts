import { Construct } from "constructs";
import type { ApiManagementApiOperation } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import { fail } from "../core/fail";
import { requireGiven, requireList, requireText } from "../core/given";
import { requireLiteral } from "../core/literal";
import { checkName, NameRule } from "../core/names";
import { repeated } from "../core/repeated";
import { PropertyNames, requireOnly } from "../core/property-names";
import { NAME_RULES } from "../gateway/name-rules";

/** An operation of an API as a tool of an MCP server. */
export interface McpTool {
  /** Name of the tool, by which models call it: 1 to 80 letters, digits, `_` and `-`. A plain string. */
  readonly name: string;

  /** What the tool does and when to use it, at most 1000 characters. Models choose tools by it. */
  readonly description: string;

  /** Name of the operation: `operationId` in `ApiSurface.operations`, or the one that API Management makes of a document. */
  readonly operationId: string;
}

/** The names of its properties. */
const MCP_TOOL: PropertyNames<McpTool> = { description: true, name: true, operationId: true };

/** The API whose operations are tools. */
export interface ToolApi {
  readonly node: { readonly path: string };
  readonly _operationIds?: readonly string[];
  readonly operations: readonly ApiManagementApiOperation[];
}

/** @see https://learn.microsoft.com/rest/api/apimanagement/api-tool/create-or-update */
const TOOL_NAME: NameRule = {
  what: "name of a tool",
  pattern: /^\w(?:[\w-]{0,78}\w)?$/,
  allowed: "1 to 80 letters, digits, _ and -, with no hyphen first or last",
};

const MOST_CHARACTERS = 1000;

const EXAMPLE = 'tools: [{ name: "list_orders", description: "Lists the orders.", operationId: "get-orders" }]';

/** The tools, whose operations exist as far as they are known. */
export function checkedTools(scope: Construct, api: ToolApi, tools: readonly McpTool[]): readonly McpTool[] {
  if (requireList(scope, "tools", tools, EXAMPLE).length === 0)
    fail(scope, "no-tools", "The list of tools is empty, so clients could do nothing.", `Write ${EXAMPLE}.`);
  const ids = api._operationIds && new Set(api._operationIds);
  const created = operationsById(api.operations);
  for (const tool of tools) checkTool(scope, api, tool, { ids, created });
  const [same] = repeated(tools, ({ name }) => name.toLowerCase());
  if (same)
    fail(
      scope,
      "tool-name-taken",
      `Two tools have the name "${same[0].name}". API Management does not distinguish upper and lower case.`,
      "Write another name for one of them.",
    );
  return tools;
}

/** The operations of an API, where they are found by name. */
interface Operations {
  /** None if they are not known. */
  readonly ids?: ReadonlySet<string>;
  readonly created: ReadonlyMap<string, ApiManagementApiOperation>;
}

function checkTool(scope: Construct, api: ToolApi, tool: McpTool, operations: Operations): void {
  requireGiven(scope, tool, { name: "an entry of tools", texts: ["name", "operationId"], example: EXAMPLE });
  requireOnly(scope, "an entry of tools", tool, { names: MCP_TOOL, example: EXAMPLE });
  const { name, description, operationId } = tool;
  requireLiteral(scope, "The name of a tool", name);
  checkName(scope, TOOL_NAME, name, name.replace(/[^\w-]+/g, "_"));
  requireText(scope, `description of tool "${name}"`, description, 'description: "Lists the orders of a customer."');
  const { length } = description.trim();
  if (length < 1 || length > MOST_CHARACTERS)
    fail(
      scope,
      "tool-description",
      `The description of tool "${name}" has ${length} characters.`,
      `Say in 1 to ${MOST_CHARACTERS} characters what the tool does and when to use it: models choose tools by their descriptions.`,
    );
  requireLiteral(scope, `The operationId of tool "${name}"`, operationId);
  checkName(scope, NAME_RULES.operation, operationId);
  checkOperation(scope, api, tool, operations);
}

function checkOperation(
  scope: Construct,
  { node, _operationIds: known = [] }: ToolApi,
  tool: McpTool,
  { ids, created }: Operations,
): void {
  if (ids && !ids.has(tool.operationId))
    fail(
      scope,
      "unknown-tool-operation",
      `The tool "${tool.name}" is the operation "${tool.operationId}", but the API "${node.path}" has no such operation.`,
      `Use one of ${known.map((operation) => `"${operation}"`).join(", ")}.`,
    );
  const template = created.get(tool.operationId)?.urlTemplateInput ?? "";
  if (template.includes("*"))
    fail(
      scope,
      "wildcard-tool",
      `The tool "${tool.name}" is the operation "${tool.operationId}" with the URL template "${template}", so a model would not know its parameters.`,
      `List the operation on "${node.path}": surface: ApiSurface.operations([{ method: HttpMethod.GET, urlTemplate: "/orders/{id}" }]).`,
    );
}

/** The created operations of an API, by their names. */
export function operationsById(
  operations: readonly ApiManagementApiOperation[],
): ReadonlyMap<string, ApiManagementApiOperation> {
  return new Map(operations.map((operation) => [operation.operationIdInput ?? "", operation]));
}
