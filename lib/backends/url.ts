import { Construct } from "constructs";
import { BindOnce } from "../core/bind-once";
import * as errors from "../core/errors";
import { Audience } from "../entra/audience";
import { BackendBindOptions, BackendConfig, IApimBackend } from "./backend";

/** Anything that answers at an address and checks tokens itself. */
export class UrlBackend implements IApimBackend {
  private readonly bound = new BindOnce<BackendConfig>("Backend.url", errors.backendBoundTwice);

  constructor(
    private readonly url: string,
    private readonly audience: Audience,
  ) {}

  public bind(scope: Construct, _options: BackendBindOptions): BackendConfig {
    return this.bound.bind(scope, () => ({
      url: this.url,
      audience: this.audience,
      ready: [],
    }));
  }
}
