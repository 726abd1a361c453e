/** The properties that take what closes something, and the members by which their values are recognized. */
const CLOSING: Readonly<Record<string, readonly string[]>> = {
  networkAccess: ["_site"],
  network: ["_settings"],
  surface: ["passThroughOptions"],
  policy: ["_isWritten", "_statements"],
  diagnostics: ["_create"],
  callers: ["bindCaller"],
};

/** Other names that come to mind for properties whose values are plain, or constructs. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ["allowedCallers", "callers"],
  ["callersAllowed", "callers"],
  ["allowed", "callers"],
  ["allowedMethods", "methods"],
  ["httpMethods", "methods"],
  ["verbs", "methods"],
  ["claims", "requiredClaims"],
  ["appRegistration", "registration"],
  ["ranges", "addressRanges"],
  // Those of Azure Verified Modules.
  ["privateEndpoints", "networkAccess"],
  ["publicNetworkAccessEnabled", "networkAccess"],
  ["managedIdentities", "additionalIdentities"],
  ["deploymentSlots", "slots"],
  ["servicePlanResourceId", "plan"],
  ["virtualNetworkSubnetId", "virtualNetworkIntegration"],
]);

/** The property that another name stands for. */
export function propertyNamed(name: string): string | undefined {
  return OTHER_NAMES.get(name);
}

/** How deep a value of the library is looked for in plain objects and lists. */
const DEPTH = 3;

/**
 * The property that takes a value of this library which closes something. `undefined` for what is harmless if it is lost: any other
 * value, and constructs, which are in the tree.
 */
export function propertyTaking(value: unknown, depth = DEPTH): string | undefined {
  if (typeof value !== "object" || value === null || "node" in value) return undefined;
  const found = Object.keys(CLOSING).find((property) => CLOSING[property].every((member) => member in value));
  if (found !== undefined || depth === 0 || !isPlain(value)) return found;
  return Object.values(value)
    .map((each) => propertyTaking(each, depth - 1))
    .find((property) => property !== undefined);
}

function isPlain(value: object): boolean {
  return Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value));
}
