import { PolicySection } from "../policy-section";
import { PolicySlot } from "../statement";
import { copiesRequest, followsRedirects } from "./located";
import { merges, policiesThat, PolicyRule } from "./rule";

/** From the backend section on, the request carries the gateway's token, and so does a copy of it. */
export const TOKEN_COPIED: PolicyRule = {
  id: "token-copied",
  severity: "warning",
  when: merges(PolicySlot.TOKEN),
  finds: policiesThat((located) => copiesRequest(located) && located.section !== PolicySection.INBOUND),
  says: ({ name }) => `<${name} mode="copy"> sends a copy of the request, including the gateway's token.`,
  resolutions: () => ['write mode="new"', "remove Authorization in it"],
};

export const REDIRECTS_FOLLOWED: PolicyRule = {
  id: "redirects-followed",
  severity: "warning",
  when: merges(PolicySlot.TOKEN),
  finds: policiesThat(followsRedirects),
  says: ({ name }) => `<${name}> follows redirects, so the gateway's token goes wherever the backend points to.`,
  resolutions: () => ['write follow-redirects="false"'],
};
