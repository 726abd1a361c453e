import { Fn, Precondition, TerraformResource, TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { atSynth } from "../../core/at-synth";
import { conditionMessage, fail, shown } from "../../core/fail";
import { addToGroups } from "../../core/grouped";
import { requireAtPlan } from "../../core/guard";
import { stateOf } from "../../core/state";
import { asArgument, isToken } from "../../core/tokens";
import { cloudFindings, StackCloud } from "./cloud-findings";
import { CloudName, cloudOfEnvironment, CLOUDS, issuerOf } from "./hosts";
import { azurermOf, environmentGivenTo, givenEnvironment, literalOf } from "./provider-environment";
import { otherCloudOf } from "./regions";

/** The stack of a construct; `undefined` above all stacks. */
export function stackAround({ node }: IConstruct): TerraformStack | undefined {
  return node.scopes.filter((each) => TerraformStack.isStack(each)).pop() as TerraformStack | undefined;
}

/**
 * The cloud of a stack: what `AzureCloud.use` says, or else the literal `environment` of its azurerm provider, or else the public one. It
 * is decided once, and a validation finds what says otherwise.
 *
 * @see docs/design/decisions.md#one-cloud-a-stack
 */
export function cloudOf(scope: IConstruct): CloudName {
  return askedOf(scope).name;
}

/** The same, as far as it was decided. It decides nothing. */
export function cloudSoFar(scope: IConstruct): CloudName {
  const stack = TerraformStack.of(scope);
  return askedIn(stack).get(stack)?.name ?? saidFor(stack) ?? "public";
}

function askedOf(scope: IConstruct): StackCloud {
  const stack = TerraformStack.of(scope);
  const known = askedIn(stack);
  const before = known.get(stack);
  if (before !== undefined) return before;
  const said = saidFor(stack);
  const provider = azurermOf(stack);
  const asked = {
    name: said ?? nameGivenTo(scope, stack),
    askedBy: scope.node.path,
    isSaid: said !== undefined,
    hadProvider: provider !== undefined,
  };
  known.set(stack, asked);
  addToGroups(askedBelow(stack), stack.node.scopes, { stack, asked });
  stack.node.addValidation({ validate: () => cloudFindings(stack, asked) });
  return asked;
}

/** Says the cloud of a stack, or of all stacks below a construct. */
export function sayCloud(scope: Construct, name: CloudName): void {
  const owner = stackAround(scope) ?? scope;
  const { title: thisCloud } = CLOUDS[name];
  const said = saidIn(owner);
  const before = said.get(owner);
  if (before !== undefined && before !== name) {
    const { title: otherCloud } = CLOUDS[before];
    fail(
      "AzureCloud.use",
      "cloud-said-twice",
      `A call says that ${shown(owner)} is for ${thisCloud}, and another call says ${otherCloud}.`,
      "Remove one of the calls. A stack is for one cloud.",
    );
  }
  for (const { stack, asked } of askedBelow(owner).get(owner) ?? []) {
    if (asked.isSaid || asked.name === name) continue;
    const { title: otherCloud } = CLOUDS[asked.name];
    fail(
      "AzureCloud.use",
      "cloud-said-too-late",
      `The call says that the stack "${stack.node.path}" is for ${thisCloud}, but "${asked.askedBy}" was already created for ${otherCloud}.`,
      "Call AzureCloud.use before you create anything else in the stack.",
    );
  }
  said.set(owner, name);
}

function askedIn({ node }: IConstruct): Map<IConstruct, StackCloud> {
  return stateOf(node.root, "clouds-asked", () => new Map());
}

/** By each construct that they are in, and by the stack itself. */
function askedBelow({ node }: IConstruct): Map<IConstruct, { stack: TerraformStack; asked: StackCloud }[]> {
  return stateOf(node.root, "clouds-asked-below", () => new Map());
}

function saidIn({ node }: IConstruct): Map<IConstruct, CloudName> {
  return stateOf(node.root, "clouds-said", () => new Map());
}

function saidFor(stack: TerraformStack): CloudName | undefined {
  const said = saidIn(stack);
  return stack.node.scopes.reduce<CloudName | undefined>((above, each) => said.get(each) ?? above, undefined);
}

/** The cloud that the azurerm provider of a stack was given, by default the public one. */
function nameGivenTo(place: IConstruct, stack: TerraformStack): CloudName {
  const provider = azurermOf(stack);
  const { cloud, unknown, wrong: environment } = provider ? environmentGivenTo(provider) : {};
  if (cloud !== undefined) return cloud;
  if (provider && environment !== undefined) {
    const { path } = provider.node;
    fail(
      place,
      "unknown-environment",
      `The provider "${path}" has the environment "${environment}", which stands for no cloud that the library knows.`,
      'Write environment: "public", "usgovernment", "usgovernmentl5" or "china".',
    );
  }
  const why = unknown ?? byVariable();
  if (why !== undefined)
    fail(
      place,
      "cloud-unknown",
      `The code does not say which cloud of Azure the stack is for: ${why}. Sign-in hosts and token resources differ by cloud.`,
      'Write a literal on the azurerm provider: environment: "usgovernment", "china" or "public". Or write ' +
        "AzureCloud.use(this, AzureCloud.US_GOVERNMENT) before you create anything else in the stack.",
    );
  return "public";
}

/** Terraform reads these variables where it runs, which can be another machine than this one. */
function byVariable(): string | undefined {
  const name = ["ARM_METADATA_HOSTNAME", "ARM_ENVIRONMENT"].find((each) => process.env[each]);
  const value = name === undefined ? "" : String(process.env[name]);
  if (name === undefined || (name === "ARM_ENVIRONMENT" && cloudOfEnvironment(value) === "public")) return undefined;
  return `the environment variable ${name} is "${value}"`;
}

/** The issuer of version 2 tokens of a tenant, in the cloud of the stack. */
export function issuerIn(scope: IConstruct, tenantId: string): string {
  return issuerOf(cloudOf(scope), tenantId);
}

/** Refuses a region of another cloud. What only Terraform knows passes. */
export function checkRegion(scope: Construct, region: string): void {
  const name = cloudOf(scope);
  const cloud = isToken(region) ? undefined : otherCloudOf(region, name);
  if (cloud === undefined) return;
  const { title: thisCloud } = CLOUDS[name];
  const { title: otherCloud } = CLOUDS[cloud];
  fail(
    scope,
    "region-of-another-cloud",
    `The region "${region}" belongs to ${otherCloud}, but the stack is for ${thisCloud}.`,
    `Write a region of the cloud of the stack. If the stack is for ${otherCloud}, write environment: "${cloud}" on its providers.`,
  );
}

/** Lets Terraform check the cloud of a stack if it alone knows the environment of the azurerm provider. */
export function requireCloudAtPlan(resource: TerraformResource): void {
  if (askedOf(resource).isSaid) atSynth(resource, () => requireAtPlan(resource, environmentConditions(resource)));
}

function environmentConditions(resource: TerraformResource): Precondition[] {
  const stack = TerraformStack.of(resource);
  const provider = stateOf(stack, "azurerm-at-synth", () => azurermOf(stack));
  const environment = givenEnvironment(provider);
  if (!provider || environment === undefined || literalOf(provider, environment) !== undefined) return [];
  const { environments, title: thisCloud, member } = CLOUDS[cloudOf(resource)];
  return [
    {
      condition: Fn.contains([...environments], Fn.lower(asArgument(environment))),
      errorMessage: conditionMessage(
        "cloud-at-plan",
        `The code says that the stack is for ${thisCloud} (AzureCloud.${member}), but the azurerm provider has another environment.`,
        `Set the environment to "${environments[0]}", or change the call of AzureCloud.use.`,
      ),
    },
  ];
}

/** What an azapi provider that the library adds needs, to reach the cloud of the stack; `undefined` for its default. */
export function azapiEnvironment(stack: TerraformStack): string | undefined {
  const provider = azurermOf(stack);
  const environment = givenEnvironment(provider);
  if (!provider || environment === undefined) return undefined;
  const literal = literalOf(provider, environment);
  // azapi knows one name for each cloud, and has the public one by default.
  const name = literal === undefined ? environment : cloudOfEnvironment(literal);
  return name === "public" ? undefined : name;
}
