/** The nearest path that API Management accepts. */
export function pathSuggestion(path: string): string {
  return path.replace(/^\/+|\/+$/g, "").replace(/[^\w\-/.:]+/g, "-");
}
