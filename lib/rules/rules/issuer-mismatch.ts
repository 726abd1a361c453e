import { hostOf } from "../model/host";
import { registrationOf, tokenVersionOf } from "../registration";
import { judged, SecurityRule } from "../rule";

/** @see https://learn.microsoft.com/entra/identity-platform/access-tokens#token-formats */
export const ISSUER_MISMATCH: SecurityRule = {
  id: "issuer-mismatch",
  title: "The issuer of a sign-in is that of the tokens which the registration asks for.",
  severity: "error",
  control: "IM-1",
  judges: ({ apps }) =>
    apps.flatMap(({ signIn }) => {
      if (!signIn || signIn.issuer.value.isAbsent) return [];
      const { resource, issuer } = signIn;
      const registration = registrationOf(signIn);
      const tokens = registration && tokenVersionOf(registration);
      const { template, beginning } = issuer.value;
      const version = template.includes("/v2.0") ? "2" : "1";
      const isHybrid = version === "2" && hostOf(`${beginning}/`).startsWith("sts.");
      const isKnown = !issuer.value.isUnknownWhole;
      if (isHybrid)
        return judged(
          resource,
          issuer.attribute,
          false,
          `${issuer.attribute} begins like the issuer of version 1 tokens and ends like that of version 2, so no token has it.`,
          "Write https://login.microsoftonline.com/<tenant>/v2.0 for version 2 tokens.",
        );
      // A registration elsewhere can be set to either version.
      if (!registration) return [];
      return judged(
        resource,
        issuer.attribute,
        isKnown && tokens !== undefined ? tokens === version : undefined,
        `${issuer.attribute} is the issuer of version ${version} tokens, but ${registration.address} asks for version ${tokens}, so every token is refused.`,
        version === "2"
          ? "Write requested_access_token_version = 2 in the registration."
          : "Write https://login.microsoftonline.com/<tenant>/v2.0 as the issuer.",
      );
    }),
};
