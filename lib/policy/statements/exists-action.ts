/** What happens to values that a header or query parameter already has. */
export enum ExistsAction {
  /** They are replaced with the new value. */
  OVERRIDE = "override",
  /** They are kept, and the new value is added. */
  APPEND = "append",
  /** They are kept, and the new value is dropped. */
  SKIP = "skip",
}
