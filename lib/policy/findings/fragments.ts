import { attributeOf } from "../syntax/source-tree";
import { isOfRequest } from "./located";
import { policiesThat, PolicyRule } from "./rule";

/** A fragment that a statement includes is known to the author of the statement. */
export const FRAGMENT_NOT_VISIBLE: PolicyRule = {
  id: "fragment-not-visible",
  severity: "warning",
  finds: policiesThat(
    (located) =>
      located.element.name === "include-fragment" &&
      !located.aside &&
      isOfRequest(located) &&
      located.statement === undefined,
    ({ element }) => attributeOf(element, "fragment-id") ?? "",
  ),
  says: ({ value }) => `The content of the fragment "${value}" is not visible here.`,
  resolutions: () => ["make sure that it neither chooses a backend nor sets Authorization"],
};
