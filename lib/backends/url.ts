import { Construct } from "constructs";
import { BindOnce } from "../core/bind-once";
import { Audience } from "../entra/audience";
import { PolicyDocument } from "../policy/policy-document";
import { BackendBindOptions, BackendConfig, IApimBackend } from "./backend";
import { BOUND_BACKEND } from "./bound";
import { requireText } from "../core/given";

/** An address whose service checks tokens itself. */
export class UrlBackend implements IApimBackend {
  public readonly factory: string = "Backend.url";

  private readonly bound = new BindOnce<BackendConfig>(this.factory, BOUND_BACKEND);

  constructor(
    private readonly url: string,
    private readonly audience: Audience,
  ) {}

  public bind(scope: Construct, _options: BackendBindOptions): BackendConfig {
    return this.bound.bind(scope, () => ({
      url: requireText(scope, "url in Backend.url", this.url, 'Backend.url("https://...", audience)'),
      audience: this.audience,
      policy: PolicyDocument.EMPTY,
      dependencies: [],
    }));
  }
}
