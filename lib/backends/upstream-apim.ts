import { BOUND_CALL } from "../api/api-surface";
import { IUpstreamApi } from "../api/upstream-api";
import { fail } from "../core/fail";
import { requireGiven } from "../core/given";
import { Audience } from "../entra/audience";
import { PolicyDocument } from "../policy/policy-document";
import { IApimBackend } from "./backend";
import { OpaqueBackend } from "./bound";

/** See `Backend.upstreamApim`. */
export function upstreamApim(given: IUpstreamApi): IApimBackend {
  return new OpaqueBackend(
    "Backend.upstreamApim",
    (scope, { gateway }) => {
      const api = requireGiven(scope, given, {
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
    },
    BOUND_CALL,
  );
}
