import { Construct } from "constructs";
import { BindOnce, BOUND } from "../core/bind-once";
import { Audience } from "../entra/audience";
import { PolicyDocument } from "../policy/policy-document";
import { BackendBindOptions, BackendConfig, IApimBackend } from "./backend";

/** Anything that answers at an address and checks tokens itself. */
export class UrlBackend implements IApimBackend {
  private readonly bound = new BindOnce<BackendConfig>("Backend.url", BOUND.backend);

  constructor(
    private readonly url: string,
    private readonly audience: Audience,
  ) {}

  public bind(scope: Construct, _options: BackendBindOptions): BackendConfig {
    return this.bound.bind(scope, () => ({
      url: this.url,
      audience: this.audience,
      policy: PolicyDocument.EMPTY,
      dependencies: [],
    }));
  }
}
