/** What happens to the values that a header or query parameter already has. */
export enum ExistsAction {
  /** They are replaced. */
  OVERRIDE = "override",
  /** They are kept, and the new one is added. */
  APPEND = "append",
  /** They are kept, and the new one is dropped. */
  SKIP = "skip",
}
