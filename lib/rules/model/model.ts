import { App, appsIn, unknownTargets } from "./app";
import { BackendCall, callsIn } from "./calls";
import { Configuration } from "./configuration";
import { PolicyText, policiesIn } from "./policy-text";

/** What the rules judge: the configurations of the stacks of an app, and what follows from them. */
export class Model extends Configuration {
  private policyTexts?: readonly PolicyText[];
  private backendCalls?: readonly BackendCall[];
  private backendApps?: readonly App[];

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
    return unknownTargets(this, this.calls);
  }

  /** The apps that the gateways call. Other apps are not judged. */
  public get apps(): readonly App[] {
    return (this.backendApps ??= appsIn(this, this.calls));
  }
}
