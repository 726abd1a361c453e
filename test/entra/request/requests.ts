import { EntraRequest } from "../../../lib/entra/request/entra-request";

export const ROLE = "02d948a1-2588-5a55-94fa-667c54f443a1";
export const GATEWAY = "11111111-2222-3333-4444-555555555555";
export const JOB = "22222222-2222-3333-4444-555555555555";
export const CLIENT = "33333333-2222-3333-4444-555555555555";
export const OWNER = "44444444-2222-3333-4444-555555555555";
export const TENANT = "55555555-2222-3333-4444-555555555555";

/** A request before anything exists. */
export const REQUEST: EntraRequest = {
  format: 1,
  stack: "production",
  path: "production/Registration",
  reason: "the identity team creates registrations, ticket 4711",
  displayName: "Contoso Orders",
  appRole: { id: ROLE, value: "Invoke", displayName: "Invoke", description: "May call the API." },
  owners: [],
  clientIdVariable: "orders_client_id",
  output: "Registration_Callers_44D96683",
  assignments: [{ label: "Gateway", kind: "gateway" }],
  otherAssignments: [],
};

/** Names that try to be more than names, in a shell, in OData and in Markdown. */
export const HOSTILE: readonly string[] = [
  "O'Brien's \"orders\"",
  "$(touch hacked) `touch hacked` ; touch hacked #",
  "a\\b\\' && touch hacked",
  "${HOME} %{x} !! * ? ~",
  "--output table",
  "a | b <script>alert(1)</script> ``` [x](https://evil.example)",
  "Ordres été 注文 🙂",
];
