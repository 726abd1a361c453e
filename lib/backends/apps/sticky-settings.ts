import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { finding } from "../../core/fail";
import { requireList, requireText } from "../../core/given";
import { nearest } from "../../core/nearest";
import { renderedAttributes } from "../../core/rendered";
import { isToken } from "../../core/tokens";
import { warnOnce } from "../../core/warn-once";

/** App settings that azurerm or Azure writes. */
const WRITTEN_FOR_YOU = /^(WEBSITES?_|AzureWebJobs|FUNCTIONS_|APPINSIGHTS_|APPLICATIONINSIGHTS_|ApplicationInsights)/i;

/** The names of the app settings that stay when an app and its slot are swapped. */
export function checkedStickyNames(scope: Construct, names: readonly string[] = []): string[] {
  const example = 'stickySettings: ["ASPNETCORE_ENVIRONMENT"]';
  return requireList(scope, "stickySettings", names, example).map((name) =>
    requireText(scope, "name of a sticky setting", name, example),
  );
}

/** Warns at synth of sticky settings that neither the app nor a slot has, which can be misspelled: the right one would be swapped. */
export function warnOfUnknownSticky(
  scope: Construct,
  names: readonly string[],
  sites: readonly TerraformResource[],
): void {
  const literal = names.filter((name) => !isToken(name) && !WRITTEN_FOR_YOU.test(name));
  if (literal.length === 0) return;
  const warn = (): string[] => {
    const settings = sites.map(settingsOf);
    if (settings.includes(undefined)) return [];
    // Azure ignores case in names of app settings.
    const known = new Map(settings.flatMap((each) => each ?? []).map((name) => [name.toLowerCase(), name]));
    for (const name of literal.filter((each) => !known.has(each.toLowerCase()))) {
      const similar = known.get(nearest(name, known.keys()) ?? "");
      const add = "Add it to appSettings of the app or of a slot, or remove it from stickySettings.";
      warnOnce(
        scope,
        finding(
          "sticky-setting-not-set",
          `"${name}" in stickySettings is not an app setting of the app or of one of its slots.`,
          similar === undefined ? add : `Did you mean "${similar}"? ${add}`,
        ),
      );
    }
    return [];
  };
  scope.node.addValidation({ validate: warn });
}

/** The names of the app settings; `undefined` if only Terraform, or somebody else, knows them. */
function settingsOf(site: TerraformResource): string[] | undefined {
  const { app_settings: settings = {}, lifecycle } = renderedAttributes(site);
  const ignored: unknown[] = [lifecycle?.ignore_changes].flat();
  if (typeof settings !== "object" || ignored.some((name) => /^app_settings/.test(String(name)))) return undefined;
  return Object.keys(settings);
}
