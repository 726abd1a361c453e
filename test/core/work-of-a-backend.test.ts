import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { ApimGateway, ApimSku, Backend } from "cdktf-secure-apim-backend";
import { EVERY_BACKEND, WithBackend } from "../backends/every-backend";
import { NEW } from "../backends/gateways";
import { newId } from "../growth/stacks";
import { added, Added, tallies, Tally } from "../helpers/tally";

/*
 * What one more backend costs, counted: resources, tokens, walks of the construct tree, passes over policy texts and renderings. A number
 * that changes has a reason. If it is a good one, write the new number. A new kind in kinds.ts or other-kinds.ts gets a row in WORK.
 * With `PLACES=1`, a test prints the lines that add tokens, walks, renderings and readings.
 */

/** For comparison. */
const OF_CDKTF: WithBackend = {
  make: (scope, name) => void new StorageContainer(scope, "Resource", { name, storageAccountId: "/files" }),
  sku: ApimSku.BASIC_V2,
};

const ROWS: Readonly<Record<string, WithBackend>> = { "a resource of cdktf": OF_CDKTF, ...EVERY_BACKEND };

/** Fills a stack with so many backends of a kind behind one gateway. */
function filled(kind: string): (stack: TerraformStack, count: number) => void {
  const { make, sku } = ROWS[kind];
  return (stack, count) => {
    const gateway = new ApimGateway(stack, "Gateway", { ...NEW, sku });
    for (let i = 0; i < count; i++) make(new Construct(stack, `Scope${i}`), newId(), gateway);
  };
}

/**
 * What one more of a kind adds. Tokens are those at construction, and those at validation and when the stack is written. A walk visits
 * each construct of the tree, for JSON and for HCL. A reading is a pass over the text of a policy.
 */
const WORK: Record<string, string> = {
  "a resource of cdktf": "1 resources, 1 + 0 tokens, 11 + 5 walks, 0 readings",
  functionApp: "16 resources, 173 + 5 tokens, 15 + 6 walks, 3 readings",
  "functionApp on elastic premium": "16 resources, 173 + 5 tokens, 15 + 6 walks, 3 readings",
  windowsFunctionApp: "16 resources, 172 + 5 tokens, 15 + 6 walks, 3 readings",
  "windowsFunctionApp on elastic premium": "16 resources, 172 + 5 tokens, 15 + 6 walks, 3 readings",
  flexFunctionApp: "17 resources, 172 + 5 tokens, 15 + 6 walks, 3 readings",
  webApp: "14 resources, 152 + 4 tokens, 14 + 6 walks, 3 readings",
  windowsWebApp: "14 resources, 155 + 4 tokens, 14 + 6 walks, 3 readings",
  fromLinuxFunctionApp: "14 resources, 167 + 4 tokens, 14 + 6 walks, 3 readings",
  fromWindowsFunctionApp: "14 resources, 165 + 4 tokens, 14 + 6 walks, 3 readings",
  fromFlexFunctionApp: "13 resources, 129 + 4 tokens, 14 + 6 walks, 3 readings",
  fromLinuxWebApp: "14 resources, 190 + 4 tokens, 14 + 6 walks, 3 readings",
  fromWindowsWebApp: "14 resources, 195 + 4 tokens, 14 + 6 walks, 3 readings",
  "functionApp with a slot": "18 resources, 212 + 6 tokens, 15 + 6 walks, 3 readings",
  "windowsFunctionApp with a slot": "18 resources, 210 + 6 tokens, 15 + 6 walks, 3 readings",
  "webApp with a slot": "15 resources, 199 + 4 tokens, 14 + 6 walks, 3 readings",
  "windowsWebApp with a slot": "15 resources, 204 + 4 tokens, 14 + 6 walks, 3 readings",
  "functionApp from an image": "16 resources, 173 + 5 tokens, 15 + 6 walks, 3 readings",
  "webApp from an image": "14 resources, 152 + 4 tokens, 14 + 6 walks, 3 readings",
  "pool of two apps with one registration": "20 resources, 244 + 6 tokens, 22 + 8 walks, 3 readings",
  url: "9 resources, 65 + 1 tokens, 13 + 6 walks, 3 readings",
  upstreamApim: "21 resources, 166 + 8 tokens, 15 + 6 walks, 7 readings",
  existingApp: "13 resources, 99 + 4 tokens, 21 + 8 walks, 3 readings",
  containerApp: "15 resources, 126 + 5 tokens, 21 + 8 walks, 3 readings",
  fromContainerApp: "14 resources, 120 + 5 tokens, 21 + 8 walks, 3 readings",
  fromLogicAppStandard: "14 resources, 110 + 5 tokens, 21 + 8 walks, 3 readings",
  keyVault: "9 resources, 66 + 1 tokens, 13 + 6 walks, 4 readings",
  blobStorage: "9 resources, 66 + 1 tokens, 13 + 6 walks, 4 readings",
  serviceBus: "9 resources, 66 + 1 tokens, 13 + 6 walks, 3 readings",
  eventHubs: "9 resources, 66 + 1 tokens, 13 + 6 walks, 3 readings",
  aiSearch: "9 resources, 66 + 1 tokens, 13 + 6 walks, 6 readings",
  azureOpenAi: "9 resources, 66 + 1 tokens, 13 + 6 walks, 6 readings",
  azureOpenAiV1: "9 resources, 66 + 1 tokens, 13 + 6 walks, 6 readings",
  foundryProject: "9 resources, 66 + 1 tokens, 13 + 6 walks, 6 readings",
  azureResource: "9 resources, 66 + 1 tokens, 13 + 6 walks, 3 readings",
  "MCP server in an app": "11 resources, 121 + 11 tokens, 22 + 8 walks, 10 readings",
  "MCP server with tools": "13 resources, 91 + 16 tokens, 22 + 8 walks, 15 readings",
};

/** How often each is rendered. cdktf renders everything twice, and what is guarded is checked at validation, and when it is written. */
const RENDERINGS: Record<string, string> = {
  azapi: "3",
  azapi_resource: "7",
  azapi_update_resource: "4",
  azuread: "3",
  azuread_app_role_assignment: "2",
  azuread_application: "4",
  azuread_service_principal: "4",
  azurerm: "3",
  azurerm_api_management: "4",
  azurerm_api_management_api: "4",
  azurerm_api_management_api_operation: "4",
  azurerm_api_management_api_policy: "4",
  azurerm_api_management_backend: "4",
  azurerm_client_config: "2",
  azurerm_container_app: "4",
  azurerm_container_app_environment: "2",
  azurerm_function_app_flex_consumption: "4",
  azurerm_linux_function_app: "4",
  azurerm_linux_function_app_slot: "6",
  azurerm_linux_web_app: "4",
  azurerm_linux_web_app_slot: "6",
  azurerm_logic_app_standard: "3",
  azurerm_role_assignment: "2",
  azurerm_service_plan: "2",
  azurerm_storage_account: "4",
  azurerm_storage_container: "2",
  azurerm_windows_function_app: "4",
  azurerm_windows_function_app_slot: "6",
  azurerm_windows_web_app: "4",
  azurerm_windows_web_app_slot: "6",
};

/** The azurerm provider reaches the storage account of a function app, and is checked for it. */
const STORAGE = { azurerm: "4" };

/** The same for a kind, where it differs. An app of the user's own is checked once more. */
const OTHER_RENDERINGS: Record<string, Record<string, string>> = {
  functionApp: STORAGE,
  "functionApp on elastic premium": STORAGE,
  "functionApp with a slot": STORAGE,
  "functionApp from an image": STORAGE,
  windowsFunctionApp: STORAGE,
  "windowsFunctionApp on elastic premium": STORAGE,
  "windowsFunctionApp with a slot": STORAGE,
  flexFunctionApp: STORAGE,
  "pool of two apps with one registration": STORAGE,
  fromLinuxFunctionApp: { azurerm_linux_function_app: "5", azurerm_linux_function_app_slot: "7" },
  fromWindowsFunctionApp: { azurerm_windows_function_app: "5", azurerm_windows_function_app_slot: "7" },
  fromFlexFunctionApp: { azurerm_function_app_flex_consumption: "5" },
  fromLinuxWebApp: { azurerm_linux_web_app: "5", azurerm_linux_web_app_slot: "7" },
  fromWindowsWebApp: { azurerm_windows_web_app: "5", azurerm_windows_web_app_slot: "7" },
  fromContainerApp: { azurerm_container_app: "5" },
  fromLogicAppStandard: { azapi_update_resource: "6" },
  upstreamApim: { azurerm_api_management_backend: "4 or 5" },
  "MCP server with tools": { azapi_resource: "5" },
};

function shown({ resources, tokens, laterTokens, visits, hclVisits, constructs, readings }: Added): string {
  const walks = `${visits / constructs} + ${hclVisits / constructs} walks`;
  return `${resources} resources, ${tokens} + ${laterTokens} tokens, ${walks}, ${readings} readings`;
}

/** How often the resources of each type are rendered; for those of one type that differ: `4 or 5`. */
function renderingsIn({ renderingsByType }: Tally): Record<string, string> {
  const each = Object.entries(renderingsByType);
  return Object.fromEntries(each.map(([type, times]) => [type, [...new Set(times)].sort().join(" or ")]));
}

test("every factory of Backend has a kind", () => {
  const factories = Object.getOwnPropertyNames(Backend).filter(
    (name) => typeof Reflect.get(Backend, name) === "function",
  );
  const ofKinds = Object.keys(WORK).map((kind) => kind.split(" ")[0]);
  expect(factories.filter((name) => !ofKinds.includes(name))).toEqual([]);
});

describe.each(Object.keys({ ...ROWS, ...WORK }))("one more of: %s", (kind) => {
  let one: Tally;
  let two: Tally;

  beforeAll(() => {
    [one, two] = tallies(kind, filled(kind));
  });

  test("costs what the table says", () => {
    expect(shown(added(one, two))).toBe(WORK[kind]);
  });

  test("is rendered as often as the table says, and never at construction", () => {
    const renderings = renderingsIn(two);
    const expected = Object.keys(renderings).map((type) => [type, OTHER_RENDERINGS[kind]?.[type] ?? RENDERINGS[type]]);
    expect(renderings).toEqual(Object.fromEntries(expected));
    expect(two.renderingsAtConstruction).toBe(0);
  });
});
