import { TerraformProvider, TerraformStack } from "cdktf";
import { finding } from "../../core/fail";
import { renderedAttributes } from "../../core/rendered";
import { resourcesIn } from "../../core/survey";
import { isToken } from "../../core/tokens";
import { CloudName, CLOUDS } from "./hosts";
import { environmentsRendered, providersOf } from "./provider-environment";
import { otherCloudOf } from "./regions";

/** The cloud that the resources of a stack are written for. */
export interface StackCloud {
  readonly name: CloudName;
  /** Who asked first. What it wrote cannot change later. */
  readonly askedBy: string;
  /** Whether `AzureCloud.use` said it. */
  readonly isSaid: boolean;
  /** Whether the stack had an azurerm provider then. */
  readonly hadProvider: boolean;
}

/** What in a stack is for another cloud than the resources of the library. */
export function cloudFindings(stack: TerraformStack, asked: StackCloud): string[] {
  return [...providerFindings(stack, asked), ...regionFindings(stack, asked.name)];
}

function providerFindings(stack: TerraformStack, asked: StackCloud): string[] {
  const said = providersOf(stack).flatMap((provider) =>
    environmentsRendered(stack, provider).map((environment) => ({ provider, ...environment })),
  );
  const isWritten = said.some(({ provider, cloud }) => provider.terraformResourceType === "azurerm" && cloud);
  return said.flatMap(({ provider, cloud, unknown, wrong }) => {
    if (wrong !== undefined) return [wrongEnvironment(provider, wrong)];
    if (unknown !== undefined) return asked.isSaid ? [] : [unknownLater(provider, asked)];
    // Without an environment, Terraform reads it from a variable, unless the code has it for azurerm.
    if (cloud === undefined && asked.isSaid && !isWritten) return [];
    return (cloud ?? "public") === asked.name ? [] : [ofAnotherCloud(provider, asked, cloud)];
  });
}

function wrongEnvironment({ node }: TerraformProvider, environment: string): string {
  const { path } = node;
  return finding(
    "unknown-environment",
    `The provider "${path}" has the environment "${environment}", which stands for no cloud that the library knows.`,
    'Write environment: "public", "usgovernment", "usgovernmentl5" or "china".',
  );
}

function unknownLater({ node }: TerraformProvider, { askedBy, name }: StackCloud): string {
  const { title: thisCloud } = CLOUDS[name];
  return finding(
    "cloud-unknown-later",
    `Only Terraform knows the environment of the provider "${node.path}", and "${askedBy}" was created for ${thisCloud}.`,
    'Write a literal on the provider, such as environment: "usgovernment". Or write AzureCloud.use(this, AzureCloud.US_GOVERNMENT) ' +
      "before you create anything else in the stack.",
  );
}

function ofAnotherCloud(provider: TerraformProvider, asked: StackCloud, cloud?: CloudName): string {
  const { terraformResourceType: type, node } = provider;
  const { title: thisCloud } = CLOUDS[asked.name];
  const { title: otherCloud } = CLOUDS[cloud ?? "public"];
  if (type === "azurerm" && cloud !== undefined && !asked.hadProvider && !asked.isSaid)
    return finding(
      "cloud-known-too-late",
      `The azurerm provider "${node.path}" is for ${otherCloud}, but "${asked.askedBy}" was created before it, for ${thisCloud}.`,
      "Create the provider before everything else in the stack.",
    );
  const forOther =
    type === "azurerm" && cloud !== undefined && !asked.isSaid
      ? `If the stack is for ${otherCloud}, write environment: "${cloud}" in its constructor. Overrides and aspects come too late.`
      : "Use another stack for another cloud.";
  const why = cloud === undefined ? ", because it has no environment" : "";
  return finding(
    "provider-of-another-cloud",
    `The ${type} provider "${node.path}" is for ${otherCloud}${why}, but the stack is for ${thisCloud}.`,
    `Write environment: "${asked.name}" on it. ${forOther}`,
  );
}

/** The resource groups of a stack that are in a region of another cloud. */
function regionFindings(stack: TerraformStack, name: CloudName): string[] {
  return resourcesIn(stack, "azurerm_resource_group").flatMap((group) => {
    const region = String(renderedAttributes(group).location ?? "");
    const cloud = !isToken(region) ? otherCloudOf(region, name) : undefined;
    if (cloud === undefined) return [];
    const { title: thisCloud } = CLOUDS[name];
    const { title: otherCloud } = CLOUDS[cloud];
    return [
      finding(
        "resource-group-of-another-cloud",
        `The resource group "${group.node.path}" is in the region "${region}" of ${otherCloud}, but the stack is for ${thisCloud}.`,
        `Write a region of the cloud of the stack. If the stack is for ${otherCloud}, write environment: "${cloud}" on its providers.`,
      ),
    ];
  });
}
