import {
  ClaimMatch,
  ConflictResolution,
  IpFilterAction,
  PolicyDocument,
  PolicyStatement,
  PolicyValue,
  RequiredClaim,
} from "cdktf-secure-apim-backend";
import { addressOf, Entries, guidOf } from "./make";

const GUID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const OPEN_ID = { openIdConfigUrl: "https://contoso.com/.well-known/openid-configuration" };
const ORIGIN = { allowedOrigins: ["https://contoso.com"] };

export type MakePolicy = (entries: Entries) => PolicyDocument;

/** A policy with one statement, which has the list. */
function statement(make: (entries: Entries) => PolicyStatement): MakePolicy {
  return (entries) => PolicyDocument.of(make(entries));
}

function entraToken(requiredClaims: RequiredClaim[]): PolicyStatement {
  return PolicyStatement.requireEntraToken({ tenantId: GUID, audiences: [GUID], requiredClaims });
}

function claimOf(name: string): RequiredClaim {
  return { name, values: [name], match: ClaimMatch.ANY };
}

/** Every list of a statement that can be in a fragment, too. */
export const LISTS_OF_STATEMENTS: Readonly<Record<string, MakePolicy>> = {
  "RequireEntraTokenProps.audiences": statement((entries) =>
    PolicyStatement.requireEntraToken({ tenantId: GUID, audiences: entries.map(guidOf) }),
  ),
  "RequireEntraTokenProps.clientIds": statement((entries) =>
    PolicyStatement.requireEntraToken({ tenantId: GUID, clientIds: entries.map(guidOf) }),
  ),
  "TokenValidationProps.requiredClaims": statement((entries) => entraToken(entries.map(claimOf))),
  "TokenValidationProps.requiredClaims of a JWT": statement((entries) =>
    PolicyStatement.requireJwt({ ...OPEN_ID, audiences: [GUID], requiredClaims: entries.map(claimOf) }),
  ),
  "RequiredClaim.values": statement((entries) => entraToken([{ name: "roles", values: [...entries] }])),
  "RequireJwtProps.audiences": statement((entries) =>
    PolicyStatement.requireJwt({ ...OPEN_ID, audiences: entries.map(guidOf) }),
  ),
  "RequireJwtProps.issuers": statement((entries) =>
    PolicyStatement.requireJwt({
      ...OPEN_ID,
      audiences: [GUID],
      issuers: entries.map((entry) => `https://login.microsoftonline.com/${guidOf(entry)}/v2.0`),
    }),
  ),
  "IpFilterProps.addresses": statement((entries) =>
    PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW, addresses: entries.map(addressOf) }),
  ),
  "IpFilterProps.addressRanges": statement((entries) =>
    PolicyStatement.ipFilter({
      action: IpFilterAction.ALLOW,
      addressRanges: entries.map((entry) => ({ first: addressOf(entry), last: addressOf(entry) })),
    }),
  ),
  "RequireHeaderProps.values": statement((entries) =>
    PolicyStatement.requireHeader({
      name: "X-Azure-FDID",
      values: entries.map((entry) => PolicyValue.literal(entry)),
    }),
  ),
};

/** Every other list of a policy. */
export const LISTS_OF_DOCUMENTS: Readonly<Record<string, MakePolicy>> = {
  "CorsProps.allowedOrigins": statement((entries) =>
    PolicyStatement.cors({ allowedOrigins: entries.map((entry) => `https://${entry}.contoso.com`) }),
  ),
  "CorsProps.allowedHeaders": statement((entries) => PolicyStatement.cors({ ...ORIGIN, allowedHeaders: [...entries] })),
  "CorsProps.exposeHeaders": statement((entries) => PolicyStatement.cors({ ...ORIGIN, exposeHeaders: [...entries] })),
  "PolicyDocument.of": (entries) =>
    PolicyDocument.of(...entries.map((name) => PolicyStatement.setHeader(name, PolicyValue.literal("a")))),
  "PolicyDocument.resolve": ({ length }) =>
    PolicyDocument.of(PolicyStatement.setHeader("X-A", PolicyValue.literal("a"))).resolve(
      ...Object.values(ConflictResolution).slice(0, length),
    ),
};
