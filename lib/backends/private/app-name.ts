import { Construct } from "constructs";
import { checkName, globallyUniqueName, kebabCase, NAME_RULES } from "../../core/names";
import { AppProps } from "../app-props";

/**
 * How much of its name a function app is known by to its host: two apps of one storage account must differ in it.
 *
 * @see https://learn.microsoft.com/azure/azure-functions/storage-considerations#host-id-considerations
 */
export const HOST_ID_LENGTH = 32;

/** The name that the user gave to an app, or one that nobody else in Azure has. */
export function appName(scope: Construct, props: AppProps, defaultName: string, maxLength: number): string {
  return props.appName !== undefined
    ? checkName(scope, NAME_RULES.app, props.appName, kebabCase(props.appName))
    : globallyUniqueName(scope, defaultName, props.resourceGroup, maxLength);
}
