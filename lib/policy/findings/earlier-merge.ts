import { insertedId } from "../inserted";
import { policiesThat, PolicyRule } from "./rule";

/** It may be what closes the API, so it is never dropped without a word. */
export const EARLIER_STATEMENT_STAYS: PolicyRule = {
  id: "earlier-statement-stays",
  severity: "warning",
  finds: policiesThat(
    ({ element, nested }) => !nested && insertedId(element) !== undefined,
    ({ element }) => insertedId(element)!.kind,
  ),
  says: ({ name, value: kind }) =>
    `An earlier merge inserted <${name}> for a statement "${kind}", which is not among the statements of this merge. <${name}> stays.`,
  resolutions: ({ name }) => [
    "add the statement again, to have it replaced",
    `remove <${name}> from the document`,
    "remove its attribute id, to keep it as your own",
  ],
};

/** Of what the gateway inserted, only what it would insert itself is replaced. */
export const EARLIER_STATEMENT_EDITED: PolicyRule = {
  id: "earlier-statement-edited",
  severity: "warning",
  finds: ({ edited }) => edited,
  says: ({ name }) =>
    `<${name}> was changed after an earlier merge inserted it. This merge replaces <${name}>, so the change is lost.`,
  resolutions: ({ name }) => [
    "write the change in the statement",
    `remove the attribute id of <${name}>, to keep it as your own`,
  ],
};
