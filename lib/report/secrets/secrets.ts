import type { Model } from "../../rules/model/model";
import type { Resource } from "../../rules/model/resource";
import type { Stack } from "../../rules/model/stack";
import { templateParts } from "../../rules/model/template";
import type { RuleFinding } from "../../rules/verdicts";
import { once } from "../names";
import { compared } from "../parties/parties";
import type { SecretInState } from "../trust-report";
import { EXPORTED, EXPORTED_BY_DATA, readsSecret } from "./exported";
import { writtenSecrets } from "./written";

/** The secrets that will be in the state, and the values of those that the configuration has. The values are never shown. */
export interface SecretsFound {
  readonly secrets: readonly SecretInState[];
  readonly literals: readonly string[];
}

/** Finds what will be readable in the Terraform state. */
export function secretsIn(model: Model, findings: readonly RuleFinding[]): SecretsFound {
  const literals: string[] = [];
  const secrets = model.stacks.flatMap((stack) => [
    ...stack.resources.flatMap((resource) => [
      ...exportedBy(resource),
      ...writtenIn(resource, (name) => isSensitive(stack, name), literals),
    ]),
    ...outputsOf(stack),
  ]);
  const inPolicies = findings.filter(({ rule }) => rule.id === "literal-secret").map(inPolicy);
  const all = new Map([...secrets, ...inPolicies].map((each) => [`${each.stack} ${each.name}`, each]));
  return { secrets: [...all.values()].sort(byUse), literals };
}

function exportedBy(resource: Resource): SecretInState[] {
  const { type, mode } = resource;
  const known = EXPORTED.get(type);
  if (!known || (mode === "data" && !EXPORTED_BY_DATA.has(type))) return listedKeys(resource);
  // A data source does not say what is turned off. What is written is listed as written.
  if (mode === "resource" && type === "azurerm_key_vault_secret") return [];
  const state = mode === "data" ? "used" : (known.state?.(resource) ?? "used");
  if (state === "absent") return [];
  const isOne = known.attributes.length === 1;
  const disabled = `${isOne ? "It opens" : "They open"} nothing, because ${isOne ? "it is" : "they are"} turned off.`;
  const use = state === "disabled" ? disabled : `Everyone who reads the state ${known.opens}.`;
  const why = `The provider writes ${isOne ? "this value" : "these values"} into the state, whatever the code says. ${use}`;
  const avoid = state === "disabled" ? "Nothing is left to do. Keep it turned off." : known.avoid;
  return [secret(resource, known.attributes, why, avoid, state === "disabled")];
}

/** An action of azapi that lists keys, and stores the answer. */
function listedKeys(resource: Resource): SecretInState[] {
  if (resource.type !== "azapi_resource_action" || !/^list/i.test(resource.at("action").text ?? "")) return [];
  const attribute = resource.at("sensitive_response_export_values").isAbsent ? "output" : "sensitive_output";
  if (resource.at("response_export_values").isAbsent && attribute === "output") return [];
  const why = "The action lists keys or secrets, and its answer is stored. Everyone who reads the state can use them.";
  return [
    secret(
      resource,
      [attribute],
      why,
      "Use an ephemeral azapi_resource_action, or an identity instead of keys.",
      false,
    ),
  ];
}

function writtenIn(
  resource: Resource,
  isSensitiveVariable: (name: string) => boolean,
  literals: string[],
): SecretInState[] {
  if (resource.mode === "data") return [];
  const written = writtenSecrets(resource, isSensitiveVariable);
  literals.push(...written.flatMap(({ literal }) => literal ?? []));
  return written.map(({ attribute, literal }) =>
    literal === undefined
      ? secret(
          resource,
          [attribute],
          "Terraform writes what it gets from a secret into the state.",
          "Refer to a secret of a key vault, use an identity, or use a write-only attribute if there is one.",
          false,
        )
      : secret(
          resource,
          [attribute],
          "The secret is written in the configuration, so everyone who reads the code, the output or the state has it.",
          "Replace the secret, keep the new one in a key vault, and refer to it.",
          false,
        ),
  );
}

/** Outputs that give a secret on. */
function outputsOf(stack: Stack): SecretInState[] {
  const names = once(stack.values("output").flatMap(({ entries }) => entries.map(([name]) => name)));
  return names.flatMap((name): SecretInState[] => {
    const { template } = stack.at(`output.${name}.value`);
    const expressions = templateParts(template).filter(({ isExpression }) => isExpression);
    if (!expressions.some(({ text }) => readsSecret(text))) return [];
    return [
      {
        name: `output.${name}`,
        attributes: ["value"],
        stack: stack.name,
        place: `output.${name}`,
        why: "The output reads a secret. Outputs are in the state, and other stacks read them.",
        avoid: "Remove the output. Read the secret where it is used.",
        disabled: false,
      },
    ];
  });
}

function inPolicy({ resource, attribute = "xml_content", line, column }: RuleFinding): SecretInState {
  const at = line === undefined ? attribute : `${attribute} ${line}:${column}`;
  const why = "The policy seems to contain a secret. Everyone who reads the policy or the state has it.";
  const avoid = "Replace the secret, and read the new one from a key vault through a named value.";
  return secret(resource, [at], why, avoid, false);
}

function isSensitive(stack: Stack, variable: string): boolean {
  return stack.at(`variable.${variable}.sensitive`).is([true], false) === true;
}

function secret(
  { stack, address, path }: Resource,
  attributes: readonly string[],
  why: string,
  avoid: string,
  disabled: boolean,
): SecretInState {
  return {
    name: `${address} ${attributes.join(", ")}`,
    attributes,
    stack: stack.name,
    place: path,
    why,
    avoid,
    disabled,
  };
}

function byUse(one: SecretInState, other: SecretInState): number {
  const use = Number(one.disabled) - Number(other.disabled);
  return use || compared(one.stack, other.stack) || compared(one.name, other.name);
}
