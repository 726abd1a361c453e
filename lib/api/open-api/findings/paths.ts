import { finding } from "../../../core/fail";
import { Content, Path, placeholders } from "../content";
import { OpenApiFinding } from "./finding";

/** What is wrong with the paths of a document. */
export function pathFindings({ paths, operations }: Content): OpenApiFinding[] {
  if (operations.length > 0) return paths.flatMap(templateFindings);
  const message = finding(
    "open-api-no-operations",
    "The document has no operations, so nobody could call the API.",
    "Add one under paths.",
  );
  return [{ trail: ["paths"], ofKey: true, message }];
}

function templateFindings({ path, trail }: Path): OpenApiFinding[] {
  const messages: string[] = [];
  if (!path.startsWith("/")) {
    messages.push(
      finding("open-api-path-without-slash", `The path "${path}" does not begin with a slash.`, `Write "/${path}".`),
    );
  }
  if (/[{}]/.test(path.replace(/\{[^{}]+\}/g, ""))) {
    messages.push(
      finding(
        "open-api-path-braces",
        `The braces in the path "${path}" do not match.`,
        "Write each parameter as {name}.",
      ),
    );
  }
  const names = placeholders(path).map((name) => name.toLowerCase());
  const twice = placeholders(path).find((_, index) => names.indexOf(names[index]) < index);
  if (twice !== undefined) {
    messages.push(
      finding(
        "open-api-path-parameter-twice",
        `The path "${path}" has {${twice}} twice. Parameter names are not case-sensitive.`,
        "Rename one of the parameters.",
      ),
    );
  }
  return messages.map((message) => ({ trail, ofKey: true, message }));
}
