import { GUID } from "../../core/ids";

/** Under which name the output of a stack has its requests. */
export const ENTRA_REQUESTS = "entraRequests";

/**
 * What someone else has to create in Entra ID for a stack. It is plain data, which synth writes into the output of the stack, and from
 * which the page, the script and the JSON are made.
 *
 * @see docs/guides/entra-request.md
 */
export interface EntraRequest {
  /** Changes if a reader of the data would have to change. */
  readonly format: 1;
  readonly stack: string;
  /** The path of the construct. */
  readonly path: string;
  /** Why others create it, in the words of the user. */
  readonly reason: string;
  readonly displayName: string;
  readonly appRole: RequestedAppRole;
  /** Object IDs. */
  readonly owners: readonly string[];
  /** The tenant, if the stack says it. */
  readonly tenantId?: string;
  /** The client ID, once the stack says it. */
  readonly clientId?: string;
  /** The Terraform variable that takes the client ID. */
  readonly clientIdVariable?: string;
  /** The Terraform variable that takes the object ID of the service principal, if the stack assigns the role. */
  readonly servicePrincipalVariable?: string;
  /** The Terraform output with the object IDs of the callers, by their labels. */
  readonly output?: string;
  /** To whom the role is assigned. */
  readonly assignments: readonly RequestedAssignment[];
  /** Callers to whom others assign the role, or the stack itself. */
  readonly otherAssignments: readonly OtherAssignment[];
}

export interface RequestedAppRole {
  readonly id: string;
  readonly value: string;
  readonly displayName: string;
  readonly description: string;
}

/** An identity that gets the role. */
export interface RequestedAssignment {
  readonly label: string;
  /** What kind of an identity it is. */
  readonly kind: IdentityKind;
  /** The object ID, if it is known before Terraform has run. */
  readonly objectId?: string;
}

export interface OtherAssignment {
  readonly label: string;
  /** Why others assign it; none if the stack does. */
  readonly reason?: string;
}

/** What kind of an identity a caller is. */
export type IdentityKind = "gateway" | "gateway-identity" | "user-assigned" | "other";

const KINDS: readonly IdentityKind[] = ["gateway", "gateway-identity", "user-assigned", "other"];

/** Whether some data of a stack is a request that this version can read. Ids go into a script, so they must be ids. */
export function isEntraRequest(data: unknown): data is EntraRequest {
  const at = (name: string, of: unknown = data): unknown =>
    typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined;
  const areTexts = (names: readonly string[], of?: unknown): boolean =>
    names.every((name) => typeof at(name, of) === "string");
  const isId = (value: unknown): boolean => typeof value === "string" && GUID.test(value);
  const isOptionalId = (value: unknown): boolean => value === undefined || isId(value);
  const isOptionalText = (name: string, of?: unknown): boolean => ["undefined", "string"].includes(typeof at(name, of));
  const isKind = (value: unknown): boolean => KINDS.some((kind) => kind === value);
  const [owners, assignments, others] = ["owners", "assignments", "otherAssignments"].map((name) => at(name));
  return (
    at("format") === 1 &&
    areTexts(["stack", "path", "reason", "displayName"]) &&
    areTexts(["value", "displayName", "description"], at("appRole")) &&
    isId(at("id", at("appRole"))) &&
    isOptionalId(at("clientId")) &&
    ["tenantId", "clientIdVariable", "servicePrincipalVariable", "output"].every((name) => isOptionalText(name)) &&
    Array.isArray(owners) &&
    owners.every(isId) &&
    Array.isArray(assignments) &&
    assignments.every(
      (each) => areTexts(["label"], each) && isKind(at("kind", each)) && isOptionalId(at("objectId", each)),
    ) &&
    Array.isArray(others) &&
    others.every((each) => areTexts(["label"], each) && isOptionalText("reason", each))
  );
}

/** The same request with object IDs that are known by now, by the labels of the callers. */
export function withObjectIds(request: EntraRequest, objectIds: ReadonlyMap<string, string>): EntraRequest {
  const assignments = request.assignments.map((each) => ({
    ...each,
    objectId: each.objectId ?? objectIds.get(each.label),
  }));
  return { ...request, assignments };
}
