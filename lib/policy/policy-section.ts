/** A section of a policy document. */
export enum PolicySection {
  /** Before the request is forwarded. */
  INBOUND = "inbound",
  /** How the request is forwarded. Holds at most one statement. */
  BACKEND = "backend",
  /** After the backend has answered. */
  OUTBOUND = "outbound",
  /** After a statement has failed. */
  ON_ERROR = "on-error",
}
