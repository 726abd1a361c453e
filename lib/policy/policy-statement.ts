/** A section of a policy document. */
export enum PolicySection {
  /** Before the request is forwarded. */
  INBOUND = "inbound",
  /** How the request is forwarded. Holds one statement at most. */
  BACKEND = "backend",
  /** After the backend has answered. */
  OUTBOUND = "outbound",
  /** When a statement has failed. */
  ON_ERROR = "on-error",
}

/** Where in the order of the inbound section a statement belongs. In other sections the order is that of writing. */
export enum PolicySlot {
  /** First of all, before `<base />`. */
  CORS = "cors",
  /** Before `<base />`, after `cors`: who gets in at all, whatever the document does? */
  ACCESS = "access",
  /** After `<base />`: who is the consumer? */
  VALIDATION = "validation",
  /** What the backend is told about the consumer. */
  CALLER_IDENTITY = "caller-identity",
  /** Everything else that the user adds. */
  USER = "user",
  /** What is kept from the backend. */
  CLEANUP = "cleanup",
  /** Which backend is called. */
  ROUTING = "routing",
  /** With which token it is called: last. */
  TOKEN = "token",
}

/** What a statement writes into a policy document. */
export interface PolicyStatementConfig {
  /** The section it stands in. */
  readonly section: PolicySection;

  /** Its place in the inbound section; of no effect in the others. */
  readonly slot: PolicySlot;

  /** What it is, in kebab-case; part of the `id` that its elements get. */
  readonly kind: string;

  /** Its elements, well-formed, in API Management's own way of writing, relative indentation by two spaces. */
  readonly xml: string;
}

/** A statement of a policy document, made by `PolicyStatement`. */
export interface IPolicyStatement {
  /** Called by the document that the statement is put into. */
  render(): PolicyStatementConfig;
}
