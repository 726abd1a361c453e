import { grouped } from "../../core/grouped";
import { signsInWithIdentity } from "../../policy/findings/effects";
import { isInbound } from "../../policy/findings/located";
import { ApiName, apiOf, isApi } from "./api";
import { ApiSet, keysFor, keysOf } from "./api-set";
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

  /** @param policies those of APIs */
  constructor(resources: readonly Resource[], policies: readonly PolicyText[]) {
    this.declared = grouped(resources.filter(isApi), (api) => apiOf(api).names.map(ofResource).flatMap(keysOf));
    this.services = grouped(resources.filter(isService).filter(isCreated), (each) => [folded(nameOf(each))]);
    this.signingIn = new ApiSet(
      policies.filter(signsIn).map(({ api }) => api),
      {
        ofApi: (api) => idOf(this.declaring(api).find(isCreated)),
        ofService: ({ service }) => idOf(this.services.get(folded(ofAllInstances(pathIn(service)[0])))?.[0]),
      },
    );
  }

  /** What declares, reads or changes the API of a policy: a list for each API that Terraform can choose. */
  public ofPolicy({ api }: PolicyText): Resource[][] {
    return api.names.map((each) => this.declaring(each));
  }

  /** Whether a policy of the API of an operation signs in; `undefined` if only Terraform knows which API that is. */
  public addsToken({ api }: PolicyText): boolean | undefined {
    return this.signingIn.has(api);
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

function isCreated(resource: Resource): boolean {
  return resource.mode === "resource" && !isUpdate(resource);
}

function idOf(resource: Resource | undefined): string | undefined {
  return resource && `${resource.stack.name} ${resource.address}`;
}
