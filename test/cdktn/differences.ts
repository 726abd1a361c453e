/** What two values differ in, a line each: the path, and what was and what is. Nothing if they are equal. */
export function differences(was: unknown, is: unknown, path = ""): string[] {
  if (Object.is(was, is)) return [];
  if (!isObject(was) || !isObject(is) || Array.isArray(was) !== Array.isArray(is))
    return [`${path}: ${shown(was)} is ${shown(is)}`];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
  return names.flatMap((name) => differences(was[name], is[name], path === "" ? name : `${path}.${name}`));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function shown(value: unknown): string {
  return value === undefined ? "absent" : JSON.stringify(value);
}
