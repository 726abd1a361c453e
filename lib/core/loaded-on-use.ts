/** An object whose properties are loaded when they are first read, each by the function with its name. */
export function loadedOnUse<T extends Readonly<Record<string, () => unknown>>>(
  load: T,
): { readonly [Name in keyof T]: ReturnType<T[Name]> } {
  const loaded = {} as { [Name in keyof T]: ReturnType<T[Name]> };
  for (const name of Object.keys(load)) {
    const get = (): unknown => {
      const value = load[name]();
      Object.defineProperty(loaded, name, { value });
      return value;
    };
    Object.defineProperty(loaded, name, { get, configurable: true, enumerable: true });
  }
  return loaded;
}
