import { insertedId } from "../inserted";
import { policiesThat, PolicyRule } from "./rule";

/** It may be what closes the API, so it is never dropped without a word. */
export const EARLIER_STATEMENT_STAYS: PolicyRule = {
  id: "earlier-statement-stays",
  severity: "warning",
  finds: policiesThat(
    ({ element, nested, statement }) => !nested && !statement && insertedId(element) !== undefined,
    ({ element }) => insertedId(element)?.kind,
  ),
  says: ({ name, value: kind }) =>
    `An earlier merge inserted <${name}> for a statement "${kind}", which is not among the statements of this merge. <${name}> stays.`,
  resolutions: ({ name }) => [
    "add the statement again, to have it replaced",
    `remove <${name}> from the document`,
    "remove its attribute id, to keep it as your own",
  ],
};
