import { Construct } from "constructs";
import { IUpstreamApi } from "../api/upstream-api";
import { BindOnce, BOUND } from "../core/bind-once";
import { Audience } from "../entra/audience";
import { PolicyDocument } from "../policy/policy-document";
import { BackendBindOptions, BackendConfig, IApimBackend } from "./backend";
import { fail } from "../core/fail";

/** An API on another API Management gateway that lets in this one by its identity. */
export class UpstreamApimBackend implements IApimBackend {
  private readonly bound = new BindOnce<BackendConfig>("Backend.upstreamApim", BOUND.call);

  constructor(private readonly api: IUpstreamApi) {}

  public bind(scope: Construct, { gateway }: BackendBindOptions): BackendConfig {
    return this.bound.bind(scope, () => {
      const { api } = this;
      const version = api.apiVersion;
      if (!api.apiRegistration)
        fail(
          scope,
          "upstream-without-callers",
          `The API "${api.node.path}" lets in whoever has a subscription key, and knows nobody's identity. Write on it whom it lets in: ` +
            `callers: { allowed: [gateway] }, where gateway is "${gateway.node.path}".`,
        );
      if (!api.admits(gateway))
        fail(
          scope,
          "upstream-of-others",
          `The API "${api.node.path}" lets in others than the gateway "${gateway.node.path}", which would get 401. Add the gateway on it: ` +
            `callers: { allowed: [..., gateway] }.`,
        );
      return {
        url: api.apiUrl,
        audience: Audience.registration(api.apiRegistration),
        policy: PolicyDocument.of(...(version?.versionSet.scheme._select(version.name) ?? [])),
        dependencies: api.apiDependencies,
      };
    });
  }
}
