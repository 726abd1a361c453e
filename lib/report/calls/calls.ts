import { grouped } from "../../core/grouped";
import { isIdentity } from "../../rules/identity";
import { TOKEN_VARIABLE_ATTRIBUTE } from "../../policy/names";
import { attributeOf } from "../../policy/syntax/source-tree";
import { apiInId, apiOf, AZAPI_API } from "../../rules/model/api";
import { azapiProperty, azapiTypeOf } from "../../rules/model/azapi";
import type { Model } from "../../rules/model/model";
import { includedIn } from "../../rules/fragments";
import type { PolicyText } from "../../rules/model/policy-text";
import type { Resource } from "../../rules/model/resource";
import { once } from "../names";
import { Api, keyOf } from "../parties/apis";
import { Target, Targets, withoutPath } from "../parties/targets";
import { shown } from "../shown";
import type { Call, CallProof } from "../trust-report";
import { audienceName, registrationAt, Roles } from "./entra-roles";
import type { Inbound, Running } from "./inbound";
import { networkOf } from "./network";
import { Proof, proofOf, proofOfRequest } from "./proof";
import { Route, routesOf } from "./routes";
import { childTexts } from "./validations";

/** A call of a gateway, and what is at its ends. */
export interface GatewayCall {
  readonly call: Call;
  readonly api: Api;
  readonly target: Target;
  readonly proof: Proof;
  /** What has the address. */
  readonly owner: Resource;
  /** The registration that the token is for. */
  readonly registration?: Resource;
}

/** What the APIs of the gateways call. */
export class GatewayCalls {
  /** The tools of MCP servers. */
  private readonly toolsByApi: ReadonlyMap<Resource | undefined, readonly Resource[]>;
  private readonly apisByName: ReadonlyMap<string, readonly Api[]>;

  constructor(
    private readonly model: Model,
    private readonly apis: readonly Api[],
    private readonly inbound: Inbound,
    private readonly targets: Targets,
    private readonly roles: Roles,
  ) {
    const tools = model.azapiResources.filter((each) => azapiTypeOf(each) === `${AZAPI_API}/tools`);
    this.toolsByApi = grouped(tools, (tool) => apiOf(tool).names.map(({ resource }) => resource));
    this.apisByName = grouped(apis, ({ gateway, name }) => [keyOf(gateway, name)]);
  }

  public get all(): GatewayCall[] {
    const calls = this.apis.flatMap((api) => [
      ...routesOf(this.model, api, this.inbound).map((route) => this.callOf(api, route)),
      ...this.toolCallsOf(api),
      ...this.requestsOf(api),
    ]);
    const byId = new Map(calls.map((each) => [each.call.id, each]));
    return [...byId.values()];
  }

  private callOf(api: Api, route: Route): GatewayCall {
    const running = this.runningFor(api, route);
    const proof = proofOf(api.gateway, running, route.chosen, route.entity, this.inbound.hasUnknown(api));
    return this.gatewayCall(api, this.targets.at(route.url, route.owner), proof, route.owner, shown(route.url));
  }

  /** What the policies ask while they run, such as a service that decides. */
  private requestsOf(api: Api): GatewayCall[] {
    const documents = this.inbound.documentsOf(api);
    const fragments = documents.flatMap((policy) => fragmentsOf(this.model, policy));
    return once([...documents, ...fragments]).flatMap((policy) =>
      policy.located
        .filter(({ element }) => REQUESTS.has(element.name))
        .flatMap(({ element }) => {
          const [url] = childTexts(policy, element, "set-url");
          if (!url) return [];
          const { resource } = policy;
          const proof = proofOfRequest(api.gateway, policy, element);
          // The path can be a secret, as that of a webhook is.
          return this.gatewayCall(api, this.targets.at(url, resource), proof, resource, withoutPath(shown(url)));
        }),
    );
  }

  /** What runs for a route: the policies of the API, and those of the operation that chooses it. */
  private runningFor(api: Api, { policy }: Route): readonly Running[] {
    return policy?.scope === "operation" ? this.inbound.forOperation(api, policy) : this.inbound.forAllOperations(api);
  }

  /** The tools of an MCP server are operations of other APIs, which it calls with a token in a header of its own. */
  private toolCallsOf(api: Api): GatewayCall[] {
    const tools = this.toolsByApi.get(api.resource) ?? [];
    const names = once(tools.flatMap((tool) => apiInId(azapiProperty(tool, "properties.operationId")) ?? []));
    return names.flatMap((name) => {
      const [called] = this.apisByName.get(keyOf(api.gateway, name)) ?? [];
      if (!called || !api.resource) return [];
      const token = this.inbound
        .of(api)
        .find(
          ({ located }) => isIdentity(located) && attributeOf(located.element, TOKEN_VARIABLE_ATTRIBUTE) !== undefined,
        );
      const proof = token ? proofOfToken(api, token) : { how: "nothing" as const };
      return this.gatewayCall(api, called, proof, api.resource, undefined);
    });
  }

  private gatewayCall(
    api: Api,
    target: Target,
    proof: Proof,
    owner: Resource,
    address: string | undefined,
  ): GatewayCall {
    const { how, identity, holder, audience } = proof;
    const registration = audience && registrationAt(owner.stack, audience);
    const named = audience && audienceName(owner.stack, audience);
    const network = target.resource && networkOf(this.model, target.resource);
    const roles = holder ? this.rolesOf(holder, target, registration) : [];
    const call: Call = {
      id: callId(api.party.id, target.party.id, how, named),
      from: api.party.id,
      to: target.party.id,
      how,
      ...(identity !== undefined && { identity }),
      ...(named !== undefined && { audience: named }),
      roles,
      ...(address !== undefined && { address }),
      ...(network !== undefined && { network }),
    };
    return { call, api, target, proof, owner, registration };
  }

  private rolesOf(holder: Resource, { resource }: Target, registration: Resource | undefined): string[] {
    return once([
      ...(resource ? this.roles.azureRoles(holder, resource) : []),
      ...(registration ? this.roles.appRoles(holder, registration) : []),
    ]);
  }
}

const REQUESTS = new Set(["send-request", "send-one-way-request"]);

function fragmentsOf(model: Model, policy: PolicyText, within: readonly PolicyText[] = []): PolicyText[] {
  const found = policy.located
    .flatMap((located) => includedIn(model, policy, located))
    .filter((each) => ![policy, ...within].includes(each));
  return found.flatMap((each) => [each, ...fragmentsOf(model, each, [policy, ...within])]);
}

export function callId(from: string, to: string, how: CallProof, audience = ""): string {
  return [from, to, how, ...(audience === "" ? [] : [audience])].join(" > ");
}

function proofOfToken(api: Api, { policy, located: { element } }: Running): Proof {
  const audience = policy.valueOf(attributeOf(element, "resource") ?? "");
  const identity = `the system-assigned identity of ${api.gateway.party.name}`;
  return { how: "managed identity", identity, holder: api.gateway.resource, audience };
}
