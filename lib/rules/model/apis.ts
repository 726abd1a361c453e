import { grouped } from "../../core/grouped";
import { signsInWithIdentity } from "../../policy/findings/effects";
import { isInbound } from "../../policy/findings/located";
import { ApiName, apiOf, isApi, OwnerApi } from "./api";
import type { PolicyText } from "./policy-text";
import type { Owner, Resource } from "./resource";
import { templateParts } from "./template";

/** In place of the name of a service: one that is known, one that only Terraform knows, and none. */
const [KNOWN, UNKNOWN, NONE] = ["known", "unknown", "none"];

/** A name that more resources have says too little. */
const MOST = 16;

/** The APIs of a configuration, and their policies. An API is known by its service, its workspace, its name and its revision. */
export class Apis {
  private readonly declared: ReadonlyMap<string, readonly Resource[]>;
  private readonly signingIn: ReadonlySet<string>;

  /** @param policies those of APIs */
  constructor(resources: readonly Resource[], policies: readonly PolicyText[]) {
    this.declared = grouped(resources.filter(isApi), (api) => keysOf(apiOf(api)));
    this.signingIn = new Set(
      policies.filter(signsIn).flatMap(({ resource: { stack }, api }) => {
        return [ofSome(stack), ...(api.isAny ? [ofAny(stack)] : []), ...keysOf(api)];
      }),
    );
  }

  /** What declares, reads or changes the API of a policy: a list for each API that Terraform can choose. */
  public ofPolicy({ api }: PolicyText): Resource[][] {
    return api.names.map((each) => {
      const found = keysFor(each, exactly(each)).map((key) => this.declared.get(key) ?? []);
      return found.some(({ length }) => length > MOST) ? [] : [...new Set(found.flat())];
    });
  }

  /** Whether a policy of the API, or of what can be the API, of an operation signs in. */
  public addsToken({ resource: { stack }, api }: PolicyText): boolean {
    const keys = [
      api.isAny ? ofSome(stack) : ofAny(stack),
      ...api.names.flatMap((each) => keysFor(each, [...exactly(each), ...canBe(each)])),
    ];
    return keys.some((key) => this.signingIn.has(key));
  }
}

/** Whether a policy gets a token with the managed identity before it forwards a request. */
export function signsIn({ located }: PolicyText): boolean {
  return located.some((each) => isInbound(each) && signsInWithIdentity(each));
}

/** By these, an API or its policy is found. */
function keysOf({ names }: OwnerApi): string[] {
  return names.flatMap((each) => {
    const { service } = each;
    const services =
      service === ""
        ? [NONE]
        : [`=${folded(service)}`, ...(isUnknown(each) ? [UNKNOWN, unknownAs(each.writtenAs)] : [KNOWN])];
    return services.flatMap((on) => [
      keyOf(each, on, "named", each.name),
      ...each.also.map((other) => keyOf(each, on, "also", other)),
    ]);
  });
}

/** By these, it is looked for on services. What it can be called, too, does not find what can be called the same, too. */
function keysFor(api: ApiName, services: readonly string[]): string[] {
  return services.flatMap((service) => [
    keyOf(api, service, "named", api.name),
    keyOf(api, service, "also", api.name),
    ...api.also.map((other) => keyOf(api, service, "named", other)),
  ]);
}

/** The services on which an API is surely the same. On one that only Terraform knows, it can be the same. */
function exactly({ service }: ApiName): string[] {
  return service === "" ? [KNOWN, UNKNOWN, NONE] : [`=${folded(service)}`, NONE];
}

/** The services that can be the same, too. Two that are written as different names, or as different IDs, are two. */
function canBe(api: ApiName): string[] {
  if (!isUnknown(api)) return [UNKNOWN];
  if (api.writtenAs === "computed") return [KNOWN, UNKNOWN];
  return [KNOWN, unknownAs(api.writtenAs === "name" ? "ID" : "name"), unknownAs("computed")];
}

function unknownAs(written: ApiName["writtenAs"]): string {
  return `${UNKNOWN} ${written}`;
}

function keyOf({ stack }: ApiName, service: string, way: "named" | "also", name: string): string {
  return JSON.stringify([stack.name, way, service, folded(name)]);
}

function ofSome({ name }: Owner): string {
  return JSON.stringify([name, "some API"]);
}

function ofAny({ name }: Owner): string {
  return JSON.stringify([name, "any API"]);
}

function isUnknown({ service }: ApiName): boolean {
  return service.includes("${");
}

/** Azure does not tell capital letters from small ones, but Terraform does. */
export function folded(text: string): string {
  return templateParts(text)
    .map((part) => (part.isExpression ? `\${${part.text}}` : part.text.toLowerCase()))
    .join("");
}
