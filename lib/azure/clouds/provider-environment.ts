import { TerraformProvider, TerraformStack } from "cdktf";
import { Rendered, stackOverrideAt } from "../../core/rendered";
import { providersIn } from "../../core/survey";
import { isToken, lazyLiteral } from "../../core/tokens";
import { CLOUD_NAMES, CloudName, cloudOfEnvironment, CLOUDS } from "./hosts";

/** What a provider says of its cloud: nothing, or one of these. */
export interface Environment {
  readonly cloud?: CloudName;
  /** Why only Terraform knows the cloud, as a message says it. */
  readonly unknown?: string;
  /** A value that stands for no cloud. */
  readonly wrong?: string;
}

/** The providers of a stack that are for a cloud. */
export function providersOf(stack: TerraformStack): TerraformProvider[] {
  return providersIn(stack, "azurerm", "azuread", "azapi");
}

/** The azurerm provider without an alias, or else any. */
export function azurermOf(stack: TerraformStack): TerraformProvider | undefined {
  const providers = providersIn(stack, "azurerm");
  return providers.find(({ alias }) => !alias) ?? providers[0];
}

/** The `environment` that a provider was given. Nothing is rendered. */
export function givenEnvironment(provider: TerraformProvider | undefined): string | undefined {
  const given: unknown = provider && Reflect.get(provider, "environmentInput");
  return typeof given === "string" && given !== "" ? given : undefined;
}

/** What a provider was given. Nothing is rendered, so overrides are not seen. */
export function environmentGivenTo(provider: TerraformProvider): Environment {
  return environmentOf(provider, givenEnvironment(provider), Reflect.get(provider, "metadataHostInput"));
}

/** What a provider renders, once for each block: overrides on the stack are blocks of their own. */
export function environmentsRendered(stack: TerraformStack, provider: TerraformProvider): Environment[] {
  const { terraformResourceType: type } = provider;
  const rendered: Rendered = provider.toTerraform() ?? {};
  const own: Rendered[] = [rendered.provider?.[type] ?? []].flat();
  const overrides: Rendered = Object(stackOverrideAt(stack, ["provider", type]));
  const set = [overrides, ...Object.values(overrides)].map((each) => Object(each) as Rendered);
  return [...own, ...set.filter(({ environment }) => environment !== undefined)].map((block) =>
    environmentOf(provider, block.environment, block.metadata_host),
  );
}

/** With a metadata host, azurerm and azuread read the cloud from there, and not from `environment`. */
function environmentOf(provider: TerraformProvider, environment: unknown, metadataHost: unknown): Environment {
  const { path } = provider.node;
  if (isGiven(metadataHost)) {
    const host = literalOf(provider, metadataHost)?.toLowerCase() ?? "";
    const cloud = CLOUD_NAMES.find((name) => CLOUDS[name].resourceManager.includes(host));
    return cloud ? { cloud } : { unknown: `the metadata host of "${path}" decides it` };
  }
  if (!isGiven(environment)) return {};
  const literal = literalOf(provider, environment);
  if (literal === undefined) return { unknown: `only Terraform knows the environment of "${path}"` };
  const cloud = cloudOfEnvironment(literal);
  return cloud ? { cloud } : { wrong: literal };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

/** The text, if it is known at synth. */
export function literalOf(provider: TerraformProvider, value: unknown): string | undefined {
  const text = String(value);
  return isToken(text) ? lazyLiteral(provider, text) : text;
}
