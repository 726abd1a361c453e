import { PolicyDocument } from "../policy-document";
import { PolicySection } from "../policy-section";
import { FORWARDING_KIND } from "./caller-headers";
import { TOKEN_VALIDATIONS } from "../findings/located";
import { PREFIX } from "../merge/statement-text";
import { attributeOf, SourceElement, SourceTree } from "../syntax/source-tree";

const VARIABLE = /context\.Variables\["([^"]+)"\]/;

/**
 * The variable that the caller's identity is read from, if no validation in the merged document sets it before. Every request would
 * fail, or the identity would come from a token that is not validated.
 */
export function tokenVariableWithoutValidation(document: PolicyDocument): string | undefined {
  const statement = document._statements.find(({ kind }) => kind === FORWARDING_KIND);
  const variable = statement && VARIABLE.exec(statement.xml)?.[1];
  if (variable === undefined) return undefined;
  const inbound = inboundOf(document._merged());
  const reader = inbound.findIndex((element) => isForwarding(element));
  const validated = inbound
    .slice(0, Math.max(reader, 0))
    .some((element) => TOKEN_VALIDATIONS.has(element.name) && fills(element, variable));
  return validated ? undefined : variable;
}

function inboundOf({ roots }: SourceTree): readonly SourceElement[] {
  const sections = roots.flatMap(({ children }) => children);
  return sections.find(({ name }) => name === PolicySection.INBOUND)?.children ?? [];
}

function isForwarding(element: SourceElement): boolean {
  return attributeOf(element, "id")?.startsWith(`${PREFIX}${FORWARDING_KIND}-`) ?? false;
}

function fills(element: SourceElement, variable: string): boolean {
  return attributeOf(element, "output-token-variable-name") === variable;
}
