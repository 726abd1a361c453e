import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { originalOf } from "../core/claims";
import { fail, finding } from "../core/fail";
import { lookupOf } from "../core/lookup";
import { renderedAttributes } from "../core/rendered";
import { resourcesIn, surveyOf } from "../core/survey";
import { expressionOf, isToken, resolved } from "../core/tokens";
import type { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import type { DataAzurermApiManagement } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management";
import { IApimGateway } from "../gateway/gateway";
import { isLookedUpService, isService } from "../gateway/service";

/** An API that a stack declares, with the texts by which Terraform knows it. */
interface DeclaredApi {
  readonly path: string;
  readonly name: unknown;
  readonly service: unknown;
}

const REFERENCE = /^\$\{azurerm_api_management_api\.[\w-]+\.(?:name|id)\}$/;

/** Refuses the name of an API that the stack itself declares: it does not exist yet when Terraform reads it. */
export function refuseDeclared(scope: Construct, gateway: IApimGateway, apiName: string): void {
  const expression = typeof apiName === "string" && isToken(apiName) ? expressionOf(scope, apiName) : undefined;
  if (expression !== undefined && REFERENCE.test(expression))
    fail(
      scope,
      "existing-api-by-reference",
      `ApiSurface.existingApi received ${expression.slice(2, -1)} of an API that this stack declares, which does not exist yet when ` +
        "Terraform reads it.",
      "Write surface: ApiSurface.fromApi(api) with your ApiManagementApi object.",
    );
  const stack = TerraformStack.of(scope);
  const found = surveyOf(stack, "declared-apis-by-name", () =>
    lookupOf(declaredApis(stack), ({ name, service }) => keyOf(name, service)),
  );
  scope.node.addValidation({
    validate: () => {
      const keys = serviceTexts(scope, gateway).flatMap((service) => keyOf(apiName, service));
      return found()(keys).map(({ path }) =>
        finding(
          "existing-api-declared-here",
          `The API "${apiName}" of ApiSurface.existingApi is declared in this stack, as "${path}". It does not exist yet when Terraform ` +
            "reads it.",
          "Write surface: ApiSurface.fromApi(api) with that object.",
        ),
      );
    },
  });
}

function declaredApis(stack: TerraformStack): DeclaredApi[] {
  return resourcesIn(stack, "azurerm_api_management_api").map((api) => {
    const { name, api_management_name: service } = renderedAttributes(api);
    return { path: api.node.path, name: resolved(api, name), service: resolved(api, service) };
  });
}

/** The texts that name the service of a gateway: a reference, and the literal that it is created or looked up with. */
export function serviceTexts(scope: Construct, gateway: IApimGateway): unknown[] {
  const { apimName } = gateway;
  return [apimName, writtenName(gateway) ?? apimName].map((text) => resolved(scope, text));
}

function writtenName(gateway: IApimGateway): string | undefined {
  const service = serviceOf(gateway);
  // What a created name consists of can be in another stack.
  return isService(service) && isToken(service.nameInput ?? "") ? undefined : service?.nameInput;
}

/** The resource or the data source of a gateway. */
export function serviceOf(gateway: IApimGateway): ApiManagement | DataAzurermApiManagement | undefined {
  const original = originalOf(gateway);
  const resource = original.node.tryFindChild("Resource");
  return isLookedUpService(resource) ? resource : [resource, original].find(isService);
}

/** Whether two texts are one name: references by their text, literals without case. */
export function isSame(one: unknown, other: unknown): boolean {
  return typeof one === "string" && typeof other === "string" && folded(one) === folded(other);
}

/** The key of these names, the same for names that are the same: none if one of them is no text. */
export function keyOf(...names: readonly unknown[]): string[] {
  return names.every((name) => typeof name === "string") ? [JSON.stringify(names.map(folded))] : [];
}

/** Azure does not tell capital letters from small ones, but Terraform does. */
function folded(name: string): string {
  return name.replace(/\$\{[^}]*\}|[^$]+/g, (part) => (part.startsWith("${") ? part : part.toLowerCase()));
}
