/** The nearest path that API Management would take. */
export function pathSuggestion(path: string): string {
  return path.replace(/^\/+|\/+$/g, "").replace(/[^\w\-/.:]+/g, "-");
}
