import { Construct } from "constructs";
import { BOUND_CALL } from "../api/api-surface";
import { IUpstreamApi } from "../api/upstream-api";
import { BindOnce } from "../core/bind-once";
import { fail } from "../core/fail";
import { Audience } from "../entra/audience";
import { PolicyDocument } from "../policy/policy-document";
import { BackendBindOptions, BackendConfig, IApimBackend } from "./backend";
import { requireGiven } from "../core/given";

/** An API on another API Management gateway that accepts tokens of this gateway's identity. */
export class UpstreamApimBackend implements IApimBackend {
  public readonly factory: string = "Backend.upstreamApim";

  private readonly bound = new BindOnce<BackendConfig>(this.factory, BOUND_CALL);

  constructor(private readonly api: IUpstreamApi) {}

  public bind(scope: Construct, { gateway }: BackendBindOptions): BackendConfig {
    return this.bound.bind(scope, () => {
      const api = requireGiven(scope, this.api, {
        name: "the API of Backend.upstreamApim",
        has: ["apiUrl", "apiDependencies", "admits"],
        example: "Backend.upstreamApim(api), where api is a SecureApimBackend with callers",
      });
      const version = api.apiVersion;
      if (!api.apiRegistration)
        fail(
          scope,
          "upstream-without-callers",
          `The API "${api.node.path}" accepts every caller with a subscription key, and does not check identities.`,
          `Write on it: callers: { allowed: [gateway] }, where gateway is "${gateway.node.path}".`,
        );
      if (!api.admits(gateway))
        fail(
          scope,
          "upstream-without-this-gateway",
          `The API "${api.node.path}" does not allow the gateway "${gateway.node.path}", and would answer 401.`,
          "Add the gateway on it: callers: { allowed: [..., gateway] }.",
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
