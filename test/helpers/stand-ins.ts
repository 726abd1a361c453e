import { createHash } from "crypto";
import { bodiesOf } from "./graph";
import { Json } from "./synth";

/** A stand-in for each resource: it has the order and the lifecycle of the resource, and is replaced when `replaced` says so. */
export function standIns(json: Json, replaced: (address: string, attributes: Json) => unknown): Json {
  const resources = [...bodiesOf(json)].filter(([address]) => !address.startsWith("data."));
  const nameOf = (address: string): string => address.replaceAll(".", "-");
  const standIn = (address: string, body: string): Json => {
    const attributes: Json = JSON.parse(body);
    const others = resources.map(([other]) => other).filter((other) => other !== address && body.includes(`${other}.`));
    const dependsOn: string[] = attributes.depends_on ?? [];
    const { replace_triggered_by: triggers, create_before_destroy } = attributes.lifecycle ?? {};
    return {
      // Terraform would read the templates in the text itself.
      input: createHash("sha256").update(body).digest("hex"),
      triggers_replace: replaced(address, attributes),
      depends_on: [...new Set([...others, ...dependsOn.filter((other) => resources.some(([it]) => it === other))])].map(
        (other) => `terraform_data.${nameOf(other)}`,
      ),
      lifecycle: {
        create_before_destroy,
        replace_triggered_by: triggers?.map((trigger: string) => `terraform_data.${nameOf(trigger.slice(0, -3))}.id`),
      },
    };
  };
  const entries = resources.map(([address, body]) => [nameOf(address), standIn(address, body)]);
  return { resource: { terraform_data: Object.fromEntries(entries) } };
}
