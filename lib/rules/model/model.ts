import { grouped } from "../../core/grouped";
import { App, appsIn, unknownTargets } from "./app";
import { AppParts } from "./app-parts";
import { Apis } from "./apis";
import { isEntity } from "./backend-entity";
import { BackendCall, callsIn } from "./calls";
import { Configuration } from "./configuration";
import { PolicyText, policiesIn } from "./policy-text";
import type { Owner, Resource } from "./resource";
import { Rivals } from "./rivals";

/** What the rules judge: the configurations of the stacks of an app, and what follows from them. */
export class Model extends Configuration {
  private policyTexts?: readonly PolicyText[];
  private backendCalls?: readonly BackendCall[];
  private backendApps?: readonly App[];
  private partsOfApps?: AppParts;
  private fragmentsByName?: ReadonlyMap<string | undefined, readonly PolicyText[]>;
  private entitiesByName?: ReadonlyMap<string, readonly Resource[]>;
  private knownApis?: Apis;
  private knownRivals?: Rivals;

  /** The policies of all scopes. */
  public get policies(): readonly PolicyText[] {
    return (this.policyTexts ??= policiesIn(this));
  }

  /** What the gateways call. */
  public get calls(): readonly BackendCall[] {
    return (this.backendCalls ??= callsIn(this, this.policies));
  }

  /** The calls of what could be an app that is not known. */
  public get unknownCalls(): readonly BackendCall[] {
    return unknownTargets(this, this.appParts, this.calls);
  }

  /** The apps that the gateways call. Other apps are not judged. */
  public get apps(): readonly App[] {
    return (this.backendApps ??= appsIn(this, this.appParts, this.calls));
  }

  /** The slots and the sign-ins of all apps. */
  public get appParts(): AppParts {
    return (this.partsOfApps ??= new AppParts(this));
  }

  /** The policy fragments of a name. */
  public fragmentsNamed(name: string): readonly PolicyText[] {
    this.fragmentsByName ??= grouped(
      this.policies.filter(({ scope }) => scope === "fragment"),
      ({ resource }) => [resource.at("name").text],
    );
    return this.fragmentsByName.get(name) ?? [];
  }

  /** The backend of a name that policies can choose: one of the same stack, if there are several. */
  public entityNamed(name: string, stack: Owner): Resource | undefined {
    const key = (...parts: readonly (string | undefined)[]): string => JSON.stringify(parts);
    this.entitiesByName ??= grouped(this.resources.filter(isEntity), (each) => {
      const { text } = each.at("name");
      return [key(text), key(text, each.stack.name)];
    });
    return [key(name, stack.name), key(name)].flatMap((each) => this.entitiesByName?.get(each)?.[0] ?? [])[0];
  }

  /** The policies of the same thing. */
  public get rivals(): Rivals {
    return (this.knownRivals ??= new Rivals(this, this.policies));
  }

  /** The APIs, and their policies. */
  public get apis(): Apis {
    return (this.knownApis ??= new Apis(
      this.resources,
      this.policies.filter(({ scope }) => scope === "api"),
    ));
  }
}
