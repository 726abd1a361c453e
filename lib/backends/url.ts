import { requireText } from "../core/given";
import { Audience } from "../entra/audience";
import { PolicyDocument } from "../policy/policy-document";
import { IApimBackend } from "./backend";
import { OpaqueBackend } from "./bound";

/** See `Backend.url`. */
export function anyUrl(url: string, audience: Audience): IApimBackend {
  return new OpaqueBackend("Backend.url", (scope) => ({
    url: requireText(scope, "url in Backend.url", url, 'Backend.url("https://...", audience)'),
    audience,
    policy: PolicyDocument.EMPTY,
    dependencies: [],
  }));
}
