import { fail } from "../../../core/fail";
import { allElements, positionOf, SourceTree, textsOf } from "../../syntax/source-tree";
import { escapeTokens } from "./literal";
import { ATTRIBUTE_ENTITIES, Entities } from "./xml";

/** For text, and for attributes in quotes of either kind. */
const ENTITIES: Entities = [...ATTRIBUTE_ENTITIES, ["'", "&apos;"]];

const TOKEN_IN_CODE = /@[({][^]*\$\{TfToken\[/;

/** XML that the user has written, whose Terraform values Terraform escapes. In C#, no escaping would be right. */
export function withEscapedTokens(call: string, tree: SourceTree): string {
  const { text, roots } = tree;
  const code = allElements(roots)
    .flatMap((element) => [...element.attributes, ...textsOf(text, element)])
    .find(({ start, end }) => TOKEN_IN_CODE.test(text.slice(start, end)));
  if (code) {
    const { line, column } = positionOf(text, code.start);
    fail(
      call,
      "terraform-value-in-code",
      `The C# at ${line}:${column} contains a value that only Terraform knows, which could change what the code means.`,
      'Put the value into a named value, and write its name where the C# needs a string: "{{name}}".',
    );
  }
  return escapeTokens(`a value in ${call}`, text, ENTITIES);
}
