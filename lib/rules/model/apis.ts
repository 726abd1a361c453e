import { grouped } from "../../core/grouped";
import { remembered } from "../../core/remembered";
import { signsInWithIdentity } from "../../policy/findings/effects";
import { isInbound } from "../../policy/findings/located";
import { ApiName, apiOf, apiProperty, isApi, OwnerApi } from "./api";
import { ApiSet, Creators, keysFor, keysOf } from "./api-set";
import { isUpdate } from "./azapi";
import { pathIn } from "./choices";
import { folded, ofAllInstances } from "./known-to-terraform";
import type { PolicyText } from "./policy-text";
import type { Resource } from "./resource";
import { isService, nameOf } from "./service";

/** A name that more resources have says too little. */
const MOST = 16;

/** The APIs of a configuration, and their policies. An API is known by its service, its workspace, its name and its revision. */
export class Apis {
  private readonly declared: ReadonlyMap<string, readonly Resource[]>;
  private readonly services: ReadonlyMap<string, readonly Resource[]>;
  private readonly signingIn: ApiSet;
  private readonly moved: ApiSet;
  // Each rule about operations asks.
  private readonly adding = new Map<OwnerApi, { readonly token: boolean | undefined }>();

  /** @param policies those of APIs */
  constructor(resources: readonly Resource[], policies: readonly PolicyText[]) {
    this.declared = grouped(resources.filter(isApi), (api) => apiOf(api).names.map(ofResource).flatMap(keysOf));
    this.services = grouped(resources.filter(isService).filter(isCreated), (each) => [folded(nameOf(each))]);
    const creators: Creators = {
      ofApi: (api) => idOf(this.declaring(api).find(isCreated)),
      ofService: ({ service }) => idOf(this.services.get(folded(ofAllInstances(pathIn(service)[0])))?.[0]),
    };
    const signing = policies.filter(signsIn).map(({ api }) => api);
    this.signingIn = new ApiSet(signing, creators);
    this.moved = new ApiSet(resources.filter(movesApi).map(apiOf), creators);
  }

  /** What declares, reads or changes the API of a policy: a list for each API that Terraform can choose. */
  public ofPolicy({ api }: PolicyText): Resource[][] {
    return api.names.map((each) => this.declaring(each));
  }

  /** Whether a policy of the API of an operation signs in; `undefined` if only Terraform knows which API that is. */
  public addsToken({ api }: PolicyText): boolean | undefined {
    return remembered(this.adding, api, () => ({ token: this.signingIn.has(api) })).token;
  }

  /** Whether azapi can give the API of a policy another address, with what is not surely of the API. */
  public canBeMoved(policy: PolicyText): boolean {
    const isMoved = this.moved.has(policy.api);
    // A revision can be called by the name of its API.
    const declared = this.ofPolicy(policy).flat().map(apiOf);
    return isMoved === undefined || (!isMoved && declared.some((api) => this.moved.has(api) !== false));
  }

  private declaring(api: ApiName): Resource[] {
    const found = keysFor(ofResource(api)).map((key) => this.declared.get(key) ?? []);
    return found.some(({ length }) => length > MOST) ? [] : [...new Set(found.flat())];
  }
}

/** Whether a policy gets a token with the managed identity before it forwards a request. */
export function signsIn({ located }: PolicyText): boolean {
  return located.some((each) => isInbound(each) && signsInWithIdentity(each));
}

/** An instance is declared by the resource of all instances. */
function ofResource(api: ApiName): ApiName {
  return { ...api, service: ofAllInstances(api.service), name: ofAllInstances(api.name) };
}

function movesApi(resource: Resource): boolean {
  return isUpdate(resource) && isApi(resource) && !apiProperty(resource, "service_url").isAbsent;
}

function isCreated(resource: Resource): boolean {
  return resource.mode === "resource" && !isUpdate(resource);
}

function idOf(resource: Resource | undefined): string | undefined {
  return resource && `${resource.stack.name} ${resource.address}`;
}
