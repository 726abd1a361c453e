import { EntraRequest, RequestedAssignment } from "./entra-request";
import { applicationBody, SERVICE_PRINCIPAL_BODY, SETTINGS } from "./requested-app";
import { odataString, oneLine, shellWord } from "./quoting";
import { GUID } from "../../core/ids";

/**
 * A script for the Azure CLI that creates what is missing and corrects what differs, as often as it runs. It works in every cloud, and
 * neither takes nor prints a secret.
 *
 * @see https://learn.microsoft.com/cli/azure/reference-index#az-rest
 * @see https://learn.microsoft.com/graph/api/serviceprincipal-upsert
 */
export function azScript(request: EntraRequest): string {
  const sections = [
    head(request),
    variables(request),
    FUNCTIONS,
    SIGNED_IN,
    APPLICATION,
    SERVICE_PRINCIPAL,
    owners(request),
    assignments(request),
    SEND_BACK,
  ];
  return `${sections.filter((each) => each !== "").join("\n\n")}\n`;
}

function head({ displayName, stack, path }: EntraRequest): string {
  return `#!/usr/bin/env bash
# Creates the app registration ${oneLine(displayName)} and what belongs to it in Microsoft Entra ID.
# The stack ${oneLine(stack)} asks for it (construct ${oneLine(path)}). request.md beside this file says why.
#
# Needs bash, and the Azure CLI signed in (az login) to the tenant as an Application Administrator or a Cloud Application Administrator.
# It can run again: it creates what is missing, and corrects what differs. It creates no secret and no certificate.
#
# CLIENT_ID=...  use this application, if it has another name by now
set -euo pipefail`;
}

function variables(request: EntraRequest): string {
  const { displayName, appRole, tenantId, clientId } = request;
  const tenant = tenantId !== undefined && GUID.test(tenantId) ? tenantId.toLowerCase() : "";
  return [
    `display_name=${shellWord(displayName)}`,
    `name_filter=${shellWord(`displayName eq ${odataString(displayName)}`)}`,
    `app_role_id=${shellWord(appRole.id.toLowerCase())}`,
    `expected_tenant=${shellWord(tenant)}`,
    `application=${shellWord(JSON.stringify(applicationBody(request)))}`,
    `settings=${shellWord(JSON.stringify(SETTINGS))}`,
    `service_principal=${shellWord(JSON.stringify(SERVICE_PRINCIPAL_BODY))}`,
    clientId === undefined ? 'client_id="${CLIENT_ID:-}"' : `client_id="\${CLIENT_ID:-${clientId}}"`,
  ].join("\n");
}

const FUNCTIONS = `# The one value that a command answers.
value() { az "$@" --output tsv | tr -d '\\r'; }

# A request with a body to Microsoft Graph, whose answer is not needed.
send() { az rest --method "$1" --url "$2" --headers Content-Type=application/json \${4:+"$4"} --body "$3" --output none; }

# Entra ID needs a moment until a new object is known everywhere.
retry() {
  local tries=1
  until "$@"; do
    if [ "$tries" -ge 6 ]; then return 1; fi
    tries=$((tries + 1))
    say "Entra ID does not know it yet, or refuses it. Trying again." >&2
    sleep "\${RETRY_SECONDS:-10}"
  done
}

say() { printf '%s\\n' "$*"; }
stop() { printf '%s\\n' "$*" >&2; exit 1; }`;

const SIGNED_IN = `tenant="$(value account show --query tenantId)"
if [ -n "$expected_tenant" ] && [ "$tenant" != "$expected_tenant" ]; then
  stop "You are signed in to the tenant $tenant. Run: az login --tenant $expected_tenant"
fi
graph="$(value cloud show --query endpoints.microsoftGraphResourceId)"
graph="\${graph%/}/v1.0"`;

const APPLICATION = `# The application. Its app role has a fixed id, by which it is found again.
if [ -z "$client_id" ]; then
  client_id="$(value ad app list --filter "$name_filter" --query "[?appRoles[?id=='$app_role_id']].appId")"
fi
case "$client_id" in
  *$'\\n'*) stop "Several applications have this name and this app role. Run this again with CLIENT_ID=<client ID>, one of them:
$client_id" ;;
esac
if [ -z "$client_id" ]; then
  client_id="$(value rest --method POST --url "$graph/applications" --headers Content-Type=application/json --body "$application" --query appId)"
  say "Created the application $display_name ($client_id)."
else
  roles="$(value rest --method GET --url "$graph/applications(appId='$client_id')" \
    --query "appRoles[?id=='$app_role_id' && isEnabled && contains(allowedMemberTypes, 'Application')].id")"
  if [ -z "$roles" ]; then
    stop "The application $client_id has no enabled app role with the id $app_role_id for applications. Set it in its manifest, as request.md shows."
  fi
  send PATCH "$graph/applications(appId='$client_id')" "$settings"
  say "The application $display_name exists ($client_id). Its settings are as requested."
  keys="$(value rest --method GET --url "$graph/applications(appId='$client_id')" --query "[passwordCredentials,keyCredentials][].keyId")"
  if [ -n "$keys" ]; then
    say "WARNING: it has a secret or a certificate, which it does not need. Find out who made it, and remove it."
  fi
fi`;

const SERVICE_PRINCIPAL = `# Its service principal, which requires assignment.
retry send PATCH "$graph/servicePrincipals(appId='$client_id')" "$service_principal" Prefer=create-if-missing
service_principal_id="$(retry value rest --method GET --url "$graph/servicePrincipals(appId='$client_id')" --query id)"
if [ -z "$service_principal_id" ]; then stop "The service principal of $client_id cannot be read."; fi
say "The service principal $service_principal_id requires assignment."`;

function owners({ owners: all }: EntraRequest): string {
  if (all.length === 0) return "";
  const lines = all.map(
    (owner) => `retry az ad app owner add --id "$client_id" --owner-object-id ${shellWord(owner)} --output none`,
  );
  return ["# Its owners.", ...lines].join("\n");
}

const ASSIGN = `assign() {
  local who="$1" variable="$2" principal="$3" assigned
  if [ -z "$principal" ]; then
    say "NOT YET ASSIGNED: $who. Run this again with $variable=<object ID>, once it is known."
    return
  fi
  if ! [[ "$principal" =~ ^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$ ]]; then
    stop "$variable must be an object ID (a GUID), but it is: $principal"
  fi
  assigned="$(retry value rest --method GET --url "$graph/servicePrincipals/$principal/appRoleAssignments" \\
    --url-parameters "\\$filter=resourceId eq $service_principal_id" --query "value[?appRoleId=='$app_role_id'].id")" ||
    stop "The tenant has no service principal with the object ID $principal ($who). Write the object ID of the identity, not its client ID."
  if [ -n "$assigned" ]; then
    say "Has the app role: $who."
    return
  fi
  retry send POST "$graph/servicePrincipals/$service_principal_id/appRoleAssignedTo" \\
    "{\\"principalId\\":\\"$principal\\",\\"resourceId\\":\\"$service_principal_id\\",\\"appRoleId\\":\\"$app_role_id\\"}"
  say "Assigned the app role to: $who."
}`;

function assignments({ assignments: all }: EntraRequest): string {
  if (all.length === 0) return "";
  const names = variableNames(all);
  const lines = all.map(({ label, objectId = "" }, index) => {
    const name = names[index];
    return `assign ${shellWord(oneLine(label))} ${name} "\${${name}:-${objectId}}"`;
  });
  return ["# Who gets tokens for it.", ASSIGN, ...lines].join("\n");
}

/** For each assignment, the variable of the environment that takes its object ID. */
export function variableNames(all: readonly RequestedAssignment[]): string[] {
  const taken = new Map<string, number>();
  return all.map(({ label }) => {
    const name = `OBJECT_ID_${label.replace(/[^A-Za-z0-9]+/g, "_").toUpperCase()}`;
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return count === 1 ? name : `${name}__${count}`;
  });
}

const SEND_BACK = `say ""
say "Send back:"
say "  Application (client) ID:            $client_id"
say "  Object ID of the service principal: $service_principal_id"
say "  Directory (tenant) ID:              $tenant"`;
