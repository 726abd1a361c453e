import { CloudName } from "./hosts";

/**
 * The cloud of a region, by its name or its display name; `undefined` for one that is in no cloud here.
 *
 * @see https://learn.microsoft.com/azure/azure-government/documentation-government-get-started-connect-with-portal
 */
function cloudOfRegion(region: string): CloudName | undefined {
  const name = region.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (/^us(?:gov|dod)/.test(name)) return "usgovernment";
  if (name.startsWith("china")) return "china";
  return /^us(?:sec|nat)|^$/.test(name) ? undefined : "public";
}

/** The cloud of a region, if it is another than that of the stack. */
export function otherCloudOf(region: string, stack: CloudName): CloudName | undefined {
  const cloud = cloudOfRegion(region);
  return cloud === stack ? undefined : cloud;
}
