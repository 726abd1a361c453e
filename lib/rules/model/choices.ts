import type { Resource } from "./resource";
import { branchesOf, templateParts } from "./template";

/** More choices are taken as one that is not known. */
const MOST = 32;
/** Longer texts are no IDs. */
const LONGEST = 10_000;

/** What the text of an attribute can be: several if Terraform chooses with a condition. */
export function choicesIn(resource: Resource, attribute: string): string[] {
  const whole = resource.at(attribute).resolved;
  if (whole.length > LONGEST) return [whole];
  const texts = new Set([whole]);
  const chosen: string[] = [];
  for (const text of texts) {
    if (texts.size > MOST) return [whole];
    const parts = templateParts(text);
    const at = parts.findIndex((part) => part.isExpression && branchesOf(part.text).length > 1);
    if (at === -1) chosen.push(text);
    else {
      const [before, after] = [parts.slice(0, at), parts.slice(at + 1)].map((some) => some.map(written).join(""));
      for (const branch of branchesOf(parts[at].text))
        texts.add(before + resource.stack.valueOf(`\${${branch}}`).resolved + after);
    }
  }
  return chosen;
}

/** Whether it has a part that each instance of a resource has in another way. */
export function isOfInstance(text: string): boolean {
  return templateParts(text).some((part) => part.isExpression && /(?<![\w.-])(?:each|count)\./.test(part.text));
}

/** The parts of an ID between its slashes, of which expressions can contain others, without what is before the name of the service. */
export function pathIn(id: string): string[] {
  const path = [""];
  for (const part of templateParts(id)) {
    const [first, ...more] = part.isExpression ? [written(part)] : part.text.split("/");
    path[path.length - 1] += first;
    for (const each of more) path.push(each);
  }
  const provider = path.findIndex(
    (part, at) => part.toLowerCase() === "microsoft.apimanagement" && path[at + 1]?.toLowerCase() === "service",
  );
  return provider === -1 ? path : path.slice(provider + 2);
}

function written({ text, isExpression }: { readonly text: string; readonly isExpression: boolean }): string {
  return isExpression ? `\${${text}}` : text;
}
