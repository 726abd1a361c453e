import { Construct } from "constructs";
import { expressionsIn } from "../core/references";
import { literalOutline } from "../core/tokens";

/** An id that Azure or Entra ID gives to a resource. The identity that a data source reads can be none. */
const ID =
  /^(?:(?:data\.)?azure(?:rm|ad)_\w+\.[\w-]+(?:\[[^\]]*\])?\.(?:\w+_)?id|azurerm_api_management\.[\w-]+\.identity\[0\]\.principal_id)$/;

/**
 * Whether the value is an id that Azure or Entra ID gives, and so has the form of one. References to other stacks are not known.
 *
 * @see docs/design/decisions.md#values-at-plan
 */
export function isComputedId(scope: Construct, value: string): boolean {
  return isOneExpression(scope, value, ID);
}

/** Whether the value is an expression of this form, and nothing else. */
function isOneExpression(scope: Construct, value: string, form: RegExp): boolean {
  const expressions = expressionsIn(scope, value);
  return literalOutline(value, "") === "" && expressions.length === 1 && form.test(expressions[0]);
}

/** Whether every expression in the value, at least one, is an attribute of an azurerm resource, perhaps of some types only. */
export function isOfAzureResource(scope: Construct, value: string, type = "\\w+"): boolean {
  const attribute = `(?:data\\.)?azurerm_(?:${type})\\.[\\w-]+(?:\\[[^\\]]*\\])?\\.\\w+`;
  const form = new RegExp(`^(?:${attribute}|trimsuffix\\(${attribute}, "/"\\))$`);
  const expressions = expressionsIn(scope, value);
  return expressions.length > 0 && expressions.every((each) => form.test(each));
}

const CONTAINER_APP_HOST = /^(?:data\.)?azurerm_container_app\.[\w-]+\.ingress\[0\]\.fqdn$/;

/** The same for the host of an address: that of a container app is in a block. */
export function isHostOfAzureResource(scope: Construct, url: string): boolean {
  const expressions = expressionsIn(scope, url);
  return isOfAzureResource(scope, url) || (expressions.length === 1 && CONTAINER_APP_HOST.test(expressions[0]));
}

const OWN_CLIENT_ID = /^azuread_application(?:_registration)?\.[\w-]+(?:\[[^\]]*\])?\.client_id$/;

/** Whether it is the client ID of an app registration of the stack, and so not one of Microsoft's. */
export function isOwnClientId(scope: Construct, value: string): boolean {
  return isOneExpression(scope, value, OWN_CLIENT_ID);
}
