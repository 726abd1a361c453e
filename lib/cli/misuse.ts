import { finding } from "../core/fail";

/** A wrong command line. Its message is a finding. */
export class UsageError extends Error {}

/** What a command needs cannot be read. Its message is a finding. */
export class InputError extends Error {}

/** Throws what is wrong with the command line. */
export function misuse(id: string, text: string, remedy: string): never {
  throw new UsageError(finding(id, text, remedy));
}
