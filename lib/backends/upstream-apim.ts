import { Construct } from "constructs";
import { IUpstreamApi } from "../api/upstream-api";
import { BindOnce } from "../core/bind-once";
import * as errors from "../core/errors";
import { Audience } from "../entra/audience";
import { PolicyDocument } from "../policy/policy-document";
import { BackendBindOptions, BackendConfig, IApimBackend } from "./backend";

/** An API on another API Management gateway that lets in this one by its identity. */
export class UpstreamApimBackend implements IApimBackend {
  private readonly bound = new BindOnce<BackendConfig>("Backend.upstreamApim", errors.callBoundTwice);

  constructor(private readonly api: IUpstreamApi) {}

  public bind(scope: Construct, { gateway }: BackendBindOptions): BackendConfig {
    return this.bound.bind(scope, () => {
      const { api } = this;
      const version = api.apiVersion;
      if (!api.apiRegistration) throw errors.upstreamWithoutCallers(scope, api.node.path, gateway.node.path);
      if (!api.admits(gateway)) throw errors.upstreamOfOthers(scope, api.node.path, gateway.node.path);
      return {
        url: api.apiUrl,
        audience: Audience.registration(api.apiRegistration),
        policy: PolicyDocument.of(...(version?.versionSet.scheme._select(version.name) ?? [])),
        ready: api.apiReady,
      };
    });
  }
}
