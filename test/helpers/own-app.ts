import { GROUP } from "./synth";

/** An app of the user's own that leaves nothing open but its sign-in. */
export const OWN_APP = {
  name: "invoices",
  resourceGroupName: GROUP.name,
  location: GROUP.location,
  servicePlanId: "plan",
  httpsOnly: true,
  ftpPublishBasicAuthenticationEnabled: false,
  webdeployPublishBasicAuthenticationEnabled: false,
  siteConfig: {},
};
